import type { Json } from '../scenario/comparators.ts';
import type { AnyAct, FindAct, PointAct } from '../scenario/acts.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { anyChanges, anyLogFaults, giverOf, withoutLines } from './any-faults.ts';
import { commandFaults } from './command-faults.ts';
import { lookOf, type Captures } from './conditions.ts';
import type { Fault, Plant } from './fault.ts';
import { fileFaults } from './file-faults.ts';
import { findChanges } from './find-faults.ts';
import { healedLog, healedReply } from './heal-faults.ts';
import { logFaults } from './log-faults.ts';
import { takenFromLogs } from './log-takes.ts';
import { pageFaults } from './page-faults.ts';
import { pieceFaults } from './piece-faults.ts';
import { deadFaults, swallowed, type Around } from './service-faults.ts';
import { changesFor, changesForCapture, spare, type Sight } from './reply-faults.ts';
import { differs, type Reply } from './reply.ts';
import { beginning, moved, sendingActs, type SendingAct } from './sending.ts';
import { phasesOf } from './phase-faults.ts';
import { simulate, type Recording } from './simulate.ts';
import {
  finishesInstantly,
  holdChanges,
  pollChanges,
  seriesChanges,
  type WaitChange,
} from './wait-faults.ts';

/**
 * The faults to plant in a scenario, from what was answered in a run without any: for each point those that a right script must
 * notice there first, every earlier point being green. Each is tried out on the recording before it is planted.
 */
export function faultsOf(scenario: Resolved, recording: Recording): readonly Fault[] {
  const acts = sendingActs(scenario);
  const fromLogs = takenFromLogs(scenario, (name) => {
    const act = acts.findIndex((one) => 'reply' in one && one.reply === name);
    return recording[act]?.at(-1);
  });
  const captures = { ...allCaptures(scenario, acts, recording), ...fromLogs };
  const commands = new Set(
    scenario.steps.flatMap((step) =>
      step.acts.flatMap((one) =>
        one.kind === 'cli' || one.kind === 'query' || one.kind === 'collect' ? [one.reply] : [],
      ),
    ),
  );
  const around: Around = { scenario, recording, acts, captures, commands, fromLogs };
  const byPoint = pointsOf(scenario.steps).flatMap(({ point }) => faultsAt(point, around));
  return [...deadFaults(around), ...withoutTwins(byPoint, scenario)];
}

/** How many faults a point gets at least, though a like point was shown to notice the same. */
const least = 2;

/**
 * Without those that repeat what an earlier point of the same kind was asked already: the same fault on the same field. The later
 * one is long to reach (a second start after a whole cancellation), and the comparison behind it is the same.
 */
function withoutTwins(faults: readonly Fault[], scenario: Resolved): readonly Fault[] {
  const kinds = new Map(pointsOf(scenario.steps).map(({ point }) => [point.id, point.kind]));
  const asked = new Set<string>();
  const given = new Map<string, number>();
  return faults.filter((fault) => {
    const { point = '', plant } = fault;
    const count = given.get(point) ?? 0;
    const key = `${kinds.get(point)} ${keyOf(fault)}`;
    if (plant.kind === 'reply' && asked.has(key) && count >= least) return false;
    asked.add(key);
    given.set(point, count + 1);
    return true;
  });
}

