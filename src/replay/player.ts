import { equal } from '../prove/conditions.ts';
import type { Json } from '../scenario/comparators.ts';
import type { Exchange } from './exchanges.ts';

/** A request as it is asked for again. */
export interface Asked {
  readonly service: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly sent: string;
  /** Made by a page, whose bodies nobody compares. */
  readonly browser: boolean;
}

/** How far a replay has come. */
export interface Position {
  /** The first exchange that is not over: behind the last one that changed something. */
  readonly from: number;
  /** The last exchange that was given, by service, method and path. */
  readonly given: { readonly [request: string]: number };
  /** The farthest exchange that was given. */
  readonly farthest: number;
  /** By request, the first exchange that was given since the last change, and when (system seconds). */
  readonly begun: { readonly [request: string]: { readonly index: number; readonly now: number } };
}

/** The clock of a replay: what passed for the system, now and in a second of the recording. */
export interface Clock {
  /** System seconds. */
  readonly now: number;
  /** System seconds in a real one of the recording. */
  readonly pace: number;
}

/** A script that is so many times slower than the recorded one is not kept waiting: its looks catch up. */
const patience = 1.5;

/** Before the first request. */
export const atStart: Position = { from: 0, given: {}, farthest: -1, begun: {} };

/** The recorded reply to a request, or what the recording lacks. */
export type Played =
  { readonly index: number; readonly position: Position } | { readonly lacks: string };

/**
 * Finds the recorded reply by order and not by time. The k-th look at a path gets the k-th reply that was recorded between the same two
 * requests that change something, then the last of them; a request that changes something (POST, DELETE) gets its next recorded reply,
 * and moves on. A script that is much slower than the recorded one skips looks, so that its waits end. So an operation is seen to be cancelled just when its cancel was sent.
 */
export function play(
  exchanges: readonly Exchange[],
  position: Position,
  asked: Asked,
  clock: Clock,
): Played {
  const like = exchanges.flatMap((one, index) => (isLike(one, asked) ? [index] : []));
  const fitting = like.filter((index) => hasBody(exchanges[index], asked));
  if (fitting.length === 0) {
    const request = `${asked.method} ${asked.path}`;
    return { lacks: like.length === 0 ? request : `${request} with the body that is sent now` };
  }
  const key = `${asked.service} ${asked.method} ${asked.path}`;
  const safe = isSafe(asked.method);
  const index = safe
    ? lookAt(exchanges, fitting, position, key, clock)
    : (fitting.find((one) => one >= position.from) ?? fitting.at(-1) ?? 0);
  const begun = position.begun[key];
  return {
    index,
    position: {
      begun: safe ? { ...position.begun, [key]: begun ?? { index, now: clock.now } } : {},
      from: safe ? position.from : Math.max(position.from, index + 1),
      given: { ...position.given, [key]: index },
      farthest: Math.max(position.farthest, index),
    },
  };
}

function lookAt(
  exchanges: readonly Exchange[],
  fitting: readonly number[],
  { from, given, begun }: Position,
  key: string,
  clock: Clock,
): number {
  const change = exchanges.findIndex((one, index) => index >= from && !isSafe(one.method));
  const end = change < 0 ? exchanges.length : change;
  const now = fitting.filter((index) => index >= from && index < end);
  const last = given[key] ?? -1;
  const next = now.find((index) => index > last);
  const first = begun[key];
  const due = (index: number): boolean =>
    first !== undefined &&
    ((exchanges[index]?.at ?? 0) - (exchanges[first.index]?.at ?? 0)) * clock.pace * patience <=
      clock.now - first.now;
  const late = next === undefined ? undefined : now.findLast((index) => index > next && due(index));
  return late ?? next ?? now.at(-1) ?? fitting.findLast((index) => index < from) ?? fitting[0] ?? 0;
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isLike(one: Exchange, { service, method, path }: Asked): boolean {
  return one.service === service && one.method === method && decoded(one.path) === decoded(path);
}

/** Secrets stand in a recorded path as words in brackets, which a script writes percent-encoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function hasBody(one: Exchange | undefined, { method, sent, browser }: Asked): boolean {
  if (isSafe(method) || browser) return true;
  const recorded = one?.sent ?? '';
  return recorded === sent || equal(jsonIn(recorded), jsonIn(sent));
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
