import type { Json } from '../http.ts';
import { asked, connect as reach } from './connect.ts';
import type { Io } from './io.ts';
import { member, text } from './operation.ts';
import { complain, say, show } from './print.ts';
import { refuseValue } from './refused-value.ts';
import type { Command, Given } from './words.ts';

const verbose = { long: '--verbose', short: '-v', kind: 'flag' } as const;
const id = { name: 'operation_id', required: true };

/** `ktrdr operations …` (guide ktrdr-cli section 5). */
export const operationsCommands: readonly (Command & {
  readonly act: (given: Given, io: Io) => Promise<number>;
})[] = [
  {
    name: 'ktrdr operations list',
    form: '[OPTIONS]',
    arguments: [],
    options: [
      { long: '--status', short: '-s', kind: 'text' },
      { long: '--type', short: '-t', kind: 'text' },
      { long: '--limit', short: '-l', kind: 'whole', default: '50' },
      { long: '--active', short: '-a', kind: 'flag' },
      verbose,
    ],
    act: list,
  },
  {
    name: 'ktrdr operations status',
    form: '[OPTIONS] {operation_id}',
    arguments: [id],
    options: [verbose],
    act: status,
  },
  {
    name: 'ktrdr operations cancel',
    form: '[OPTIONS] {operation_id}',
    arguments: [id],
    options: [
      { long: '--reason', short: '-r', kind: 'text' },
      { long: '--force', short: '-f', kind: 'flag' },
      verbose,
    ],
    act: cancel,
  },
  {
    name: 'ktrdr operations retry',
    form: '[OPTIONS] {operation_id}',
    arguments: [id],
    options: [verbose],
    act: retry,
  },
];

/** The address that these commands tell is a fixed text. */
function connect(io: Io): Promise<void> {
  return reach(io, { told: 'http://localhost:8000' });
}

async function list({ options }: Given, io: Io): Promise<number> {
  await connect(io);
  const wordy = options['--verbose'] !== undefined;
  const active = options['--active'] === undefined ? 'False' : 'True';
  if (wordy)
    say(
      io,
      `🔍 Listing operations (status: ${text(options['--status'])}, type: ${text(options['--type'])}, active_only: ${active})`,
    );
  const query = [
    `limit=${options['--limit']}`,
    'offset=0',
    `active_only=${active}`,
    ...(options['--status'] === undefined
      ? []
      : [`status=${encodeURIComponent(options['--status'])}`]),
    ...(options['--type'] === undefined
      ? []
      : [`operation_type=${encodeURIComponent(options['--type'])}`]),
  ].join('&');
  const answer = await asked(io, 'GET', `/operations?${query}`);
  const rows = member(answer?.body, 'data');
  if (answer?.status !== 200 || !Array.isArray(rows)) {
    complain(io, 'Error: Failed to list operations');
    return 1;
  }
  if (rows.length === 0) {
    say(
      io,
      options['--active'] === undefined
        ? 'ℹ️  No operations found'
        : 'ℹ️  No active operations found',
    );
    return 0;
  }
  say(
    io,
    `\n📋 Operations Summary\nShowing: ${rows.length} operations\nTotal: ${text(member(answer.body, 'total_count'))} | Active: ${text(member(answer.body, 'active_count'))}\n`,
  );
  const head = ['Operation ID', 'Type', 'Status', 'Progress', 'Symbol', 'Duration'];
  const more = wordy ? ['Created', 'Current Step'] : [];
  const shown = (rows as readonly Json[]).map((row) => rowOf(row, wordy));
  show(io, [...head, ...more], shown);
  if (wordy) say(io, `\n✅ Retrieved ${rows.length} operations`);
  return 0;
}

