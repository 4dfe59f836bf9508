import type { Json } from '../http.ts';
import { Exit, log, type Io } from './io.ts';
import { follow, httpLog, member, reasonOf, type Ended } from './operation.ts';
import { say } from './print.ts';
import { progressLine } from './progress-line.ts';

/** An operation that the command starts and stays with: `models train`, `backtest run`. */
export interface Started {
  readonly path: string;
  readonly body: Json;
  /** The member of the answer that holds the id. */
  readonly id: string;
  readonly verbose: boolean;
}

const unheard = 'Failed to send cancel request (continuing anyway): All connection attempts failed';

/** Starts it and follows it to a good end; any other end is told on standard output, with exit 1. */
export async function runToEnd(started: Started, io: Io): Promise<Ended & { readonly id: string }> {
  const id = await begin(started, io);
  const end = await follow(id, started, io);
  const done = end.status === 'completed';
  if (end.operation !== undefined) io.out(progressLine(io, end.told, end.percent, done));
  if (end.interrupted !== undefined) {
    say(io, '⚠️  Operation cancelled by user');
    if (end.interrupted === 'heard') say(io, '🔄 Waiting for backend to confirm cancellation...');
    else log(io, 'WARNING', 'ktrdr.cli.operation_executor', unheard);
    // Told so also when the request for it failed (guide ktrdr-cli section 5).
    say(io, '✓ Cancellation confirmed. Completed some iterations.');
    throw new Exit(1);
  }
  if (done) return { ...end, id };
  say(io, `❌ Operation failed: ${end.error}`);
  throw new Exit(1);
}

async function begin({ path, body, id: name, verbose }: Started, io: Io): Promise<string> {
  const answer = await io.ask('POST', path, body);
  if (verbose) httpLog(io, 'POST', path, answer);
  const id = member(answer?.body, name);
  if (answer && answer.status < 300 && typeof id === 'string') return id;
  const why = answer ? refusal(answer.status, io.base + path) : 'All connection attempts failed';
  say(io, `Failed to start operation: ${why}`);
  throw new Exit(1);
}

/** What httpx says of an answer that is an error. */
function refusal(status: number, url: string): string {
  const kind = status >= 500 ? 'Server error' : 'Client error';
  return `${kind} '${status} ${reasonOf(status)}' for url '${url}'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/${status}`;
}
