import type { Category } from '../profile/schema.ts';
import type { Json } from '../scenario/comparators.ts';
import type { Condition, HoldAct, PollAct, SeriesAct } from '../scenario/acts.ts';
import { lookOf } from './conditions.ts';
import { valueAt } from './json-path.ts';
import type { Memory } from './fault.ts';
import { phaseChanges } from './phase-faults.ts';
import { jsonOf, type Reply } from './reply.ts';
import {
  fieldChanges,
  notJson,
  setField,
  statusChanges,
  truncated,
  withField,
  wrongFields,
  type Sight,
  type WrongField,
} from './reply-faults.ts';

/** A change of the replies to a poll or hold. */
export interface WaitChange {
  readonly name: string;
  readonly what: string;
  readonly change: (reply: Reply, memory: Memory) => Reply;
}

/** Changes that could keep a poll from its goal: it never gets there, ends in another way, or its replies are no good. */
export function pollChanges(act: PollAct, sight: Sight): readonly WaitChange[] {
  const changes = [
    ...fieldsOf(act.ends).flatMap(({ field, listed }) =>
      [...listed, 'running'].map((value) => ({ field, value, ...setField('', field, value) })),
    ),
    ...fieldsOf(act.until).flatMap(({ wrong }) => wrong(sight)),
  ];
  return [
    {
      name: 'never-finishes',
      what: 'the state before the goal stays for ever',
      change: (reply, memory) =>
        lookOf(act, reply, memory.captures) === 'wait' ? reply : (memory.shown.at(-1) ?? reply),
    },
    ...changes.flatMap((change) => atGoal(act, change, sight)),
    ...earlyEnd(act),
    ...broken(act.ends, sight),
  ];
}

/** A change of the reply that would end the poll, named by what the poll makes of it. */
function atGoal(
  act: PollAct,
  { what, change, value }: WrongField,
  { reply, captures }: Sight,
): readonly WaitChange[] {
  const look = lookOf(act, change(reply, { earlier: [], shown: [], captures }), captures);
  if (look === 'until' || look === 'bad') return [];
  const state = act.ends.flat().some(({ field }) => what.startsWith(`${field} `));
  return [
    {
      name:
        look === 'wait' ? 'never-finishes' : state ? `ends-as-${String(value)}` : 'ends-otherwise',
      what,
      change: (one, memory) =>
        lookOf(act, one, memory.captures) === 'until' ? change(one, memory) : one,
    },
  ];
}

/** Changes that could break a hold: after the first look the state leaves, or the replies are no good. */
export function holdChanges(act: HoldAct, sight: Sight, category: Category): readonly WaitChange[] {
  const was = category === 'cancellation' ? 'cancelled' : 'ended';
  const leaves = fieldsOf(act.while).flatMap(({ wrong }) =>
    wrong(sight).map((change) => ({
      ...change,
      name: sight.endsFor(change.field).includes(change.value)
        ? `${was}-then-completes`
        : `${was}-goes-on`,
    })),
  );
  return [...leaves, ...broken(act.while, sight)].map(({ name, what, change }) => ({
    name,
    what: `${what}, from the second look on`,
    change: (reply, memory) => (memory.earlier.length > 0 ? change(reply, memory) : reply),
  }));
}

