import { posix } from 'node:path';
import type { Answers } from './schema.ts';

/** Warnings of files that are looked for outside of the project and are no service's own: another machine may not have them. Pure. */
export function pathsOutside({
  outcome,
}: Pick<Answers, 'outcome'>): readonly { readonly code: string; readonly message: string }[] {
  return outcome.flatMap((one) => {
    if (!('file' in one)) return [];
    const { path, in: service } = one.file;
    if (service !== undefined || !/^(?:[/~]|\.\.(?:\/|$))/.test(posix.normalize(path))) return [];
    return [
      {
        code: 'path-outside',
        message: `the file ${JSON.stringify(path)} is outside of the project, so another machine may not have it: name one below the project's root, or say with file.in whose it is`,
      },
    ];
  });
}
