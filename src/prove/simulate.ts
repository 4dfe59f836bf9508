import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../scenario/comparators.ts';
import type {
  Act,
  AnyAct,
  CheckAct,
  Condition,
  PointAct,
  PollAct,
  RequireAct,
  SeriesAct,
} from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import { capturedBy, fieldOf, holds, lookOf, staysAt, type Captures } from './conditions.ts';
import { newIn } from './find-faults.ts';
import { valueAt } from './json-path.ts';
import { jsonOf, type Reply } from './reply.ts';
import { sendingActs, type SendingAct } from './sending.ts';

/** The replies to each sending act, in order. */
export type Recording = readonly (readonly Reply[])[];

/** The first thing that would stop the script on these replies: a point, or what is none (a requirement, a health check). */
export type FirstRed = { readonly point: string } | { readonly other: string } | undefined;

/**
 * What the scenario's own checks would say of replies: the first red point. Points on logs, files and commands count as green.
 * What looks at logs took is given, for logs are not played again.
 * By this, only those faults are planted that a right script must notice at one known point.
 */
export function simulate(
  scenario: Resolved,
  recording: Recording,
  fromLogs: Captures = {},
): FirstRed {
  const acts = sendingActs(scenario);
  const repliesOf = (act: SendingAct): readonly Reply[] => recording[acts.indexOf(act)] ?? [];
  let known: Known = {
    replies: {},
    series: {},
    believed: new Set(),
    captures: fromLogs,
    waiting: [],
  };
  for (const act of scenario.steps.flatMap((step) => step.acts)) {
    const { red, next } = evaluate(act, known, repliesOf);
    if (red) return red;
    known = next;
  }
  return undefined;
}

interface Known {
  /** The reply that each name stands for. */
  readonly replies: { readonly [name: string]: Reply };
  /** All looks of polls and holds, by name. */
  readonly series: { readonly [name: string]: readonly Reply[] };
  /** Replies whose status an earlier point judged: their body counts although the status is an error. */
  readonly believed: ReadonlySet<string>;
  readonly captures: Captures;
  /** Requirements on replies that are still to come. */
  readonly waiting: readonly RequireAct[];
}

interface Evaluated {
  readonly red?: FirstRed;
  readonly next: Known;
}

function evaluate(
  act: Act,
  known: Known,
  repliesOf: (act: SendingAct) => readonly Reply[],
): Evaluated {
  switch (act.kind) {
    case 'ui':
    case 'request': {
      const [reply] = repliesOf(act);
      return { next: reply ? withReply(known, act.reply, [reply]) : known };
    }
    case 'poll': {
      const looks = repliesOf(act);
      const end = looks.findIndex((reply) => lookOf(act, reply, known.captures) !== 'wait');
      const seen = end < 0 ? looks : looks.slice(0, end + 1);
      const last = seen.at(-1);
      const reached = last !== undefined && lookOf(act, last, known.captures) === 'until';
      const next = withReply(known, act.reply, seen);
      const unmet = unmetBy(act, seen, known);
      return unmet && (reached || unmet.first)
        ? { red: { other: unmet.text }, next }
        : { ...redUnless(reached, act), next };
    }
    case 'hold': {
      const looks = repliesOf(act);
      const stayed = looks.length > 0 && looks.every((one) => staysAt(act, one, known.captures));
      return { ...redUnless(stayed, act), next: withReply(known, act.reply, looks) };
    }
    case 'require': {
      const reply = known.replies[act.reply];
      if (reply === undefined) return { next: { ...known, waiting: [...known.waiting, act] } };
      const held = holds(act.condition, reply, known.captures);
      return held ? { next: known } : { red: { other: act.text }, next: known };
    }
    case 'capture': {
      const reply = known.replies[act.reply];
      const value = reply && isBelieved(reply, act.reply, known) && capturedBy(act, reply);
      const ok = value !== undefined && value !== false;
      return {
        ...redUnless(ok, act),
        next: ok ? { ...known, captures: { ...known.captures, [act.capture]: value } } : known,
      };
    }
    case 'take': {
      const reply = known.replies[act.reply];
      const value = reply && isBelieved(reply, act.reply, known) && capturedBy(act, reply);
      const captures = value ? { ...known.captures, [act.capture]: value } : known.captures;
      return { next: { ...known, captures } };
    }
    case 'follow': {
      const looks = repliesOf(act);
      const goal = { until: act.ends, ends: act.ends };
      const end = looks.find((reply) => lookOf(goal, reply, known.captures) !== 'wait');
      const started = capturesIn(act.path).every((name) => name in known.captures);
      const reply = started ? end : known.replies[act.otherwise];
      const usable = reply && (!started || lookOf(goal, reply, known.captures) === 'until');
      return { next: usable ? withReply(known, act.reply, [reply]) : known };
    }
    case 'find': {
      const looks = repliesOf(act);
      const before = known.replies[act.before];
      const found = looks
        .map((reply) => newIn(act, reply, before, known.captures))
        .find((ids) => ids === undefined || ids.length > 0);
      const [id] = found ?? [];
      const one = found?.length === 1 && (!act.sole || id === known.captures[act.capture]);
      const captures =
        one && id !== undefined ? { ...known.captures, [act.capture]: id } : known.captures;
      return { ...redUnless(one, act), next: { ...known, captures } };
    }
    case 'any':
      return anyChecked(act, known);
    case 'check':
    case 'guard':
      return checked(act, known);
    case 'series':
      return {
        ...redUnless(seriesHolds(act, known.series[act.reply] ?? []), act),
        next: known,
      };
    default:
      return { next: known };
  }
}

