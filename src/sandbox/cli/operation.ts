import { STATUS_CODES } from 'node:http';
import type { Json } from '../http.ts';
import { log, type Answer, type Io } from './io.ts';
import { membersOf } from '../json.ts';

/** How a followed operation was left. */
export interface Ended {
  /** A person pressed Ctrl-C, and the backend was asked to cancel: whether it heard that. */
  readonly interrupted?: 'heard' | 'unheard';
  readonly status: string;
  /** `Status: failed - Epoch 2/10`. */
  readonly told: string;
  readonly percent: number;
  readonly error: string;
  /** The operation itself; undefined where none was seen. */
  readonly operation: Json | undefined;
}

const terminal = new Set(['completed', 'failed', 'cancelled']);

/** Looks each 0.3 s until it has ended; a backend that is gone is asked for ever, as KTRDR's own does (guide ktrdr-cli section 5). */
export async function follow(
  id: string,
  { verbose, every = 0.3 }: { readonly verbose: boolean; readonly every?: number },
  io: Io,
): Promise<Ended> {
  for (let seen: Json | undefined; ;) {
    if (io.interrupted()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const heard = await io.ask('DELETE', `/operations/${id}`);
      return { ...endOf(seen), interrupted: heard ? 'heard' : 'unheard' };
    }
    // oxlint-disable-next-line no-await-in-loop
    const answer = await io.ask('GET', `/operations/${id}`);
    if (verbose) httpLog(io, 'GET', `/operations/${id}`, answer);
    seen = member(answer?.body, 'data') ?? seen;
    if (answer && terminal.has(String(member(seen, 'status')))) return endOf(seen);
    if (!answer)
      log(
        io,
        'WARNING',
        'ktrdr.cli.operation_executor',
        'Polling error (will retry): All connection attempts failed',
      );
    // oxlint-disable-next-line no-await-in-loop
    await io.sleep(every);
  }
}

function endOf(operation: Json | undefined): Ended {
  const progress = member(operation, 'progress');
  const percent = member(progress, 'percentage');
  const step = member(progress, 'current_step') ?? 'Working...';
  const error = member(operation, 'error_message');
  const status = text(member(operation, 'status'));
  return {
    status,
    told: `Status: ${status}${step === '' ? '' : ` - ${text(step)}`}`,
    percent: typeof percent === 'number' ? percent : 0,
    error: typeof error === 'string' && error !== '' ? error : 'Unknown error',
    operation,
  };
}

/** The line that the HTTP library logs for each request. */
export function httpLog(io: Io, method: string, path: string, answer: Answer): void {
  if (!answer) return;
  const url = `${io.base}${path}`;
  const { status } = answer;
  log(
    io,
    'INFO',
    'httpx',
    `HTTP Request: ${method} ${url} "HTTP/1.1 ${status} ${reasonOf(status)}"`,
  );
}

/** The words behind a status, as the HTTP library knows them. */
export function reasonOf(status: number): string {
  return status === 422 ? 'Unprocessable Entity' : (STATUS_CODES[status] ?? '');
}

/** A member of an object. */
export function member(value: Json | undefined, name: string): Json | undefined {
  return membersOf(value)[name];
}

/** A value as Python prints it. */
export function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'None';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
