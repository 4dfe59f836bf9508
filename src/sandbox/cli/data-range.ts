import { Exit, type Io } from './io.ts';
import { connect } from './operations.ts';
import { httpLog, member } from './operation.ts';
import { complain, say, table } from './print.ts';
import type { Command, Given } from './words.ts';

/** `ktrdr data range` (guide ktrdr-cli section 5). */
export const rangeCommand: Command = {
  name: 'ktrdr data range',
  form: '[OPTIONS] {symbol}',
  arguments: [{ name: 'symbol', required: true }],
  options: [
    { long: '--timeframe', short: '-t', kind: 'text', default: '1d' },
    { long: '--format', short: '-f', kind: 'text', default: 'table' },
    { long: '--verbose', short: '-v', kind: 'flag' },
  ],
};

/** Carries it out; what isn't there is told in words, and is no failure. */
export async function range({ arguments: [given = ''], options }: Given, io: Io): Promise<number> {
  const symbol = given.toUpperCase();
  const timeframe = options['--timeframe'] ?? '1d';
  if (!/^\d+[mhdwM]$/.test(timeframe)) {
    complain(io, 'Validation error: String does not match required pattern');
    throw new Exit(1);
  }
  await connect(io, io.base);
  const answer = await io.ask('POST', '/data/range', { symbol, timeframe });
  httpLog(io, 'POST', '/data/range', answer);
  const data = member(answer?.body, 'data');
  if (answer?.status !== 200 || data === undefined) {
    say(io, `ℹ️  No cached data found for ${symbol} (${timeframe})`);
    say(io, "💡 Try loading data first with 'ktrdr data load'");
    return 0;
  }
  if (options['--format'] === 'json') {
    for (const line of JSON.stringify({ symbol, timeframe, range: data }, null, 2).split('\n'))
      io.out(line);
    return 0;
  }
  const rows = [
    ['Symbol', symbol],
    ['Timeframe', timeframe],
    ['Start Date', String(member(data, 'start_date'))],
    ['End Date', String(member(data, 'end_date'))],
    ['Data Points', String(member(data, 'point_count'))],
  ];
  say(io, `\n📅 ${symbol} (${timeframe}) - Data Range`);
  for (const line of table(['Property', 'Value'], rows, io.columns)) io.out(line);
  io.out('');
  return 0;
}
