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

/** A text that is shorter is read each time: that costs less than to find it again. */
const long = 20_000;

/** How many long texts are remembered: the one of the service, and what two scripts at once see in its place. */
const remembered = 4;

/** The long bodies that were read or made last: a condition asks for one field after the other, and a body of some MB takes 0.1 s to read. */
const known: { readonly text: string; readonly body: Json }[] = [];

/** The body as JSON; undefined when it is none. Nobody may change what is given. */
export function jsonOf({ text }: Reply): Json | undefined {
  const before = text.length < long ? undefined : known.find((one) => one.text === text);
  if (before !== undefined) return before.body;
  try {
    return noted(text, JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** The reply with another JSON body. */
export function withJson(reply: Reply, body: Json): Reply {
  const text = JSON.stringify(body);
  noted(text, body);
  return { ...reply, text };
}

function noted(text: string, body: Json): Json {
  if (text.length < long) return body;
  known.unshift({ text, body });
  known.splice(remembered);
  return body;
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
