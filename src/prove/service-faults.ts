import type { PollAct } from '../scenario/acts.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { Captures } from './conditions.ts';
import type { Fault } from './fault.ts';
import type { SendingAct } from './sending.ts';
import type { Recording } from './simulate.ts';

/** What faults are derived from: the scenario, and what was answered in a run without any. */
export interface Around {
  readonly scenario: Resolved;
  readonly recording: Recording;
  readonly acts: readonly SendingAct[];
  readonly captures: Captures;
  /** Those of them that looks at logs took. */
  readonly fromLogs: Captures;
  /** Names of the replies that are the ends of commands. */
  readonly commands: ReadonlySet<string>;
}

/** A request that changes something right before a poll (a cancel) is answered as before, and never passed on. */
export function swallowed(
  point: PollAct,
  at: number,
  { acts, recording }: Around,
): readonly Fault[] {
  const before = acts[at - 1];
  const answer = recording[at - 1]?.[0];
  if (before?.kind !== 'request' || before.method !== 'DELETE' || !answer) return [];
  return [
    {
      name: 'cancel-ignored',
      what: `${before.method} is acknowledged and not carried out (${before.reply})`,
      point: point.id,
      plant: { kind: 'swallow', act: at - 1, answer },
    },
  ];
}

/** A service that is down before the script begins, and one that dies while it runs. */
export function deadFaults({ scenario, acts }: Around): readonly Fault[] {
  const first = acts.findIndex(({ kind }) => kind !== 'ready');
  const dying = acts.findIndex(({ kind }) => kind === 'poll');
  const dies = acts[dying];
  const begins = acts[first];
  if (begins === undefined) return [];
  const point =
    dies?.kind === 'poll'
      ? dies.id
      : pointsOf(scenario.steps).find(
          ({ point: one }) =>
            'reply' in one &&
            (begins.kind === 'request' || begins.kind === 'ui') &&
            one.reply === begins.reply,
        )?.point.id;
  return [
    {
      name: 'service-dead-before',
      what: `nothing answers at ${begins.service}`,
      point: undefined,
      plant: { kind: 'dead', act: 0 },
    },
    ...(point === undefined
      ? []
      : [
          {
            name: 'service-dies',
            what: `${begins.service} stops answering after the preflight`,
            point,
            plant: { kind: 'dead', act: dying < 0 ? first : dying } as const,
          },
        ]),
  ];
}
