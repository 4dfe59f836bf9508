import type { Json } from '../http.ts';
import { connect, retried } from './connect.ts';
import { log, type Io } from './io.ts';
import { follow, httpLog, member, type Ended } from './operation.ts';
import { loadPanel } from './load-panel.ts';
import { complain, say, showJson } from './print.ts';
import { pythonText } from './python-values.ts';
import { mustMatch, refuseValue, symbolForm, timeframeForm } from './refused-value.ts';
import type { Command, Given } from './words.ts';

const modes = ['tail', 'backfill', 'full'];

/** `ktrdr data load`: stays until the download has ended, tells its id, and exits 0 also when it failed (guide ktrdr-cli section 5). */
export const loadCommand: Command = {
  name: 'ktrdr data load',
  form: '[OPTIONS] {symbol}',
  arguments: [{ name: 'symbol', required: true }],
  options: [
    { long: '--timeframe', short: '-t', kind: 'text', default: '1d' },
    { long: '--mode', short: '-m', kind: 'text', default: 'tail' },
    { long: '--start', kind: 'text' },
    { long: '--end', kind: 'text' },
    { long: '--trading-hours', kind: 'flag' },
    { long: '--include-extended', kind: 'flag' },
    { long: '--progress', kind: 'flag' },
    { long: '--no-progress', kind: 'flag' },
    { long: '--format', short: '-f', kind: 'text', default: 'table' },
    { long: '--verbose', short: '-v', kind: 'flag' },
    { long: '--quiet', short: '-q', kind: 'flag' },
  ],
};

interface Load {
  readonly symbol: string;
  readonly timeframe: string;
  readonly mode: string;
  readonly progress: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Carries it out; the exit code says nothing of how the download ended. */
export async function load({ arguments: [given = ''], options }: Given, io: Io): Promise<number> {
  const handler = 'ktrdr.async_infrastructure.cancellation';
  log(io, 'INFO', handler, 'CLI cancellation handler registered for KeyboardInterrupt');
  const order: Load = {
    symbol: given.toUpperCase(),
    timeframe: options['--timeframe'] ?? '1d',
    mode: options['--mode'] ?? 'tail',
    progress: options['--no-progress'] === undefined,
    verbose: options['--verbose'] !== undefined,
    quiet: options['--quiet'] !== undefined,
    json: options['--format'] === 'json',
  };
  const { symbol, timeframe, mode, verbose, quiet } = order;
  mustMatch(io, symbolForm, symbol);
  mustMatch(io, timeframeForm, timeframe);
  if (!modes.includes(mode))
    refuseValue(io, `Invalid mode '${mode}'. Must be one of: ${modes.join(', ')}`);
  await connect(io, { told: io.base, quiet: !verbose });
  if (!quiet) announce(order, options, io);
  const id = await begin(order, options, io);
  if (id === undefined) {
    complain(io, `Error: Failed to load data for ${symbol} (${timeframe})`);
    return 1;
  }
  if (!quiet) say(io, `⚡ Started operation: ${id}`);
  const end = await follow(id, { verbose, every: order.progress ? 0.3 : 2 }, io);
  if (end.interrupted !== undefined) {
    say(io, '✅ Cancellation sent successfully\n🛑 Operation cancelled by user');
    return 0;
  }
  const last = await io.ask('GET', `/operations/${id}`);
  if (verbose) httpLog(io, 'GET', `/operations/${id}`, last);
  if (!quiet) tell(order, end, io);
  return 0;
}

function announce({ symbol, timeframe, mode }: Load, options: Given['options'], io: Io): void {
  const [start, end] = [options['--start'], options['--end']];
  const hours = options['--trading-hours'] === undefined ? 'False' : 'True';
  say(io, `🚀 Loading data for ${symbol} (${timeframe})`);
  say(io, `📋 Mode: ${mode} | Trading hours filter: ${hours}`);
  if (start !== undefined || end !== undefined)
    say(io, `📅 Date range: ${start ?? 'earliest'} to ${end ?? 'latest'}`);
  io.out('');
}

/** The id; undefined where the backend refuses, which is tried again where the error is its own. */
async function begin(
  { symbol, timeframe, mode, verbose }: Load,
  options: Given['options'],
  io: Io,
): Promise<string | undefined> {
  const path = '/data/acquire/download?async_mode=true';
  const [start, end] = [options['--start'], options['--end']];
  const body: Json = {
    symbol,
    timeframe,
    mode,
    ...(start === undefined ? {} : { start_date: start }),
    ...(end === undefined ? {} : { end_date: end }),
    filters: {
      trading_hours_only: options['--trading-hours'] !== undefined,
      include_extended: options['--include-extended'] !== undefined,
    },
  };
  const answer = await retried(io, 'api_client', async () => {
    const one = await io.ask('POST', path, body);
    if (verbose) httpLog(io, 'POST', path, one);
    return one;
  });
  const id = member(answer?.body, 'operation_id');
  return answer?.status === 200 && typeof id === 'string' ? id : undefined;
}

/** The number of bars and the seconds are always 0: KTRDR's command looks for them under other names. */
function tell(order: Load, end: Ended, io: Io): void {
  const { symbol, timeframe, mode } = order;
  const { status, operation } = end;
  if (order.progress) loadPanel(end, io);
  say(io, `ℹ️  Data loading completed with status: ${status}`);
  if (order.verbose) details(operation, io);
  if (order.json)
    showJson(io, {
      symbol,
      timeframe,
      mode,
      success: true,
      status,
      bars_loaded: 0,
      execution_time_seconds: 0,
      details: operation ?? null,
    });
}

function details(operation: Json | undefined, io: Io): void {
  say(io, '\n📊 Detailed metrics:');
  for (const [name, value] of Object.entries((operation ?? {}) as { readonly [key: string]: Json }))
    if (name !== 'status') say(io, `   ${name}: ${pythonText(value, name)}`);
}
