import { shortHash } from '../files/hash.ts';
import type { Resolved } from './model.ts';

/** The files of a scenario's own pieces of bash, relative to its folder. */
export function piecesOf({ steps }: Pick<Resolved, 'steps'>): readonly string[] {
  return steps.flatMap(({ acts }) =>
    acts.flatMap((act) => (act.kind === 'script' ? [act.file] : [])),
  );
}

/** The scenario with what its pieces hold, by their files: another piece is another check. */
export function withPieces(
  scenario: Resolved,
  textOf: (file: string) => string | undefined,
): Resolved {
  if (piecesOf(scenario).length === 0) return scenario;
  const steps = scenario.steps.map((step) => ({
    ...step,
    acts: step.acts.map((act) =>
      act.kind === 'script' ? { ...act, holds: shortHash(textOf(act.file) ?? '') } : act,
    ),
  }));
  return { ...scenario, steps };
}