/** Changes of the values that a wait saw, which its end doesn't depend on; `phases` are those that the scenario lists for them. */
export function seriesChanges(
  act: SeriesAct,
  wait: PollAct | HoldAct,
  phases: readonly Json[],
): readonly WaitChange[] {
  const { path } = act;
  const goal = (reply: Reply, { captures }: Memory): boolean =>
    wait.kind === 'poll' && lookOf(wait, reply, captures) !== 'wait';
  const number = (reply: Reply | undefined): number | undefined => {
    const value = reply && valueAt(jsonOf(reply), path);
    return typeof value === 'number' ? value : undefined;
  };
  const set = (reply: Reply, value: Json): Reply => withField(reply, path, value);
  if (act.check.name === 'passes-through' || act.check.name === 'phases')
    return phaseChanges(act.check, set, (reply) => valueAt(jsonOf(reply), path), goal, phases);
  const full =
    act.check.name === 'ends-at' || act.check.name === 'never-over' ? act.check.value : 100;
  return [
    {
      name: 'progress-jumps',
      what: `${path} stays at 0 until the end`,
      change: (reply, memory) => (goal(reply, memory) ? reply : set(reply, 0)),
    },
    {
      name: 'progress-stuck',
      what: `${path} stays at ${full / 2} until the end`,
      change: (reply, memory) => (goal(reply, memory) ? reply : set(reply, full / 2)),
    },
    {
      name: 'progress-over',
      what: `${path} is ${full * 1.5} once`,
      change: (reply, memory) =>
        memory.earlier.length === 1 && !goal(reply, memory) ? set(reply, full * 1.5) : reply,
    },
    {
      name: 'progress-falls',
      what: `${path} falls by half once`,
      change: (reply, memory) => {
        const before = number(memory.earlier.at(-1)) ?? 0;
        const fell = memory.earlier.some((one) => (number(one) ?? 0) >= full / 5);
        const already = memory.earlier.slice(0, -1).some((one) => (number(one) ?? 0) >= full / 5);
        return fell && !already && !goal(reply, memory) ? set(reply, before / 2) : reply;
      },
    },
    {
      name: 'progress-short',
      what: `${path} ends at ${full - 1}`,
      // Nothing before it is higher, else it would be a fall.
      change: (reply) => ((number(reply) ?? 0) >= full - 1 ? set(reply, full - 1) : reply),
    },
    {
      name: 'progress-goes-on',
      what: `${path} grows with each look`,
      change: (reply, memory) => set(reply, (number(reply) ?? 0) + memory.earlier.length / 10),
    },
  ];
}

/** The goal is there at the first look already, as it was at last in the run without faults. */
export function finishesInstantly(sight: Sight): WaitChange {
  return {
    name: 'finishes-instantly',
    what: 'the end is there at the first look',
    change: (reply, { captures }) => ({
      ...reply,
      text: Object.entries(sight.captures).reduce(
        (text, [name, value]) =>
          captures[name] === undefined
            ? text
            : text.replaceAll(String(value), String(captures[name])),
        sight.reply.text,
      ),
    }),
  };
}

/** It is over before the goal could be met: the terminal state of `early`, with all else as at the first look. */
function earlyEnd(act: PollAct): readonly WaitChange[] {
  return fieldsOf(act.early ?? []).flatMap(({ field, listed }) =>
    listed.slice(0, 1).map((value) => ({
      name: 'finishes-instantly',
      what: `${field} is ${JSON.stringify(value)} at the first look`,
      change: (one: Reply) => withField(one, field, value),
    })),
  );
}

function broken(condition: Condition, sight: Sight): readonly WaitChange[] {
  const [first] = fieldsOf(condition);
  return [
    ...statusChanges(sight).slice(0, 1),
    notJson,
    truncated,
    ...(first ? fieldChanges(first.field, undefined, false) : []),
  ];
}

interface Field {
  readonly field: string;
  /** Values that the condition itself names. */
  readonly listed: readonly Json[];
  /** Changes that could break it. */
  readonly wrong: (sight: Sight) => readonly WrongField[];
}

function fieldsOf(condition: Condition): readonly Field[] {
  return condition.flatMap((terms) =>
    terms.map(({ field, comparisons }) => ({
      field,
      listed: comparisons.flatMap(({ name, value }) =>
        name === 'equals'
          ? [value]
          : name === 'in' && Array.isArray(value)
            ? (value as Json[])
            : [],
      ),
      wrong: (sight: Sight) => comparisons.flatMap((one) => wrongFields(field, one, sight)),
    })),
  );
}