/** The requirement on a poll that its first look, or the last one, doesn't meet; a first look that lacks the field tells nothing. */
function unmetBy(
  { reply }: PollAct,
  looks: readonly Reply[],
  { waiting, captures }: Known,
): { readonly text: string; readonly first: boolean } | undefined {
  const [first] = looks;
  const last = looks.at(-1);
  for (const one of waiting.filter((act) => act.reply === reply)) {
    const told = (look: Reply): boolean =>
      look.status === 200 &&
      one.condition.flat().every(({ field }) => fieldOf(look, field) !== undefined);
    if (first && told(first) && !holds(one.condition, first, captures))
      return { text: one.text, first: true };
    if (last && !holds(one.condition, last, captures)) return { text: one.text, first: false };
  }
  return undefined;
}

function checked(act: CheckAct, known: Known): Evaluated {
  const reply = known.replies[act.reply];
  // What a command printed isn't recorded.
  if (reply === undefined) return { next: known };
  const named = namesStatus(act.condition);
  const held =
    (named || isBelieved(reply, act.reply, known)) && holds(act.condition, reply, known.captures);
  const believed = named && held ? new Set([...known.believed, act.reply]) : known.believed;
  return { ...redUnless(held, act), next: { ...known, believed } };
}

/** An alternative in a log counts as red: what is planted takes its line away too. */
function anyChecked(act: AnyAct, known: Known): Evaluated {
  const met = act.alternatives.find((parts) =>
    parts.every((part) => {
      const reply = 'reply' in part ? known.replies[part.reply] : undefined;
      if (!('reply' in part) || reply === undefined) return false;
      const counts = namesStatus(part.condition) || isBelieved(reply, part.reply, known);
      return counts && holds(part.condition, reply, known.captures);
    }),
  );
  const named = (met ?? []).flatMap((part) =>
    'reply' in part && namesStatus(part.condition) ? [part.reply] : [],
  );
  const same = Object.keys(known.replies).filter((name) =>
    named.some((one) => known.replies[one] === known.replies[name]),
  );
  return {
    ...redUnless(met !== undefined, act),
    next: { ...known, believed: new Set([...known.believed, ...same]) },
  };
}

/** The captures that a path needs. */
function capturesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g)].map(([, name]) => name ?? '');
}

/** A known defect stops nothing, and tells nothing new. */
function redUnless(held: boolean, { id, defect }: PointAct): { readonly red?: FirstRed } {
  return held || defect !== undefined ? {} : { red: { point: id } };
}

function withReply(known: Known, name: string, looks: readonly Reply[]): Known {
  const last = looks.at(-1);
  return {
    ...known,
    replies: last ? { ...known.replies, [name]: last } : known.replies,
    series: { ...known.series, [name]: looks },
  };
}

function isBelieved({ status, lost }: Reply, name: string, { believed }: Known): boolean {
  return lost !== true && ((status >= 200 && status < 300) || believed.has(name));
}

function namesStatus(condition: Condition): boolean {
  return condition.some((terms) => terms.some(({ field }) => field === 'status'));
}

/** The judgement on all looks of a wait, by the rules of the runtime. */
function seriesHolds({ path, check }: SeriesAct, looks: readonly Reply[]): boolean {
  const all = looks.map((reply): Json => valueAt(jsonOf(reply), path) ?? null);
  const numbers = all.filter((value) => typeof value === 'number');
  const whole = all.length > 0 && numbers.length === all.length;
  switch (check.name) {
    case 'distinct':
      return new Set(numbers).size >= check.value;
    case 'strictly-between':
      return numbers.some((value) => value > check.low && value < check.high);
    case 'ends-at':
      return all.at(-1) === check.value;
    case 'never-over':
      return whole && numbers.every((value) => value <= check.value);
    case 'passes-through':
      return all.some((value) => isDeepStrictEqual(value, check.value));
    case 'phases': {
      const places = all.map((value) =>
        check.values.findIndex((one) => isDeepStrictEqual(one, value)),
      );
      return places.length > 0 && places.every((at, index) => at >= (places[index - 1] ?? 0));
    }
    case 'steady':
      return all.length > 1 && all[0] !== null && new Set(all).size === 1;
    case 'never-falls': {
      const falls = numbers.filter((value, index) => (numbers[index + 1] ?? Infinity) < value);
      const known =
        check.restart !== undefined && falls.every((from) => from <= (check.restart ?? 0));
      return whole && all.length > 1 && (falls.length === 0 || (known && falls.length === 1));
    }
  }
}
