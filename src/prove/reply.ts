import type { Json } from '../scenario/comparators.ts';

/** What a service answered, or what a fault makes of it. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  /** Real seconds until it was there. */
  readonly seconds: number;
  /** Seconds of the system since the first reply to the same act. */
  readonly elapsed: number;
  /** The connection is broken off: there is no reply at all. */
  readonly lost?: boolean;
}

/** The body as JSON; undefined when it is none. */
export function jsonOf(reply: Reply): Json | undefined {
  try {
    return JSON.parse(reply.text) as Json;
  } catch {
    return undefined;
  }
}

/** The reply with another JSON body. */
export function withJson(reply: Reply, body: Json): Reply {
  return { ...reply, text: JSON.stringify(body) };
}

/** Whether a fault made a difference that the script can see. */
export function differs(left: Reply, right: Reply): boolean {
  return (
    left.status !== right.status ||
    left.text !== right.text ||
    left.seconds !== right.seconds ||
    left.lost !== right.lost ||
    JSON.stringify(left.headers) !== JSON.stringify(right.headers)
  );
}
