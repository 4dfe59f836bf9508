import type { Json } from '../scenario/comparators.ts';
import type { Reply } from '../prove/reply.ts';

/** One request to a service. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body?: Json;
  /** Real seconds after which there is no reply. */
  readonly within: number;
  readonly signal: AbortSignal;
}

/** What came back, or why nothing did, in words such as `connection refused`. */
export type Answer = { readonly reply: Reply } | { readonly lost: string };

/** Asks once. Never throws for what a service does; redirects are not followed, as the scripts don't. */
export async function ask({ method, url, body, within, signal }: Asked): Promise<Answer> {
  const began = performance.now();
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(within * 1000)]),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const seconds = (performance.now() - began) / 1000;
    const headers = Object.fromEntries(response.headers);
    return { reply: { status: response.status, headers, text, seconds, elapsed: 0 } };
  } catch (error) {
    if (signal.aborted) throw error;
    return { lost: reasonOf(error, within) };
  }
}

const reasons: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  EHOSTUNREACH: 'the host cannot be reached',
  UND_ERR_SOCKET: 'the connection was broken off',
};

function reasonOf(error: unknown, within: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${within} s`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return reasons[code] ?? (cause instanceof Error ? cause.message : error.message);
}
