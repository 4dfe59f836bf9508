import type {
  Act,
  CaptureAct,
  FindAct,
  FollowAct,
  HoldAct,
  PollAct,
  RequestAct,
  TakeAct,
  UiAct,
} from '../scenario/acts.ts';
import type { Resolved, ServiceUse } from '../scenario/model.ts';
import { capturedBy, holds, lookOf, staysAt, type Captures } from './conditions.ts';
import { newIn } from './find-faults.ts';
import type { Reply } from './reply.ts';

/** A health check of the preflight. */
export interface ReadyAct {
  readonly kind: 'ready';
  readonly service: string;
  readonly method: 'GET';
  readonly path: string;
  readonly health: ServiceUse['health'];
}

/** What a script sends, in its order: the health checks, then the acts of its steps. */
export type SendingAct = ReadyAct | RequestAct | PollAct | HoldAct | FollowAct | FindAct | UiAct;

/** The acts that send something. Beacons and cleanup are none: no fault is planted in them. */
export function sendingActs(scenario: Resolved): readonly SendingAct[] {
  const up = scenario.services.filter(({ down }) => down === undefined);
  const ready = up.map(({ name, health }): ReadyAct => ({
    kind: 'ready',
    service: name,
    method: 'GET',
    path: health.path,
    health,
  }));
  const acts = scenario.steps.flatMap((step) => step.acts.filter(sends));
  return [...ready, ...acts];
}

function sends(act: Act): act is Exclude<SendingAct, ReadyAct> {
  return ['request', 'poll', 'hold', 'follow', 'find', 'ui'].includes(act.kind);
}

/** Where a script is: which act it is at, what that got, and what was captured. */
export interface Place {
  /** Index into the sending acts; -1 before the first. */
  readonly at: number;
  /** The act got what it asked for: the same address once more belongs to a later act. */
  readonly done: boolean;
  readonly captures: Captures;
  /** The last reply to each act, by the act's name. */
  readonly replies: Replies;
}

/** Replies by the name of the act that they were given to. */
export type Replies = { readonly [name: string]: Reply };

/** Before the first request. */
export const beginning: Place = { at: -1, done: true, captures: {}, replies: {} };

/** The act to which a request of the script itself belongs; undefined for what is no act (a beacon, cleanup). */
export function actOf(
  acts: readonly SendingAct[],
  place: Place,
  request: { readonly service: string; readonly method: string; readonly path: string },
): number | undefined {
  const fits = (act: SendingAct | undefined): boolean =>
    act !== undefined &&
    act.kind !== 'ui' &&
    act.service === request.service &&
    act.method === request.method &&
    pathWith(act.path, place.captures) === request.path;
  if (!place.done && fits(acts[place.at])) return place.at;
  const later = acts.findIndex((act, index) => index > place.at && fits(act));
  return later < 0 ? undefined : later;
}

/** The place after the script got this reply. */
export function moved(
  acts: readonly SendingAct[],
  place: Place,
  at: number,
  reply: Reply,
  scenario: Resolved,
): Place {
  const act = acts[at];
  if (act === undefined) return place;
  const captures = {
    ...place.captures,
    ...capturesFrom(scenario, act, reply, place.replies, place.captures),
  };
  const name = nameOf(act);
  const replies = name === undefined ? place.replies : { ...place.replies, [name]: reply };
  return { at, done: isDone(act, reply, captures), captures, replies };
}

/** The name that later acts know the act's reply by. */
function nameOf(act: SendingAct): string | undefined {
  return act.kind === 'ready' || act.kind === 'find' ? undefined : act.reply;
}

/** What the captures on this act's reply take from it. */
function capturesFrom(
  scenario: Resolved,
  act: SendingAct,
  reply: Reply,
  replies: Replies,
  captured: Captures,
): Captures {
  if (act.kind === 'ready') return {};
  if (act.kind === 'find') {
    const [id, ...more] = newIn(act, reply, replies[act.before], captured) ?? [];
    return act.sole || id === undefined || more.length > 0 ? {} : { [act.capture]: id };
  }
  const wanted = scenario.steps.flatMap((step) =>
    step.acts.filter(
      (one): one is CaptureAct | TakeAct =>
        (one.kind === 'capture' || one.kind === 'take') && one.reply === act.reply,
    ),
  );
  return Object.fromEntries(
    wanted.flatMap((one) => {
      const value = capturedBy(one, reply);
      return value === undefined ? [] : [[one.capture, value]];
    }),
  );
}

function isDone(act: SendingAct, reply: Reply, captures: Captures): boolean {
  switch (act.kind) {
    case 'request':
    case 'ui':
      return true;
    case 'ready':
      return reply.status === 200 && holds(act.health.condition, reply, captures);
    case 'poll':
      return lookOf(act, reply, captures) !== 'wait';
    case 'find':
      return false;
    case 'follow':
      return lookOf({ until: act.ends, ends: act.ends }, reply, captures) !== 'wait';
    case 'hold':
      return !staysAt(act, reply, captures);
  }
}

/** A path with what was captured in it, percent-encoded as the runtime does it; a capture that isn't there fits nothing. */
function pathWith(path: string, captures: Captures): string {
  return path.replaceAll(/\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g, (whole, name: string) => {
    const value = captures[name];
    return value === undefined ? whole : encodeURIComponent(String(value));
  });
}
