import type { Draft } from '../interview/answers-so-far.ts';
import { servable } from '../interview/defaults.ts';
import type { Category, Profile } from '../profile/schema.ts';
import type { Act } from './acts.ts';
import type { Confidence, Guess } from './draft.ts';
import type { E2e, Milestone } from './model.ts';

/** The category of a scenario, and why. */
export interface FoundCategory {
  readonly category: Category;
  readonly guess: Guess;
}

const words: readonly (readonly [RegExp, Category])[] = [
  [/\bcancel/i, 'cancellation'],
  [
    /\b(?:reject|refus|invalid|error (?:handling|messages?|isolation)|fails? (?:loudly|clearly)|unreachable|disconnect)/i,
    'error',
  ],
  [/\bprogress/i, 'progress'],
];

/** What the steps ask, then what title and purpose say; a category that the trigger cannot serve is none. */
export function categoryOf(
  acts: readonly Act[],
  { milestone, e2e }: { readonly milestone: Milestone; readonly e2e: E2e },
  draft: Draft,
  profile: Profile,
): FoundCategory {
  const cancels = acts.find(({ located }) =>
    Object.values(profile.operations).some(({ cancel }) => located?.endpoint?.name === cancel),
  );
  if (cancels && servable('cancellation', draft, profile))
    return found('cancellation', 'the plan cancels what it started', 'high', cancels.read.line);
  for (const [text, what] of [
    [e2e.purpose?.text ?? '', 'the purpose says so'],
    [`${e2e.heading} ${milestone.title}`, 'the title says so'],
  ] as const)
    for (const [pattern, category] of words)
      if (
        pattern.test(text) &&
        servable(category, draft, profile) &&
        (category !== 'error' || draft.trigger?.kind === 'api')
      )
        return found(category, what, 'medium');
  return found('smoke', 'nothing speaks for another', 'low');
}

function found(
  category: Category,
  because: string,
  confidence: Confidence,
  line?: number,
): FoundCategory {
  return {
    category,
    guess: { field: 'category', because, confidence, ...(line !== undefined && { line }) },
  };
}
