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
  const same = {
    trigger: ours.trigger === theirs.trigger && ours.request === theirs.request,
    category: wanted.row.category === other.row.category,
    modes: ours.modes.join(' ') === theirs.modes.join(' '),
    calibration: ours.calibration === theirs.calibration,
  };
  const shared = ours.outcomes.filter((one) => theirs.outcomes.includes(one));
  const all = new Set([...ours.outcomes, ...theirs.outcomes]).size;
  const facets: readonly (readonly [held: boolean, text: string])[] = [
    [ours.trigger === theirs.trigger, `trigger ${ours.trigger}`],
    ...(ours.request === ''
      ? []
      : [[ours.request === theirs.request, `request ${ours.request}`] as const]),
    [same.category, `category ${wanted.row.category}`],
    ...ours.modes
      .filter((mode) => !theirs.modes.includes(mode))
      .map((mode) => [false, `mode ${mode}`] as const),
    ...(ours.calibration === '' ? [] : [[same.calibration, `data ${ours.calibration}`] as const]),
    ...ours.components.map(
      (name) => [theirs.components.includes(name), `component ${name}`] as const,
    ),
    ...ours.outcomes.map((one) => [shared.includes(one), one] as const),
  ];
  const score =
    (Object.keys(same) as (keyof typeof same)[]).reduce(
      (sum, part) => sum + (same[part] ? weights[part] : 0),
      0,
    ) + (all === 0 ? 0 : (weights.outcomes * shared.length) / all);
  return {
    score: Math.round(score * 1000) / 1000,
    overlap: facets.flatMap(([held, text]) => (held ? [text] : [])),
    missing: facets.flatMap(([held, text]) => (held ? [] : [text])),
  };
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
    .filter(({ row }) => row.id !== wanted.row.id)
    .map((other) => ({
      id: other.row.id,
      name: other.row.name,
      ...likeness(wanted, other),
    }))
    .filter(({ score }) => score >= atLeast)
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
