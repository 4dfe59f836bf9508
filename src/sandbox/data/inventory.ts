import type { Answer } from '../backend/answer.ts';
import type { BackendState } from '../backend/state.ts';
import { ok } from '../http.ts';
import type { Moment } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { isoSecond, pythonDict } from '../python-text.ts';
import { cachedBars } from './cache.ts';
import type { Cache } from './cache.ts';
import { completedLoad } from './load-log.ts';
import {
  dataService,
  dataServiceLog,
  endpoint,
  loader,
  openingLog,
  repository,
} from './service-log.ts';

/** The timeframes that KTRDR has, whether there are files of them or not (recording timeframes). */
export const timeframes = [
  { id: '1m', name: '1 Minute', description: 'One-minute interval data' },
  { id: '5m', name: '5 Minutes', description: 'Five-minute interval data' },
  { id: '15m', name: '15 Minutes', description: 'Fifteen-minute interval data' },
  { id: '30m', name: '30 Minutes', description: 'Thirty-minute interval data' },
  { id: '1h', name: '1 Hour', description: 'One-hour interval data' },
  { id: '2h', name: '2 Hours', description: 'Two-hour interval data' },
  { id: '4h', name: '4 Hours', description: 'Four-hour interval data' },
  { id: '1d', name: 'Daily', description: 'Daily interval data' },
  { id: '1w', name: 'Weekly', description: 'Weekly interval data' },
  { id: '1M', name: 'Monthly', description: 'Monthly interval data' },
] as const;

/** `GET /api/v1/data/info` (recording data-info): its lists hold texts that look like Python dictionaries. */
export function dataInfo({ cache }: BackendState, { now }: Moment): Answer {
  const symbols = symbolNames(cache).map((symbol) => ({
    symbol,
    name: symbol,
    ...plain,
    available_timeframes: timeframesOf(cache, symbol),
    ...datesOf(cache, symbol),
  }));
  const config = (text: string): LogEntry => entry(now, 'INFO', 'ktrdr.config.loader', text);
  return {
    response: ok({
      success: true,
      data: {
        data_directory: 'data',
        total_symbols: symbols.length,
        available_symbols: symbols.map((each) => pythonDict(each)),
        symbol_types: { unknown: symbols.length },
        timeframes_available: timeframes.map((each) => pythonDict(each)),
        total_timeframes: timeframes.length,
        data_sources: ['local_files', 'ib_gateway'],
        features: ['symbol_discovery', 'data_validation', 'gap_filling', 'real_time_updates'],
      },
      error: null,
    }),
    entries: [
      ...dataServiceLog(now),
      ...symbolsLog(cache, now),
      entry(now, 'INFO', dataService, `Retrieved ${timeframes.length} available timeframes`),
      config('Loading configuration from config/settings.yaml (from env var: False)'),
      config('Successfully loaded configuration from config/settings.yaml'),
    ],
  };
}

/** `GET /api/v1/symbols` (recording symbols). */
export function listSymbols({ cache }: BackendState, { now }: Moment): Answer {
  const symbols = symbolNames(cache).map((symbol) => ({
    symbol,
    name: symbol,
    ...plain,
    available_timeframes: timeframesOf(cache, symbol),
    trading_hours: null,
  }));
  return {
    response: ok({ success: true, data: symbols, error: null }),
    entries: [
      ...dataServiceLog(now),
      ...symbolsLog(cache, now),
      entry(now, 'INFO', endpoint, `Retrieved ${symbols.length} symbols`),
    ],
  };
}

/** `GET /api/v1/timeframes` (recording timeframes). */
export function listTimeframes({ now }: Moment): Answer {
  return {
    response: ok({ success: true, data: timeframes.map((each) => ({ ...each })), error: null }),
    entries: [
      ...dataServiceLog(now),
      entry(now, 'INFO', dataService, `Retrieved ${timeframes.length} available timeframes`),
      entry(now, 'INFO', endpoint, `Retrieved ${timeframes.length} timeframes`),
    ],
  };
}

/** What is the same of each symbol in both lists. */
const plain = { type: 'unknown', exchange: 'unknown', currency: 'unknown' } as const;

/** The dates of a symbol are those of its first timeframe. */
function datesOf(cache: Cache, symbol: string): { start_date: string; end_date: string } {
  const file = cache[`${symbol}_${timeframesOf(cache, symbol)[0] ?? ''}`];
  return {
    start_date: `${isoSecond(file?.first ?? 0)}+00:00`,
    end_date: `${isoSecond(file?.last ?? 0)}+00:00`,
  };
}

function symbolNames(cache: Cache): readonly string[] {
  return [...new Set(Object.keys(cache).map((name) => name.split('_')[0] ?? ''))].toSorted();
}

/** Sorted as texts: 1d, 1h, 5m. */
function timeframesOf(cache: Cache, symbol: string): readonly string[] {
  return Object.keys(cache)
    .filter((name) => name.startsWith(`${symbol}_`))
    .map((name) => name.slice(symbol.length + 1))
    .toSorted();
}

/** Listing the symbols loads one file of each (logs-data-get). */
export function symbolsLog(cache: Cache, now: number): readonly LogEntry[] {
  const files = `Found ${Object.keys(cache).length} data files (will be aggregated by symbol for unique symbols)`;
  const names = symbolNames(cache);
  return [
    entry(now, 'INFO', dataService, 'Starting get_available_symbols (using DataRepository)'),
    entry(now, 'INFO', loader, files),
    entry(now, 'INFO', repository, `Found ${names.length} unique symbols in cache`),
    entry(now, 'INFO', loader, files),
    ...names.flatMap((symbol) =>
      rangeLog(cache, symbol, timeframesOf(cache, symbol)[0] ?? '', now),
    ),
    entry(
      now,
      'INFO',
      dataService,
      `Retrieved ${names.length} unique symbols (from repository) in 0.040s`,
    ),
  ];
}

/** Telling the range of a file loads it whole (logs-data-get). */
export function rangeLog(
  cache: Cache,
  symbol: string,
  timeframe: string,
  now: number,
): readonly LogEntry[] {
  const asked = entry(now, 'INFO', repository, `Getting data range for ${symbol} ${timeframe}`);
  const file = cache[`${symbol}_${timeframe}`];
  if (file === undefined) return [asked];
  const bars = cachedBars(cache, symbol, timeframe);
  const days = `${isoSecond(file.first).slice(0, 10)} to ${isoSecond(file.last).slice(0, 10)}`;
  const covers = `Data for ${symbol} (${timeframe}) covers period from ${days}`;
  const told = `Data range for ${symbol} ${timeframe}: ${days} (${bars} rows)`;
  return [
    asked,
    entry(now, 'INFO', loader, covers),
    ...openingLog(now, symbol, timeframe),
    completedLoad(now, bars),
    entry(now, 'INFO', repository, told),
  ];
}
