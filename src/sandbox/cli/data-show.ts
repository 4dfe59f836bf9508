import type { Json } from '../http.ts';
import { notConnected, retried } from './connect.ts';
import { Exit, log, type Io } from './io.ts';
import { httpLog, member } from './operation.ts';
import { complain, say, show as showTable, showJson } from './print.ts';
import { mustLie, mustMatch, symbolForm, timeframeForm } from './refused-value.ts';
import type { Command, Given } from './words.ts';

/** `ktrdr data show`: the last rows of what is cached (guide ktrdr-cli section 5). */
export const showCommand: Command = {
  name: 'ktrdr data show',
  form: '[OPTIONS] {symbol}',
  arguments: [{ name: 'symbol', required: true }],
  options: [
    { long: '--timeframe', short: '-t', kind: 'text', default: '1d' },
    { long: '--rows', short: '-r', kind: 'whole', default: '10' },
    { long: '--start', kind: 'text' },
    { long: '--end', kind: 'text' },
    { long: '--trading-hours', kind: 'flag' },
    { long: '--include-extended', kind: 'flag' },
    { long: '--format', short: '-f', kind: 'text', default: 'table' },
    { long: '--verbose', short: '-v', kind: 'flag' },
  ],
};

const columns = ['Open', 'High', 'Low', 'Close', 'Volume'];

/** A bar: its time, and its values in the order of the columns. */
interface Bar {
  readonly index: string;
  readonly values: readonly number[];
}

/** Carries it out; nothing cached is told in words and is no failure, in each format. */
export async function show({ arguments: [given = ''], options }: Given, io: Io): Promise<number> {
  const timeframe = options['--timeframe'] ?? '1d';
  const rows = options['--rows'] ?? '10';
  mustMatch(io, symbolForm, given);
  mustMatch(io, timeframeForm, timeframe);
  mustLie(io, rows, { min: '1', max: '1000' });
  const symbol = given.toUpperCase();
  const data = await fetched(symbol, timeframe, options, io);
  const bars = barsOf(data);
  if (bars.length === 0) {
    say(io, `ℹ️  No cached data found for ${symbol} (${timeframe})`);
    say(io, "💡 Try loading data first with 'ktrdr data load'");
    return 0;
  }
  const last = bars.slice(-Number(rows));
  const format = options['--format'];
  if (format === 'json') showJson(io, asJson({ symbol, timeframe, data, all: bars.length, last }));
  else if (format === 'csv') asCsv(last, io);
  else asTable(`📊 ${symbol} (${timeframe})`, bars.length, last, io);
  return 0;
}

async function fetched(
  symbol: string,
  timeframe: string,
  options: Given['options'],
  io: Io,
): Promise<Json | undefined> {
  const query = new URLSearchParams({ symbol, timeframe });
  for (const [option, name] of [
    ['--start', 'start_date'],
    ['--end', 'end_date'],
  ] as const) {
    const value = options[option];
    if (value !== undefined) query.set(name, value);
  }
  if (options['--trading-hours'] !== undefined) query.set('trading_hours_only', 'true');
  if (options['--include-extended'] !== undefined) query.set('include_extended', 'true');
  const path = `/data/${symbol}/${timeframe}?${query.toString()}`;
  const answer = await retried(io, 'async_cli_client', async () => {
    const one = await io.ask('GET', path);
    httpLog(io, 'GET', path, one);
    return one;
  });
  if (answer?.status === 200) return member(answer.body, 'data');
  const told = 'API request failed: Unknown error';
  const why = answer ? `AsyncCLIClientError: ${told}` : 'SystemExit: 1';
  const leaving = `AsyncCLIClient exiting due to exception: ${why}`;
  log(io, 'WARNING', 'ktrdr.cli.async_cli_client', leaving);
  if (!answer) throw notConnected(io, io.base);
  complain(io, `Error: ${told}`);
  throw new Exit(1);
}

function barsOf(data: Json | undefined): readonly Bar[] {
  const [dates, values] = [member(data, 'dates'), member(data, 'ohlcv')];
  if (!Array.isArray(dates) || !Array.isArray(values)) return [];
  return dates.map((date, index) => ({
    index: String(date).replace('T', ' '),
    values: values[index] as readonly number[],
  }));
}

function asJson(shown: {
  readonly symbol: string;
  readonly timeframe: string;
  readonly data: Json | undefined;
  readonly all: number;
  readonly last: readonly Bar[];
}): Json {
  return {
    symbol: shown.symbol,
    timeframe: shown.timeframe,
    total_rows: shown.all,
    displayed_rows: shown.last.length,
    metadata: member(shown.data, 'metadata') ?? {},
    data: shown.last.map(({ index, values }) => ({
      index,
      ...Object.fromEntries(columns.map((name, at) => [name, values[at] ?? null])),
    })),
  };
}

/** As pandas writes it: whole days without a time, floats with at least one digit. */
function asCsv(bars: readonly Bar[], io: Io): void {
  const days = bars.every(({ index }) => index.endsWith(' 00:00:00'));
  io.out(`,${columns.join(',')}`);
  for (const { index, values } of bars)
    io.out(
      [
        days ? index.slice(0, 10) : index,
        ...values.map((one) => (Number.isInteger(one) ? one.toFixed(1) : String(one))),
      ].join(','),
    );
  io.out('');
}

/** The dates of the range are always N/A: KTRDR's command looks for them under other names. */
function asTable(title: string, all: number, bars: readonly Bar[], io: Io): void {
  say(io, `\n${title} - Cached Data\nTotal rows: ${all} | Showing: ${bars.length}`);
  say(io, 'Date range: N/A to N/A\n');
  const rows = bars.map(({ index, values }) => [
    index,
    ...values.map((one, at) => one.toFixed(columns[at] === 'Volume' ? 0 : 4)),
  ]);
  showTable(io, ['Date', ...columns], rows, { right: [1, 2, 3, 4, 5] });
  io.out('');
}
