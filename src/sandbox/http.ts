/** A JSON value: what bodies are made of. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One HTTP request as a service sees it; nothing in it is trusted. */
export interface SandboxRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  /** Authority the client used, such as `127.0.0.1:8000`: redirects repeat it. */
  readonly host: string;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
  /** Port of the client, for the access line. */
  readonly clientPort: number;
}

/** What a service answers; `body` undefined is an empty one without a content type. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  /** The body as text, where it is too large to be made as a value first; `body` then says nothing. */
  readonly text?: string;
  /** How long the answer takes, in wall-clock milliseconds; absent: none. */
  readonly delayMs?: number;
  /** True when no answer ever comes: the client waits until it gives up. */
  readonly never?: boolean;
}

/** Everything a pure service needs from outside: the time and one piece of randomness. */
export interface Moment {
  /** Milliseconds since 1970 with fractions, so that stamps have microseconds. */
  readonly now: number;
  /** Eight hexadecimal digits for the id of an operation that this request may create. */
  readonly hex: string;
}

const utf8 = new TextEncoder();

/** The type of a body that is a page, and no JSON. */
export const htmlType = 'text/html; charset=utf-8';

/**
 * A request from its essentials, for callers inside the process; bodies other than text are sent
 * as JSON.
 */
export function requestOf(
  method: string,
  target: string,
  body?: Json,
  contentType = 'application/json',
): SandboxRequest {
  const [path = '/', ...query] = target.split('?');
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    path,
    query: query.join('?'),
    host: '127.0.0.1:8000',
    contentType: body === undefined ? undefined : contentType,
    body: utf8.encode(text),
    clientPort: 40000,
  };
}

/** A path, or a part of one, without its percent-encoding; as it is where that is broken. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The default body of an HTTP error of FastAPI: `{"detail": …}`. */
export function detail(status: number, text: Json): SandboxResponse {
  return { status, headers: {}, body: { detail: text } };
}

/** A page with status 200. */
export function html(text: string): SandboxResponse {
  return { status: 200, headers: { 'content-type': htmlType }, body: text };
}

/** A JSON answer with status 200. */
export function ok(body: Json): SandboxResponse {
  return { status: 200, headers: {}, body };
}
