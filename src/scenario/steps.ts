import { isPoint, type Act, type PointAct } from './acts.ts';
import type { Step } from './model.ts';

/** Puts the acts of a step at the end of the step with this title, which is made when there is none. */
export function append(
  steps: readonly Step[],
  title: string,
  more: Step | undefined,
): readonly Step[] {
  if (!more) return steps;
  const renamed = more.acts.map((act) =>
    isPoint(act) ? { ...act, id: freshId(steps, act.id) } : act,
  );
  const at = steps.findIndex((one) => one.title === title);
  if (at < 0) return [...steps, { ...more, acts: renamed }];
  return steps.map((one, index) =>
    index === at ? { ...one, acts: [...one.acts, ...renamed] } : one,
  );
}

/** The id, with a number behind it where it is taken. */
export function freshId(steps: readonly Step[], wanted: string): string {
  const taken = new Set(
    steps.flatMap(({ acts }) => acts.flatMap((act) => ('id' in act ? [(act as PointAct).id] : []))),
  );
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** The names of the captures that steps take. */
export function capturedIn(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ acts }) =>
    acts.flatMap((act) => {
      if ('capture' in act) return [act.capture];
      const taken = takenBy(act);
      return taken === undefined ? [] : [taken];
    }),
  );
}

/** The capture that a look at a log takes, if it takes one. */
export function takenBy(act: Act): string | undefined {
  if (act.kind !== 'log' || act.look.name !== 'present') return undefined;
  return act.look.takes?.capture;
}

/** Whether a step only looks at what the others left: logs, files, scripts, a person's eyes. */
export function isAfterwards({ acts }: Step): boolean {
  return acts.every(
    (act) => ['log', 'file', 'script', 'manual'].includes(act.kind) && takenBy(act) === undefined,
  );
}
