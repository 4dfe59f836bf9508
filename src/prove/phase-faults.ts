import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../scenario/comparators.ts';
import type { SeriesAct } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Memory } from './fault.ts';
import type { Reply } from './reply.ts';
import type { WaitChange } from './wait-faults.ts';

/** Changes of the phases that a wait saw: one is left out, one comes again, one is unknown. `phases` are those that the scenario lists. */
export function phaseChanges(
  check: Extract<SeriesAct['check'], { name: 'passes-through' | 'phases' }>,
  set: (reply: Reply, value: Json) => Reply,
  valueOf: (reply: Reply) => Json | undefined,
  goal: (reply: Reply, memory: Memory) => boolean,
  phases: readonly Json[],
): readonly WaitChange[] {
  if (check.name === 'passes-through') {
    const { value } = check;
    const is = (reply: Reply | undefined): boolean =>
      reply !== undefined && isDeepStrictEqual(valueOf(reply), value);
    return [
      {
        name: 'phase-left-out',
        what: `${JSON.stringify(value)} is never seen`,
        change: (reply, memory) =>
          is(reply) ? (memory.shown.findLast((one) => !is(one)) ?? set(reply, null)) : reply,
      },
      // A neighbour in its place keeps the order of the phases: only this point can see that one is left out.
      ...phases
        .filter((other) => !isDeepStrictEqual(other, value))
        .map((other) => ({
          name: 'phase-left-out',
          what: `${JSON.stringify(value)} is never seen, ${JSON.stringify(other)} in its place`,
          change: (reply: Reply) => (is(reply) ? set(reply, other) : reply),
        })),
    ];
  }
  const [first = null] = check.values;
  return [
    {
      name: 'phase-comes-again',
      what: `${JSON.stringify(first)} comes again behind a later one`,
      change: (reply, memory) => {
        const left = memory.shown.findIndex((one) => !isDeepStrictEqual(valueOf(one), first));
        return left >= 0 && left === memory.shown.length - 1 && !goal(reply, memory)
          ? set(reply, first)
          : reply;
      },
    },
    {
      name: 'phase-unknown',
      what: 'a phase is seen that is none of them',
      change: (reply, memory) =>
        memory.shown.length === 0 && !goal(reply, memory)
          ? set(reply, typeof first === 'number' ? -1 : 'no-such-phase')
          : reply,
    },
  ];
}

/** The phases that the scenario lists for the values of a series. */
export function phasesOf({ reply, path }: SeriesAct, scenario: Resolved): readonly Json[] {
  return scenario.steps.flatMap(({ acts }) =>
    acts.flatMap((act) =>
      act.kind === 'series' &&
      act.reply === reply &&
      act.path === path &&
      act.check.name === 'phases'
        ? act.check.values
        : [],
    ),
  );
}
