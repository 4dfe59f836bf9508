/** When a market is open in a week: intervals in milliseconds since Sunday 00:00 UTC, the end excluded. */
type OpenHours = readonly (readonly [number, number])[];

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** The currency market: Sunday 22:00 to Friday 22:00 UTC (recording data-eurusd-1h-2024: 120 bars of 1h a week). */
const forexHours: OpenHours = [[22 * hour, 5 * day + 22 * hour]];

/** American stocks: Monday to Friday, 14:00 to 21:00 UTC. Not recorded; only daily bars are. */
const stockHours: OpenHours = [1, 2, 3, 4, 5].map((weekday) => [
  weekday * day + 14 * hour,
  weekday * day + 21 * hour,
]);

/** Kinds of instruments, by the hours in which they trade. */
export type Market = 'forex' | 'stock';

const minutes: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
};

/** The times at which bars of a timeframe can start, counted without going through them. */
export interface Slots {
  /** How many slots lie before a time; the slot at the time itself is not counted. */
  before(time: number): number;
  /** The time of a slot, counted from 0 as `before` counts. */
  at(index: number): number;
}

/** A Sunday before all data. */
const epoch = Date.UTC(2000, 0, 2);

/** The slots of a timeframe: days at midnight from Monday to Friday, weeks on Monday, else the open hours. Undefined for others. */
export function slotsOf(market: Market, timeframe: string): Slots | undefined {
  const offsets = weekly(market, timeframe);
  if (offsets === undefined) return undefined;
  return {
    before(time) {
      const weeks = Math.floor((time - epoch) / week);
      const rest = time - epoch - weeks * week;
      return weeks * offsets.length + below(offsets, rest);
    },
    at(index) {
      const weeks = Math.floor(index / offsets.length);
      return epoch + weeks * week + (offsets[index - weeks * offsets.length] ?? 0);
    },
  };
}

function weekly(market: Market, timeframe: string): readonly number[] | undefined {
  if (timeframe === '1d') return [1, 2, 3, 4, 5].map((weekday) => weekday * day);
  if (timeframe === '1w') return [day];
  const length = minutes[timeframe];
  if (length === undefined) return undefined;
  const step = length * 60_000;
  const open = market === 'forex' ? forexHours : stockHours;
  return open.flatMap(([from, to]) => {
    const first = Math.ceil(from / step) * step;
    return Array.from(
      { length: Math.ceil((to - first) / step) },
      (_, index) => first + index * step,
    );
  });
}

/** How many of ascending numbers lie below a value. */
function below(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
