import { seriesFor } from './instruments.ts';
import type { Span } from './series.ts';

/** The price files of the backend, by their name without `.csv`, such as `EURUSD_1h`, and what each holds. */
export type Cache = Readonly<Record<string, Span>>;

/** The files that the recorded backend had (recordings symbols, data-range-1d, data-range-1h, logs-data-get). */
export const initialCache: Cache = {
  AAPL_1d: { first: Date.UTC(2019, 0, 2), last: Date.UTC(2025, 8, 12) },
  EURUSD_1d: { first: Date.UTC(2005, 2, 14), last: Date.UTC(2025, 8, 12) },
  EURUSD_1h: { first: Date.UTC(2005, 2, 14), last: Date.UTC(2025, 8, 12, 21) },
  EURUSD_5m: { first: Date.UTC(2023, 0, 1, 22), last: Date.UTC(2025, 6, 4, 21, 55) },
};

/** A span whose ends may be open. */
export interface Wanted {
  readonly first?: number | undefined;
  readonly last?: number | undefined;
}

/** What a file holds of what is wanted; undefined when there is no file, or nothing of it in it. */
export function cachedSpan(
  cache: Cache,
  symbol: string,
  timeframe: string,
  wanted: Wanted,
): Span | undefined {
  const file = cache[`${symbol}_${timeframe}`];
  if (file === undefined) return undefined;
  const span = {
    first: Math.max(file.first, wanted.first ?? file.first),
    last: Math.min(file.last, wanted.last ?? file.last),
  };
  return countIn(symbol, timeframe, span) > 0 ? span : undefined;
}

/** How many bars the cache holds of what is wanted. */
export function cachedBars(
  cache: Cache,
  symbol: string,
  timeframe: string,
  wanted: Wanted = {},
): number {
  const span = cachedSpan(cache, symbol, timeframe, wanted);
  return span === undefined ? 0 : countIn(symbol, timeframe, span);
}

/** Whether there is a price file at all. */
export function hasFile(cache: Cache, symbol: string, timeframe: string): boolean {
  return `${symbol}_${timeframe}` in cache;
}

/** The cache with one file written anew. */
export function withFile(cache: Cache, symbol: string, timeframe: string, span: Span): Cache {
  return { ...cache, [`${symbol}_${timeframe}`]: span };
}

function countIn(symbol: string, timeframe: string, span: Span): number {
  return seriesFor(symbol, timeframe)?.count(span) ?? 0;
}
