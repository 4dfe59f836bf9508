import { posix } from 'node:path';
import type { TraceFinding, TracedPlan } from './model.ts';
import { proseOf } from './prose.ts';

/** Relative links of a plan whose file isn't there; `exists` is asked for paths from the project's root. */
export function deadLinks(
  plan: TracedPlan,
  exists: (path: string) => boolean,
): readonly TraceFinding[] {
  return proseOf(plan.document).flatMap(({ line, text }) =>
    targetsIn(text).flatMap((target): readonly TraceFinding[] => {
      const path = pathOf(target, plan.path);
      if (path === undefined || exists(path)) return [];
      return [
        {
          code: 'dead-link',
          path: plan.path,
          line,
          message: `links to ${target}, where nothing is`,
          cure: 'put the link right, or take it out',
        },
      ];
    }),
  );
}

/** Targets of `[text](target)`, `[text](<target>)` and `[name]: target`, but not of those in backticks. */
function targetsIn(text: string): readonly string[] {
  const bare = text.replaceAll(/(`+).*?\1/g, '');
  const inline = [...bare.matchAll(/\]\(\s*(?:<([^<>]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))/g)];
  const defined = /^ {0,3}\[[^\]^][^\]]*\]:\s*(?:<([^<>]*)>|(\S+))/.exec(bare);
  return [...inline, ...(defined ? [defined] : [])]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((target) => target !== '');
}

/** From the project's root; undefined for what is no file here: another address, a place on the same page, a placeholder. */
function pathOf(target: string, from: string): string | undefined {
  const [file = ''] = target.split(/[?#]/);
  if (file === '' || /^[a-z][a-z0-9+.-]*:|^\/\/|[{}$*<>]|^\.\.\.$/i.test(target)) return undefined;
  const decoded = withoutEscapes(file);
  return decoded.startsWith('/')
    ? decoded.slice(1)
    : posix.normalize(posix.join(posix.dirname(from), decoded));
}

function withoutEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
