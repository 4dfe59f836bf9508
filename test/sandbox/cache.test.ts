import { describe, expect, it } from 'vitest';
import { cachedBars, initialCache } from '../../src/sandbox/data/cache.ts';
import { instrumentOf, seriesFor } from '../../src/sandbox/data/instruments.ts';
import { pricesAt } from '../../src/sandbox/data/prices.ts';

const bars = (file: string, first?: string, last?: string): number => {
  const [symbol = '', timeframe = ''] = file.split('_');
  const wanted = {
    ...(first === undefined ? {} : { first: Date.parse(first) }),
    ...(last === undefined ? {} : { last: Date.parse(last) }),
  };
  return cachedBars(initialCache, symbol, timeframe, wanted);
};

describe('the bars in the cache', () => {
  // Recordings and guides, as said at the parts of the files.
  it.each([
    ['EURUSD_1d', undefined, undefined, 4762],
    ['EURUSD_1d', '2005-01-03', '2025-09-01', 4753],
    ['EURUSD_1d', '2022-01-01', '2023-12-31', 502],
    ['EURUSD_1d', '2024-01-01', '2024-12-31', 258],
    ['EURUSD_1d', '2024-01-01', '2024-01-31', 22],
    ['EURUSD_1d', '2024-01-01', '2024-01-10', 7],
    ['EURUSD_1h', undefined, undefined, 115_147],
    ['EURUSD_1h', undefined, '2023-12-31T23:00:00Z', 104_469],
    ['EURUSD_1h', undefined, '2025-07-31T23:00:00Z', 114_405],
    ['EURUSD_1h', '2022-01-01', '2023-12-31T23:00:00Z', 12_482],
    ['EURUSD_1h', '2024-01-01', '2024-12-31', 6265],
    ['EURUSD_1h', '2024-11-01', '2024-12-31', 1009],
    ['EURUSD_5m', undefined, undefined, 184_617],
    ['EURUSD_5m', '2023-01-01', '2025-01-01', 147_489],
    ['EURUSD_5m', '2024-01-02', '2024-01-05', 854],
    ['AAPL_1d', undefined, undefined, 1737],
    ['AAPL_1d', '2024-01-01', '2024-12-31', 251],
  ] as const)('%s from %s to %s are the recorded %i', (file, first, last, count) => {
    expect(bars(file, first, last)).toBe(count);
  });

  it('of other ranges follow the market calendar', () => {
    expect(bars('EURUSD_1d', '2024-01-06', '2024-01-07')).toBe(0);
    expect(bars('EURUSD_1h', '2024-01-06', '2024-01-07')).toBe(0);
    expect(bars('EURUSD_5m', '2024-03-04', '2024-03-05')).toBeGreaterThan(270);
    expect(bars('EURUSD_5m', '1990-01-01', '1990-02-01')).toBe(0);
    expect(bars('EURUSD_1d', '2024-02-01', '2024-01-01')).toBe(0);
    expect(bars('GBPUSD_1h')).toBe(0);
  });

  it('are as many as their times, ascending and without a double', () => {
    const span = { first: Date.UTC(2021, 11, 1), last: Date.UTC(2022, 0, 31) };
    for (const file of ['EURUSD_1h', 'EURUSD_1d', 'AAPL_1d'] as const) {
      const [symbol = '', timeframe = ''] = file.split('_');
      const series = seriesFor(symbol, timeframe);
      const times = series?.times(span) ?? [];
      expect(times).toHaveLength(series?.count(span) ?? -1);
      expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(
        true,
      );
    }
  });
});

describe('prices', () => {
  it.each(['EURUSD', 'USDJPY', 'AAPL'])('of %s: high and low enclose open and close', (symbol) => {
    const instrument = instrumentOf(symbol);
    if (instrument === undefined) throw new Error('no instrument');
    for (let hour = 0; hour < 200; hour += 1) {
      const time = Date.UTC(2024, 0, 1, hour);
      const [open, high, low, close] = pricesAt(instrument, time);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(low).toBeGreaterThan(0);
      expect(pricesAt(instrument, time)).toEqual([open, high, low, close]);
    }
  });
});
