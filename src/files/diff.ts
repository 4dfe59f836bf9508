import { createTwoFilesPatch } from 'diff';

/** A unified diff of one file, as `git diff` and `patch` read it; an absent side is `/dev/null`. Empty when nothing changes. */
export function unifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
): string {
  if (before === after) return '';
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    context: 3,
  }).replace(/^=+\n/, '');
}

/** The unified diffs of several files, one after the other; `before` tells what stands at a path now. */
export function unifiedDiffs(
  files: readonly { readonly path: string; readonly text: string }[],
  before: (path: string) => string | undefined,
): string {
  return files.map(({ path, text }) => unifiedDiff(path, before(path), text)).join('');
}
