import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { TapReport } from './tap.ts';
import { knownDefectOf } from './verdict.ts';

/** Something that a run found out beside its verdict. */
export interface Finding {
  readonly code: 'defect-gone';
  /** The known defect that no longer shows. */
  readonly defect: string;
  readonly message: string;
}

/**
 * The known defects that should have shown in a run and didn't: all points that are bound to one were evaluated and held. Points
 * are told apart by their place in the plan, since one that holds says no more than its text.
 */
export function findingsOf(scenario: Resolved, tap: TapReport): readonly Finding[] {
  const showing = new Set(tap.points.flatMap(knownDefectOf));
  const points = pointsOf(scenario.steps).map(({ point }) => point);
  return scenario.knownDefects.flatMap(({ id, title }): readonly Finding[] => {
    const bound = points.flatMap((point, index) => (point.defect === id ? [index] : []));
    const held = bound.every((index) => tap.points[index]?.ok === true);
    if (showing.has(id) || !held) return [];
    return [
      {
        code: 'defect-gone',
        defect: id,
        message: `the known defect ${id} no longer shows (${title}): take it out of the profile, or say in which versions it is there`,
      },
    ];
  });
}
