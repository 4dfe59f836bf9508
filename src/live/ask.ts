import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Reply } from '../prove/reply.ts';

/** One look at a service. */
export interface Asked {
  readonly url: string;
  /** Real seconds after which there is no reply. */
  readonly within: number;
  readonly signal: AbortSignal;
}

/** What came back, or why nothing did, in words such as `connection refused`. */
export type Answer = { readonly reply: Reply } | { readonly lost: string };

/**
 * Asks once, by GET. Never rejects for what a service does; redirects are not followed, as the scripts don't. Not with `fetch`, which
 * refuses some ports and may go through a proxy.
 */
export async function ask({ url, within, signal }: Asked): Promise<Answer> {
  const limit = AbortSignal.timeout(within * 1000);
  try {
    return { reply: await replyOf(url, AbortSignal.any([signal, limit])) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { lost: limit.aborted ? `no answer within ${within} s` : reasonOf(error) };
  }
}

function replyOf(url: string, signal: AbortSignal): Promise<Reply> {
  const began = performance.now();
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { signal, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          text: Buffer.concat(parts).toString(),
          seconds: (performance.now() - began) / 1000,
          elapsed: 0,
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const reasons: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  EHOSTUNREACH: 'the host cannot be reached',
};

/** A host with several addresses fails with all their errors at once: the first will do. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  if (!(first instanceof Error)) return String(first);
  const code = 'code' in first ? String(first.code) : '';
  return reasons[code] ?? first.message;
}
