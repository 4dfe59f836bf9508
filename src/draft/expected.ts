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
    .trim();
  const status =
    /\b(?:HTTP|status code|returns?|response(?: code)?)\s*(?:status\s*)?[:=]?\s*`?([1-5]\d\d)\b/i.exec(
      text,
    ) ?? /^`?([1-5]\d\d)\b(?!\s*(?:ms|s|%|bars|rows|samples))(?:\s+[A-Z][\w ]*)?`?$/.exec(text);
  if (status) return { kind: 'status', status: Number(status[1]) };
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

function parsed(text: string): Json {
  return JSON.parse(text) as Json;
}
