import type { Category } from '../profile/schema.ts';
import type { Evidence } from './evidence.ts';

/** Something that was read out of a text rather than in it. */
export interface Guess {
  readonly field: string;
  /** Where in the document it stands, for what stands in one line. */
  readonly line?: number;
  readonly value: string;
  readonly reason: string;
  readonly confidence: 'high' | 'medium' | 'low';
}

type CategoryGuess = Guess & { readonly value: Category };

/** Words that speak for a category, the most telling first. */
const words: readonly (readonly [Category, RegExp])[] = [
  [
    'error',
    /\b(?:errors?|invalid|not found|missing|refus\w*|reject\w*|fail(?:s|ure|ures)?|unknown|unavailable|disconnected|not running|duplicate)\b/i,
  ],
  ['cancellation', /\b(?:cancel\w*|abort\w*|stop(?:ped|ping)?)\b/i],
  ['progress', /\b(?:progress|polling|monitor(?:ing)?|tracking)\b/i],
  [
    'integration',
    /\b(?:integration|end[- ]to[- ]end|e2e|proxy|proxies|host|remote|cross|pipeline|distributed)\b/i,
  ],
];

/** `no errors` speaks for none; and that something is an E2E test says nothing of what it tests. */
const saysNothing =
  /\b(?:no|without|zero) \w+(?: \w+)?|\b(?:e2e|end[- ]to[- ]end|integration)[- ](?:tests?|validation|verification|scenarios?|coverage|passes)\b|\b(?:execute|run|final|pre-deletion)? ?e2e\b(?! (?:flow|cycle|pipeline))/gi;

/** What the purpose of a test has to say so that its failing is the point. */
const meansRefusal =
  /\berror handling\b|\b(?:is|are|be) (?:rejected|refused)\b|\binvalid (?:input|values?|requests?)\b/i;

/** One of the five categories: by its name, by the document's own, by what its commands do, by its purpose. */
export function categoryIn(
  said: { readonly name: string; readonly purpose?: string; readonly category?: string },
  evidence: Evidence,
  canCancel: boolean,
): CategoryGuess {
  const fits = (one: Category): boolean =>
    canCancel || (one !== 'progress' && one !== 'cancellation');
  const shown = shownBy(evidence);
  const named = wordsIn(said.name).map(([category]) => category);
  const found: readonly CategoryGuess[] = [
    ...shown
      .filter(({ value }) => named.includes(value))
      .map(({ reason, ...guess }) => ({
        ...guess,
        reason: `a word of its name, and ${reason}`,
        confidence: 'high' as const,
      })),
    // A name that speaks of two things is no witness for either.
    // The error playbook expects a refusal, which a test of what fails later does not.
    ...named
      .filter((value) => value !== 'error' || !evidence.accepted || canCancel)
      .map((value) => guessed(value, 'a word of its name', named.length === 1 ? 'high' : 'medium')),
    ...wordsIn(said.category ?? '').map(([value]) =>
      guessed(value, "a word of the document's own category", 'medium'),
    ),
    ...shown,
    ...wordsIn(said.purpose ?? '')
      // What a purpose says of failures is mostly that there shall be none.
      .filter(([one]) => one !== 'error' || meansRefusal.test(said.purpose ?? ''))
      .map(([value, word]) => guessed(value, `its purpose speaks of "${word}"`, 'low')),
  ];
  const [first] = found;
  const best = found.find(({ value }) => fits(value));
  if (first && first !== best && !fits(first.value)) {
    const why = `${first.reason}, but the profile has no operation here to follow or cancel`;
    return best && named.length < 2
      ? { ...best, reason: `${best.reason} (${first.value}: ${why})`, confidence: 'low' }
      : guessed('smoke', `${first.value}: ${why}`, 'low');
  }
  return best ?? guessed('smoke', 'nothing speaks for another', 'low');
}

function guessed(
  value: Category,
  reason: string,
  confidence: Guess['confidence'],
  line?: number,
): CategoryGuess {
  return { field: 'category', ...(line !== undefined && { line }), value, reason, confidence };
}

/** The categories that the commands and sentences show, the most telling first. */
function shownBy({ refused, cancels, watches, services }: Evidence): readonly CategoryGuess[] {
  return [
    ...(refused === undefined
      ? []
      : [guessed('error', `line ${refused} has the trigger refused`, 'high', refused)]),
    ...(cancels === undefined
      ? []
      : [guessed('cancellation', `line ${cancels} cancels`, 'medium', cancels)]),
    ...(watches === undefined
      ? []
      : [guessed('progress', `line ${watches} watches the progress`, 'medium', watches)]),
    ...(services.length < 2
      ? []
      : [guessed('integration', `it looks at ${services.join(' and ')}`, 'medium')]),
  ];
}

function wordsIn(text: string): readonly (readonly [Category, string])[] {
  const telling = text.replaceAll(saysNothing, ' ');
  return words.flatMap(([category, word]) => {
    const found = word.exec(telling)?.[0];
    return found === undefined ? [] : [[category, found] as const];
  });
}
