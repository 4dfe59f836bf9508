import { cachedSpan } from '../data/cache.ts';
import type { Cache } from '../data/cache.ts';
import { seriesFor } from '../data/instruments.ts';
import type { BacktestOrder } from './order.ts';

/** The bars of a range: how many, when each is, and the rows of the file they are cut from. */
export interface Bars {
  readonly count: number;
  readonly rows: number;
  /** Milliseconds since 1970 of a bar, counted from 0. */
  timeOf(index: number): number;
}

/** The bars of a backtest's range in a price file of so many rows. */
export function barsOf(cache: Cache, order: BacktestOrder, rows: number): Bars {
  const { symbol, timeframe } = order;
  const [first, last] = [order.startDate, order.endDate].map((naive) => Date.parse(`${naive}Z`));
  const span = cachedSpan(cache, symbol, timeframe, { first, last });
  const times = (span && seriesFor(symbol, timeframe)?.times(span)) ?? [];
  return { count: times.length, rows, timeOf: (index) => times[index] ?? 0 };
}
