import type { Json } from '../scenario/comparators.ts';

/** What a sentence of an expectation says in a form that can be checked. */
export type Said =
  | { readonly kind: 'status'; readonly status: number }
  | {
      readonly kind: 'field';
      /** A name, or a path that begins with a dot. */
      readonly field: string;
      readonly must: Comparison;
    }
  | { readonly kind: 'exit'; readonly code: number }
  /** Text of what a command prints. */
  | { readonly kind: 'output'; readonly text: string }
  /** A line of a log, of the service that the words name. */
  | {
      readonly kind: 'log';
      readonly of: string;
      readonly text: string;
      readonly isAbsent: boolean;
    }
  /** A value alone: that of what was looked at last. */
  | { readonly kind: 'value'; readonly must: Comparison };

/** Comparators, as outcomes have them. */
export type Comparison = {
  readonly [key in 'equals' | 'exists' | 'gt' | 'gte' | 'lt' | 'lte']?: Json;
} & { readonly in?: readonly Json[] };

const comparators = {
  '>': 'gt',
  '>=': 'gte',
  '≥': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '≤': 'lte',
} as const;

/** Reads a sentence; undefined where only a person knows what it means. */
export function saidBy(sentence: string): Said | undefined {
  const text = sentence
    .replaceAll(/\*\*|__/g, '')
    .replace(/^[-*\s✅☐]+/u, '')
    .replace(/^(?:final|resulting) (?=status\b)/i, '')
    .trim();
  const quoted = quotedBy(text);
  if (quoted) return quoted;
  const status =
    /\b(?:HTTP|status(?: code)?|returns?|response(?: code)?)\s*(?:status\s*)?(?:[:=]|is\b)?\s*`?([1-5]\d\d)\b(?![.%])/i.exec(
      text,
    ) ?? /^`?([1-5]\d\d)\b(?!\s*(?:ms|s|%|bars|rows|samples))(?:\s+[A-Z][\w ]*)?`?$/.exec(text);
  // "Not HTTP 500", "if HTTP 500" say what it is not.
  const before = text.slice(0, status?.index ?? 0);
  if (status && !/\b(?:not|no|never|if|when|instead of|rather than|without)\b/i.test(before))
    return { kind: 'status', status: Number(status[1]) };
  const bare = text.replaceAll('`', '');
  const bound =
    /^(\.?[A-Za-z_][\w.[\]]*)\s*(?:is|:|should be)?\s*(>=|<=|≥|≤|>|<)\s*(-?[\d,]+(?:\.\d+)?)(?![\d.%]*\s*(?:ms|seconds?|minutes?|s\b))/.exec(
      bare,
    );
  if (bound) {
    const [, field = '', sign = '>', number = ''] = bound;
    const comparator = comparators[sign as keyof typeof comparators];
    return { kind: 'field', field, must: { [comparator]: Number(number.replaceAll(',', '')) } };
  }
  const range =
    /^(\.?[A-Za-z_][\w.[\]]*)\s*(?:is|stays|:|should be)?\s*between\s+(-?\d+(?:\.\d+)?)\s*%?\s*and\s*(-?\d+(?:\.\d+)?)\s*%?$/.exec(
      bare,
    );
  if (range) {
    const [, field = '', least = '', most = ''] = range;
    return { kind: 'field', field, must: { gte: Number(least), lte: Number(most) } };
  }
  const value =
    /^(\.?[A-Za-z_][\w.[\]]*)\s*(?:==?|:|is|should be|equals)\s*("[^"]*"|true|false|null|-?\d+(?:\.\d+)?(?![\w.~%-]))(?:\s*or\s*("[^"]*"))?/.exec(
      bare,
    );
  if (value) {
    const [, field = '', first = '', second] = value;
    const one = parsed(first);
    return {
      kind: 'field',
      field,
      must: second === undefined ? { equals: one } : { in: [one, parsed(second)] },
    };
  }
  const word = /^status\s*(?:==?|:|is|should be)\s*([a-z][a-z_]+)$/i.exec(bare);
  if (word)
    return { kind: 'field', field: 'status', must: { equals: (word[1] ?? '').toLowerCase() } };
  const alone = /^("[^"]*"|true|false)(?:(?:\s*,)?\s*or\s*("[^"]*"))?$/.exec(bare);
  if (alone) {
    const [, first = '', second] = alone;
    const one = parsed(first);
    return {
      kind: 'value',
      must: second === undefined ? { equals: one } : { in: [one, parsed(second)] },
    };
  }
  const there = /^`([\w.]+)`\s+(?:is\s+)?(?:present|returned|exists|populated)\b/.exec(text);
  if (there) return { kind: 'field', field: there[1] ?? '', must: { exists: true } };
  return undefined;
}

const quote = '["`“]([^"`“”\\n]+)["`”]';
const exit =
  /^(?:it |the command )?exit(?:s|ed)?(?: with)?(?: code| status)?\s*[:=]?\s*(?:is )?(\d{1,3})$/i;
const prints = new RegExp(
  `^(?:the )?(?:(?:\\w+ )?(?:output|stdout|text) |it |command )?(?:contains?|shows?|prints?|includes?|mentions?|displays?) (?:the )?(?:text |string |message |line |word )?${quote}(?: (?:headers?|section|column|line|text|row|message|command))?$`,
  'i',
);
const logs = new RegExp(
  `^(?:(?:in )?(?:the )?([\\w-]+(?: [\\w-]+)?) )logs?(?: (?:show|contain|include|have)s?| should (?:show|contain|include))?(?: the line)?\\s*:?\\s*${quote}$`,
  'i',
);
const notInLogs = new RegExp(
  `^no ${quote}(?: (?:errors?|lines?|messages?|entries))? in (?:the )?([\\w-]+(?: [\\w-]+)?) logs?$`,
  'i',
);

/** An exit code, a text that is printed, or one of a log; the text itself stands in quotes. */
function quotedBy(sentence: string): Said | undefined {
  const text = sentence.replace(/(?:\s*\([^()]*\))?\s*\.?$/, '');
  const code = exit.exec(text.replaceAll('`', ''))?.[1];
  if (code !== undefined) return { kind: 'exit', code: Number(code) };
  const printed = prints.exec(text)?.[1];
  if (printed !== undefined) return { kind: 'output', text: printed };
  const [, of, line] = logs.exec(text) ?? [];
  if (of !== undefined && line !== undefined)
    return { kind: 'log', of: of.toLowerCase(), text: line, isAbsent: false };
  const [, absent, where] = notInLogs.exec(text) ?? [];
  return absent === undefined || where === undefined
    ? undefined
    : { kind: 'log', of: where.toLowerCase(), text: absent, isAbsent: true };
}

function parsed(text: string): Json {
  return JSON.parse(text) as Json;
}