function faultsAt(point: PointAct, around: Around): readonly Fault[] {
  if (point.kind === 'log')
    return point.defect === undefined ? logFaults(point, around.scenario) : healedLog(point);
  if (point.kind === 'file')
    return point.defect === undefined ? fileFaults(point, around.captures) : [];
  if (point.kind === 'script') return pieceFaults(point, around.scenario);
  if (point.kind === 'any') return faultsAtAny(point, around);
  if (point.kind === 'find') return faultsAtFind(point, around);
  if (around.commands.has(point.reply))
    return point.kind === 'check' || point.kind === 'guard'
      ? commandFaults(point, around.scenario, around.captures)
      : [];
  const act = giverOf(point.reply, around);
  const sending = around.acts[act];
  const sight = sightOf(act, around);
  if (sight === undefined || sending === undefined || sending.kind === 'ready') return [];
  if (sending.kind === 'ui') return distinct(pageFaults(point, act, sending, sight, around));
  if (point.defect !== undefined) return healedAt(point, act, sending, sight);
  const faults = changesAt(point, sending, sight, around.scenario).map(
    ({ name, what, change }): Fault => ({
      name,
      what: `${what} (${point.reply})`,
      point: point.id,
      plant: { kind: 'reply', act, change },
    }),
  );
  return [
    ...withoutSpare(distinct(faults.filter((fault) => noticedAt(fault, point.id, around)))),
    ...(point.kind === 'poll' ? swallowed(point, act, around) : []),
  ];
}

/** What is planted only where nothing else would be noticed first. */
function withoutSpare(faults: readonly Fault[]): readonly Fault[] {
  const others = faults.filter(({ name }) => name !== spare);
  return others.length > 0 ? others : faults;
}

/** A point that a known defect turns red can show only one thing more: that it is green without it. */
function healedAt(
  point: PointAct,
  act: number,
  sending: Exclude<SendingAct, { kind: 'ready' }>,
  sight: Sight,
): readonly Fault[] {
  const healed =
    point.kind === 'check' || point.kind === 'guard' ? healedReply(point, sight) : undefined;
  if (healed === undefined) return [];
  const { name, what, change } = atTheEnd(healed, sending);
  return [{ name, what, point: point.id, heals: true, plant: { kind: 'reply', act, change } }];
}

/** What is known of the replies to an act; undefined where there were none. */
function sightOf(act: number, { acts, recording, captures, scenario }: Around): Sight | undefined {
  const reply = recording[act]?.at(-1);
  const sending = acts[act];
  if (reply === undefined || sending === undefined) return undefined;
  return {
    reply,
    captures,
    knownFor: (field) => valuesFor(field, scenario, 'all'),
    endsFor: (field) => valuesFor(field, scenario, 'ends'),
    isHealth: scenario.services.some(
      ({ name, health }) =>
        name === sending.service && 'path' in sending && health.path === sending.path,
    ),
  };
}

/** Of a point with alternatives: what breaks the one that held, without making another one hold. */
function faultsAtAny(point: AnyAct, around: Around): readonly Fault[] {
  const lines = anyLogFaults(point, around);
  const faults = anyChanges(point, around, (act) => sightOf(act, around)).flatMap(
    ({ act, reply, changes }) =>
      changes.map(({ name, what, change }): Fault => ({
        name,
        what: `${what} (${reply})`,
        point: point.id,
        plant: withoutLines({ kind: 'reply', act, change }, lines),
      })),
  );
  const noticed = withoutSpare(
    distinct(faults.filter((fault) => noticedAt(fault, point.id, around))),
  );
  return noticed.length > 0 ? noticed : lines;
}

/** Of what a command started: the list in which it is looked for. */
function faultsAtFind(point: FindAct, around: Around): readonly Fault[] {
  const act = around.acts.indexOf(point);
  return findChanges(point)
    .map(({ name, what, change }): Fault => ({
      name,
      what: `${what} (${point.service})`,
      point: point.id,
      plant: { kind: 'reply', act, change },
    }))
    .filter((fault) => noticedAt(fault, point.id, around));
}

