import { STATUS_CODES } from 'node:http';
import type { Json } from '../http.ts';
import { log, type Answer, type Io } from './io.ts';

/** How a followed operation ended. */
export type Ended =
  | { readonly kind: 'interrupted' }
  | {
      readonly kind: 'ended';
      readonly status: string;
      readonly step: string;
      readonly percent: number;
      readonly error: Json | undefined;
    };

const terminal = new Set(['completed', 'failed', 'cancelled']);

/** Looks each 0.3 s until it has ended; a backend that is gone is asked for ever, as KTRDR's own does (guide ktrdr-cli section 5). */
export async function follow(id: string, verbose: boolean, io: Io): Promise<Ended> {
  for (;;) {
    if (io.interrupted()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await io.ask('DELETE', `/operations/${id}`);
      return { kind: 'interrupted' };
    }
    // oxlint-disable-next-line no-await-in-loop
    const answer = await io.ask('GET', `/operations/${id}`);
    if (verbose && answer) httpLog(io, 'GET', `/operations/${id}`, answer);
    const data = member(answer?.body, 'data');
    const status = member(data, 'status');
    if (typeof status === 'string' && terminal.has(status)) return endOf(data, status);
    if (!answer)
      log(
        io,
        'WARNING',
        'ktrdr.cli.operation_executor',
        'Polling error (will retry): All connection attempts failed',
      );
    // oxlint-disable-next-line no-await-in-loop
    await io.sleep(0.3);
  }
}

function endOf(data: Json | undefined, status: string): Ended {
  const progress = member(data, 'progress');
  const percent = member(progress, 'percentage');
  const step = member(progress, 'current_step');
  return {
    kind: 'ended',
    status,
    step: typeof step === 'string' ? step : 'Working...',
    percent: typeof percent === 'number' ? percent : 0,
    error: member(data, 'error_message'),
  };
}

/** The line that the HTTP library logs for each request. */
export function httpLog(io: Io, method: string, path: string, answer: Answer): void {
  if (!answer) return;
  const words =
    answer.status === 422 ? 'Unprocessable Entity' : (STATUS_CODES[answer.status] ?? '');
  const url = `${io.base}${path}`;
  log(io, 'INFO', 'httpx', `HTTP Request: ${method} ${url} "HTTP/1.1 ${answer.status} ${words}"`);
}

/** A member of an object. */
export function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;
}
