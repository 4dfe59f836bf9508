import type { Section } from '../markdown/tree.ts';
import { plain } from './words.ts';

/** What the title of a milestone says. */
export interface Title {
  readonly id: string | null;
  readonly title: string;
  readonly line: number;
  /** `milestone`, `phase` …: an overview may have phases that hold milestones. */
  readonly family: string;
}

const words = 'milestone|phase|project|stage|iteration|increment|sprint';
const withId = new RegExp(
  `^(?:.{0,40}?[:/—–-]\\s+|implementation plan\\s+)?(?:(${words})\\s*[-#]?\\s*|(m|ms)[-.]?)(\\d+(?:\\.\\d+)*[a-z]?|[A-Z])\\b\\s*(?:\\([^)]*\\)\\s*)?(?:[:.—–]|\\s-|-\\s)\\s*(\\S.*)$`,
  'i',
);
const withoutId = /^(milestone)\s*[:—–]\s*(\S.*)$/i;
const idAlone = new RegExp(
  `^(?:(${words})\\s*[-#]?\\s*|(m|ms)[-.]?)(\\d+(?:\\.\\d+)*[a-z]?)$`,
  'i',
);

/** `M4 Rye`: without a mark between the two. */
const besideId = /^(milestone\s+|(?:m|ms)[-.]?)(\d+(?:\.\d+)*[a-z]?)\s+(\p{L}.*)$/iu;
/** `2. Milestone 2: Rye`: the number is that of the heading. */
const numberOf = /^\d+(?:\.\d+)*[.)]?\s+(?=(?:milestone\b|ms?[-.]?\d))/i;

/** Reads a heading as a milestone's; undefined for any other. */
export function titleOf({ title: heading, line }: Section): Title | undefined {
  const text = plain(heading)
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(numberOf, '');
  const numbered = withId.exec(text);
  if (numbered) {
    const [, word, short, id = '', title = ''] = numbered;
    return { id, title: trimmed(title), line, family: family(word, short) };
  }
  const alone = idAlone.exec(text);
  if (alone) {
    const [, word, short, id = ''] = alone;
    return { id, title: text, line, family: family(word, short) };
  }
  const named = withoutId.exec(text);
  return named
    ? { id: null, title: trimmed(named[2] ?? ''), line, family: 'milestone' }
    : undefined;
}

/** The title of a document that says how to see something at work: it is a milestone also without an id, or a mark behind it. */
export function titleOfAny({ title: heading, line }: Section): Title {
  const text = plain(heading);
  const [, , id = null, title = text] = besideId.exec(text) ?? [];
  return { id, title, line, family: 'milestone' };
}

/** The id in a cell of an overview: `M3`, `Milestone 3`, `3a`, or a link with such a text. */
export function idIn(cell: string): string | undefined {
  return new RegExp(`^(?:(?:${words})\\s*|m|ms)?[-#.]?\\s*(\\d+(?:\\.\\d+)*[a-z]?)\\b`, 'i').exec(
    plain(cell),
  )?.[1];
}

function family(word: string | undefined, short: string | undefined): string {
  return short === undefined ? (word ?? 'milestone').toLowerCase() : 'milestone';
}

/** Pictures that tell a status stand behind the title, not in it. */
function trimmed(title: string): string {
  return title.replace(/\s*(?:[✅❌⏳🔄🚧✔☑✓]\u{FE0F}?)+\s*(?:\w+\s*)?$/u, '').trim();
}
