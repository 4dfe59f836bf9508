import type { IndexRow } from '../files/index-page.ts';
import type { Exercise } from './exercise.ts';

/** A scenario as far as it can be compared: its row, and what it exercises. */
export interface Comparable {
  readonly row: Pick<IndexRow, 'id' | 'name' | 'category'>;
  readonly exercise: Exercise;
}

/** How far one scenario already is what another one wants to be. */
export interface Likeness {
  /** 0 (nothing in common) to 1 (the same trigger, category, setup, data, and all that is looked at). */
  readonly score: number;
  /** What both exercise. */
  readonly overlap: readonly string[];
  /** What is wanted, and the other one does not exercise. */
  readonly missing: readonly string[];
}

/**
 * What each part counts. All but what is looked at make 0.8 together, so that {@link nearDuplicate} (0.9) is reached by those that do
 * the same with the same data in the same setup, and share at least half of what they look at; and by no others.
 */
const weights = { trigger: 0.3, category: 0.2, modes: 0.15, calibration: 0.15, outcomes: 0.2 };

/** From this score on two scenarios are near-duplicates. */
export const nearDuplicate = 0.9;

/** Compares what is wanted with a scenario that is there. */
export function likeness(wanted: Comparable, other: Comparable): Likeness {
  const [ours, theirs] = [wanted.exercise, other.exercise];
  const facets: readonly (readonly [held: boolean, text: string])[] = [
    [ours.trigger === theirs.trigger, `trigger ${ours.trigger}`],
    ...(ours.request === ''
      ? []
      : [[ours.request === theirs.request, `request ${ours.request}`] as const]),
    [wanted.row.category === other.row.category, `category ${wanted.row.category}`],
    ...ours.modes
      .filter((mode) => !theirs.modes.includes(mode))
      .map((mode) => [false, `mode ${mode}`] as const),
    ...(ours.calibration === ''
      ? []
      : [[ours.calibration === theirs.calibration, `data ${ours.calibration}`] as const]),
    ...ours.components.map(
      (name) => [theirs.components.includes(name), `component ${name}`] as const,
    ),
    ...ours.outcomes.map((one) => [theirs.outcomes.includes(one), one] as const),
  ];
  return {
    score: scoreOf(wanted, other),
    overlap: facets.flatMap(([held, text]) => (held ? [text] : [])),
    missing: facets.flatMap(([held, text]) => (held ? [] : [text])),
  };
}

function scoreOf(wanted: Comparable, other: Comparable): number {
  const [ours, theirs] = [wanted.exercise, other.exercise];
  const shared = ours.outcomes.filter((one) => theirs.outcomes.includes(one)).length;
  const all = ours.outcomes.length + theirs.outcomes.length - shared;
  const score =
    (ours.trigger === theirs.trigger && ours.request === theirs.request ? weights.trigger : 0) +
    (wanted.row.category === other.row.category ? weights.category : 0) +
    (ours.modes.join(' ') === theirs.modes.join(' ') ? weights.modes : 0) +
    (ours.calibration === theirs.calibration ? weights.calibration : 0) +
    (all === 0 ? 0 : (weights.outcomes * shared) / all);
  return Math.round(score * 1000) / 1000;
}

/** A scenario that is there, beside what is wanted. */
export interface Alike extends Likeness {
  readonly id: string;
  readonly name: string;
}

/** The scenarios that are like what is wanted, the likest first; `atLeast` is a score of {@link Likeness}. */
export function likest(
  wanted: Comparable,
  others: readonly Comparable[],
  atLeast: number = nearDuplicate,
): readonly Alike[] {
  return others
    .filter((other) => other.row.id !== wanted.row.id && scoreOf(wanted, other) >= atLeast)
    .map((other) => ({
      id: other.row.id,
      name: other.row.name,
      ...likeness(wanted, other),
    }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** The warning for a scenario that is nearly there already; none where nothing is. */
export function nearDuplicateWarning(
  wanted: Comparable,
  others: readonly Comparable[],
): readonly { readonly code: string; readonly message: string }[] {
  const [first, ...more] = likest(wanted, others);
  if (!first) return [];
  const own = first.missing.length === 0 ? '' : `; only yours: ${first.missing.join(', ')}`;
  const also = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const both = first.overlap.filter((text) => !text.startsWith('component '));
  return [
    {
      code: 'near-duplicate',
      message: `${first.id} does nearly the same${also}: ${both.join(', ')}${own}; perhaps it is enough: scenario show ${first.id}`,
    },
  ];
}