function changesAt(
  point: Exclude<PointAct, { kind: 'log' | 'file' | 'script' | 'any' | 'find' }>,
  sending: Exclude<SendingAct, { kind: 'ready' }>,
  sight: Sight,
  scenario: Resolved,
): readonly WaitChange[] {
  switch (point.kind) {
    case 'poll':
      return pollChanges(point, sight);
    case 'hold':
      return holdChanges(point, sight, scenario.category);
    case 'series':
      return sending.kind === 'poll' || sending.kind === 'hold'
        ? seriesChanges(point, sending, phasesOf(point, scenario))
        : [];
    case 'capture':
      return changesForCapture(point, sight).map((one) => atTheEnd(one, sending));
    default: {
      const changes = changesFor(point, sight).map((one) => atTheEnd(one, sending));
      return sending.kind === 'poll' ? [finishesInstantly(sight), ...changes] : changes;
    }
  }
}

/** What a check says of a poll, it says of the reply that ended it. */
function atTheEnd(one: WaitChange, sending: Exclude<SendingAct, { kind: 'ready' }>): WaitChange {
  if (sending.kind !== 'poll' && sending.kind !== 'follow') return one;
  const goal = sending.kind === 'poll' ? sending : { until: sending.ends, ends: sending.ends };
  return {
    ...one,
    change: (reply, memory) =>
      lookOf(goal, reply, memory.captures) === 'until' ? one.change(reply, memory) : reply,
  };
}

/** Whether a right script would notice a fault on replies at this point, and nothing before it. */
function noticedAt({ plant }: Fault, point: string, around: Around): boolean {
  if (plant.kind !== 'reply') return true;
  const before = around.recording[plant.act] ?? [];
  const after = alteredReplies(plant, before, around.captures);
  if (!after.some((reply, index) => differs(reply, before[index] ?? reply))) return false;
  const red = simulate(
    around.scenario,
    around.recording.map((replies, index) => (index === plant.act ? after : replies)),
    around.fromLogs,
  );
  return red !== undefined && 'point' in red && red.point === point;
}

/** The replies to one act as the script would see them. */
function alteredReplies(
  { change }: Extract<Plant, { kind: 'reply' }>,
  replies: readonly Reply[],
  captures: Captures,
): readonly Reply[] {
  const shown: Reply[] = [];
  for (const [index, reply] of replies.entries())
    shown.push(change(reply, { earlier: replies.slice(0, index), shown: [...shown], captures }));
  return shown;
}

/** Of changes that do the same under one name to one field, one is enough. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  const byKey = new Map<string, Fault>();
  for (const fault of faults) {
    const key = keyOf(fault);
    if (!byKey.has(key)) byKey.set(key, fault);
  }
  return [...byKey.values()];
}

/** A fault's name, and the field that it changes. */
function keyOf({ name, what }: Fault): string {
  return `${name} ${what.split(' ')[0]}`;
}

/** What the acts captured from their last replies, each knowing the ones before it. */
function allCaptures(
  scenario: Resolved,
  acts: readonly SendingAct[],
  recording: Recording,
): Captures {
  let place = beginning;
  for (const [at, replies] of recording.entries()) {
    const last = replies.at(-1);
    if (acts[at] !== undefined && last !== undefined)
      place = moved(acts, place, at, last, scenario);
  }
  return place.captures;
}

/** The values that the scenario names for a field, anywhere or as an end of a wait: states are most lifelike when they exist. */
function valuesFor(field: string, scenario: Resolved, where: 'all' | 'ends'): readonly Json[] {
  const conditions = scenario.steps.flatMap((step) =>
    step.acts.flatMap((act) => {
      if (act.kind === 'poll') return where === 'ends' ? [act.ends] : [act.until, act.ends];
      if (act.kind === 'follow') return [act.ends];
      if (where === 'ends') return [];
      if (act.kind === 'check' || act.kind === 'guard') return [act.condition];
      return act.kind === 'hold' ? [act.while] : [];
    }),
  );
  const values = conditions
    .flat(2)
    .flatMap((term) =>
      term.field === field
        ? term.comparisons.flatMap(({ name, value }) =>
            name === 'in' && Array.isArray(value)
              ? (value as Json[])
              : name === 'equals'
                ? [value]
                : [],
          )
        : [],
    );
  return [...new Set(values)];
}
