import type { Category } from '../profile/schema.ts';

/** Something that was read out of a text rather than in it. */
export interface Guess {
  readonly field: string;
  /** Where in the document it stands, for what stands in one line. */
  readonly line?: number;
  readonly value: string;
  readonly reason: string;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** Words that speak for a category, the most telling first. */
const words: readonly (readonly [Category, RegExp])[] = [
  [
    'error',
    /\b(?:errors?|invalid|not found|missing|refus|reject|fail(?:s|ure)?|unknown|unavailable|disconnected|not running|duplicate)\b/i,
  ],
  ['cancellation', /\b(?:cancel\w*|abort\w*|stop(?:ped|ping)?)\b/i],
  ['progress', /\b(?:progress|polling|monitor(?:ing)?|tracking)\b/i],
  ['integration', /\b(?:integration|end[- ]to[- ]end|e2e|proxy|host|remote|cross|pipeline)\b/i],
];

/** `no errors` speaks for none. */
const without = /\b(?:no|without|zero) \w+(?: \w+)?/gi;

/** One of the five categories, by name, then by purpose and the document's own category. */
export function categoryIn(
  said: { readonly name: string; readonly purpose?: string; readonly category?: string },
  { cancels, canCancel }: { readonly cancels: boolean; readonly canCancel: boolean },
): Guess & { readonly value: Category } {
  const fits = (one: Category): boolean =>
    canCancel || (one !== 'progress' && one !== 'cancellation');
  for (const [where, text, confidence] of [
    ['name', said.name, 'high'],
    ['category', said.category ?? '', 'medium'],
    ['purpose', said.purpose ?? '', 'medium'],
  ] as const) {
    const found = words.find(
      ([category, word]) =>
        word.test(text.replaceAll(without, '')) &&
        fits(category) &&
        // What a purpose says of failures is mostly that there shall be none.
        (category !== 'error' || where !== 'purpose'),
    );
    if (found)
      return { field: 'category', value: found[0], reason: `a word of its ${where}`, confidence };
  }
  if (cancels && canCancel)
    return { field: 'category', value: 'cancellation', reason: 'it cancels', confidence: 'medium' };
  return {
    field: 'category',
    value: 'smoke',
    reason: 'nothing speaks for another',
    confidence: 'low',
  };
}
