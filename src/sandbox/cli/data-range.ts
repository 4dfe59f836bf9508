import { asked, connect } from './connect.ts';
import type { Io } from './io.ts';
import { member } from './operation.ts';
import { say, show, showJson } from './print.ts';
import { mustMatch, timeframeForm } from './refused-value.ts';
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
  mustMatch(io, timeframeForm, timeframe);
  await connect(io, { told: io.base });
  const answer = await asked(io, 'POST', '/data/range', { symbol, timeframe });
  const data = member(answer?.body, 'data');
  if (answer?.status !== 200 || data === undefined) {
    say(io, `ℹ️  No cached data found for ${symbol} (${timeframe})`);
    say(io, "💡 Try loading data first with 'ktrdr data load'");
    return 0;
  }
  if (options['--format'] === 'json') {
    showJson(io, { symbol, timeframe, range: data });
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
  show(io, ['Property', 'Value'], rows);
  io.out('');
  return 0;
}