/** The ids are cut to their last twenty characters. */
function rowOf(row: Json, wordy: boolean): readonly string[] {
  const whole = text(member(row, 'operation_id'));
  const seconds = member(row, 'duration_seconds');
  const percent = member(row, 'progress_percentage');
  return [
    whole.length > 20 ? `${whole.slice(-20)}...` : whole,
    text(member(row, 'operation_type')),
    text(member(row, 'status')).toUpperCase(),
    `${typeof percent === 'number' ? Math.round(percent) : 0}%`,
    text(member(row, 'symbol') ?? 'N/A'),
    typeof seconds === 'number' ? duration(seconds) : 'N/A',
    ...(wordy
      ? [
          text(member(row, 'created_at')).slice(0, 16).replace('T', ' '),
          text(member(row, 'current_step')),
        ]
      : []),
  ];
}

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)}s` : `${(seconds / 60).toFixed(1)}m`;
}

async function status({ arguments: [given = ''], options }: Given, io: Io): Promise<number> {
  valid(given, io);
  await connect(io);
  if (options['--verbose'] !== undefined) say(io, `🔍 Getting status for operation: ${given}`);
  const answer = await asked(io, 'GET', `/operations/${given}`);
  const data = member(answer?.body, 'data');
  if (answer?.status !== 200) return notFound(given, io);
  const progress = member(data, 'progress');
  const of = (name: string): string => text(member(data, name));
  say(io, `\n📊 Operation Status: ${given}`);
  const own = [
    ['Operation ID', of('operation_id')],
    ['Type', of('operation_type')],
    ['Status', of('status').toUpperCase()],
    ['Created', of('created_at')],
    ['Started', of('started_at')],
    ['Completed', of('completed_at')],
    ['Duration', 'N/A'],
  ];
  show(io, ['Property', 'Value'], own);
  say(io, '\n📈 Progress Information');
  const percent = member(progress, 'percentage');
  const pair = (done: string, all: string): string =>
    `${text(member(progress, done))}/${text(member(progress, all))}`;
  const seen = [
    ['Percentage', `${(typeof percent === 'number' ? percent : 0).toFixed(1)}%`],
    ['Current Step', text(member(progress, 'current_step') ?? 'N/A')],
    ['Steps', pair('steps_completed', 'steps_total')],
    ['Items', pair('items_processed', 'items_total')],
    ['Current Item', text(member(progress, 'current_item') || '')],
  ];
  show(io, ['Property', 'Value'], seen);
  const error = member(data, 'error_message');
  if (typeof error === 'string') say(io, `\n❌ Error Message\n${error}`);
  return 0;
}

async function cancel({ arguments: [given = ''], options }: Given, io: Io): Promise<number> {
  valid(given, io);
  await connect(io);
  const reason = options['--reason'];
  const wordy = options['--verbose'] !== undefined;
  if (wordy) say(io, `🛑 Cancelling operation: ${given}`);
  if (wordy && reason !== undefined) say(io, `📝 Reason: ${reason}`);
  if (wordy && options['--force'] !== undefined) say(io, '⚠️  Force cancellation enabled');
  const answer = await asked(io, 'DELETE', `/operations/${given}`, {
    ...(reason === undefined ? {} : { reason }),
    force: options['--force'] !== undefined,
  });
  // The class of the error is looked for as text in a message that holds the id.
  if (answer?.status === 404 || (answer?.status === 400 && given.includes('404')))
    return notFound(given, io);
  if (answer?.status !== 200) {
    complain(io, `❌ Operation cannot be cancelled: ${given}`);
    complain(io, 'The operation may already be completed, failed, or cancelled.');
    return 1;
  }
  const data = member(answer.body, 'data');
  say(io, `✅ Successfully cancelled operation: ${given}`);
  say(io, `🕐 Cancelled at: ${text(member(data, 'cancelled_at'))}`);
  if (reason !== undefined) say(io, `📝 Reason: ${reason}`);
  if (member(data, 'task_cancelled') === true) say(io, '🔄 Background task was cancelled');
  if (wordy) say(io, '\n✅ Operation cancellation completed');
  return 0;
}

async function retry({ arguments: [given = ''] }: Given, io: Io): Promise<number> {
  valid(given, io);
  await connect(io);
  const answer = await asked(io, 'POST', `/operations/${given}/retry`);
  if (answer?.status === 404) return notFound(given, io);
  if (answer?.status === 200) {
    say(io, `New: ${text(member(member(answer.body, 'data'), 'operation_id'))}`);
    return 0;
  }
  complain(io, `Error: Failed to retry operation ${given}`);
  return 1;
}

function valid(given: string, io: Io): void {
  if (given.length > 100) refuseValue(io, 'String too long (max 100 chars)');
}

function notFound(given: string, io: Io): number {
  complain(io, `❌ Operation not found: ${given}`);
  return 1;
}
