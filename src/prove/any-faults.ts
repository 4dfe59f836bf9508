import type { AnyAct, CheckAct, LogAct } from '../scenario/acts.ts';
import { holds, lookOf } from './conditions.ts';
import type { Fault, Plant } from './fault.ts';
import { logFaults } from './log-faults.ts';
import { changesFor, type Sight } from './reply-faults.ts';
import type { Around } from './service-faults.ts';
import { pollChanges, type WaitChange } from './wait-faults.ts';

/** A change of the replies to one sending act. */
export interface AnyChange {
  readonly act: number;
  readonly reply: string;
  readonly changes: readonly WaitChange[];
}

/**
 * Changes that could break the alternative that held in the run without faults. Those on a follow change the look that ended it,
 * or keep it from its end.
 */
export function anyChanges(
  point: AnyAct,
  around: Around,
  sightOf: (act: number) => Sight | undefined,
): readonly AnyChange[] {
  return point.alternatives.flat().flatMap((part): readonly AnyChange[] => {
    if (!('reply' in part)) return [];
    const act = giverOf(part.reply, around);
    const sight = sightOf(act);
    const sending = around.acts[act];
    if (sight === undefined || sending === undefined || sending.kind === 'ready') return [];
    if (!holds(part.condition, sight.reply, around.captures)) return [];
    const check: CheckAct = {
      ...point,
      kind: 'check',
      reply: part.reply,
      condition: part.condition,
    };
    const changes: readonly WaitChange[] = changesFor(check, sight);
    if (sending.kind !== 'follow') return [{ act, reply: part.reply, changes }];
    const goal = { until: sending.ends, ends: sending.ends };
    const wait = { ...sending, ...goal, kind: 'poll', id: point.id, text: point.text } as const;
    return [
      {
        act,
        reply: part.reply,
        changes: [
          ...changes.map((one): WaitChange => ({
            ...one,
            change: (reply, memory) =>
              lookOf(goal, reply, memory.captures) === 'until' ? one.change(reply, memory) : reply,
          })),
          ...pollChanges(wait, sight),
        ],
      },
    ];
  });
}

/** The act that gave a reply: of a follow that was left out, the one that it stands for. */
export function giverOf(reply: string, { acts, recording, scenario }: Around): number {
  const act = acts.findIndex(
    (one) => one.kind !== 'ready' && one.kind !== 'find' && one.reply === reply,
  );
  if ((recording[act] ?? []).length > 0) return act;
  const follow = scenario.steps
    .flatMap((step) => step.acts)
    .find((one) => one.kind === 'follow' && one.reply === reply);
  return follow?.kind === 'follow'
    ? acts.findIndex(
        (one) => one.kind !== 'ready' && one.kind !== 'find' && one.reply === follow.otherwise,
      )
    : act;
}

/** The lines of logs that are alternatives, each taken away: alone, or together with what changes a reply. */
export function anyLogFaults(point: AnyAct, around: Around): readonly Fault[] {
  return point.alternatives.flat().flatMap((part) => {
    if ('reply' in part) return [];
    const log: LogAct = { ...point, kind: 'log', service: part.service, look: part.look };
    return logFaults(log, around.scenario).slice(0, 1);
  });
}

/** A change of a reply that also takes away the line of a log which would be the other way to be green. */
export function withoutLines(
  plant: Extract<Plant, { kind: 'reply' }>,
  faults: readonly Fault[],
): Plant {
  const [log] = faults.flatMap((one) => (one.plant.kind === 'log' ? [one.plant] : []));
  return log ? { ...plant, log } : plant;
}
