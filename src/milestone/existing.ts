import type { Answers } from '../answers/schema.ts';
import { exerciseOf } from '../find/exercise.ts';
import { likest, type Comparable } from '../find/likeness.ts';
import type { Profile } from '../profile/schema.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft } from '../scenario/scenario.ts';

/** A scenario of the catalogue that already does what a draft would. */
export interface Existing {
  readonly id: string;
  /** What both exercise. */
  readonly because: readonly string[];
  /** What only the draft would exercise. */
  readonly missing: readonly string[];
}

/** The score that the same trigger and category alone reach. */
const same = 0.5;

/** The scenario that is most like a draft, if one has its trigger and its category. */
export function existingFor(
  answers: Answers,
  profile: Profile,
  known: readonly Comparable[],
): Existing | undefined {
  const scenario = draft(answers, profile.name);
  const { resolved } = resolve(scenario, profile);
  if (!resolved) return undefined;
  const wanted = { row: resolved, exercise: exerciseOf(scenario, resolved, profile) };
  const found = likest(wanted, known, same).find(
    ({ overlap }) =>
      overlap.includes(`trigger ${wanted.exercise.trigger}`) &&
      overlap.includes(`category ${resolved.category}`),
  );
  return found && { id: found.id, because: found.overlap, missing: found.missing };
}
