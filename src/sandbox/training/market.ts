/** The price files of the recorded backend (recordings symbols, data-range-1d, data-range-1h). */
interface PriceFile {
  readonly symbol: string;
  readonly timeframe: string;
  /** A range and the bars recorded for it; other ranges are scaled by trading time. */
  readonly reference: { readonly start: string; readonly end: string; readonly bars: number };
}

const priceFiles: readonly PriceFile[] = [
  // recording train-smoke-1d-2024
  {
    symbol: 'EURUSD',
    timeframe: '1d',
    reference: { start: '2024-01-01', end: '2024-12-31', bars: 258 },
  },
  // recording download-tail-ok: rows of 1h of 2024
  {
    symbol: 'EURUSD',
    timeframe: '1h',
    reference: { start: '2024-01-01', end: '2024-12-31', bars: 6265 },
  },
  // recording train-progress-5m
  {
    symbol: 'EURUSD',
    timeframe: '5m',
    reference: { start: '2023-01-01', end: '2025-01-01', bars: 147_489 },
  },
  // guide ktrdr-api section 8: AAPL 1d of 2024
  {
    symbol: 'AAPL',
    timeframe: '1d',
    reference: { start: '2024-01-01', end: '2024-12-31', bars: 251 },
  },
];

/** First and last bar of the recorded files (recordings data-range-1d, data-range-1h). */
const coverage = { start: Date.UTC(2005, 2, 14), end: Date.UTC(2025, 8, 12, 21) };

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * Bars of a price file between two times (milliseconds, undefined = the file's own end): the
 * recorded count for a recorded range, else scaled by trading time. 0 when there is no such file,
 * the range is empty or reversed, or it lies outside the file.
 */
export function barsInRange(
  symbol: string,
  timeframe: string,
  start: number | undefined,
  end: number | undefined,
): number {
  const file = priceFiles.find((each) => each.symbol === symbol && each.timeframe === timeframe);
  if (file === undefined) return 0;
  const weigh = timeframe === '1d' ? tradingDays : tradingHours;
  const reference = weigh(Date.parse(file.reference.start), Date.parse(file.reference.end));
  const from = Math.max(start ?? coverage.start, coverage.start);
  const to = Math.min(end ?? coverage.end, coverage.end);
  return Math.round((file.reference.bars * weigh(from, to)) / reference);
}

/** Whether a price file exists at all. */
export function hasPriceFile(symbol: string, timeframe: string): boolean {
  return priceFiles.some((each) => each.symbol === symbol && each.timeframe === timeframe);
}

/** Midnights of trading days from `from` to `to`, both included: a daily bar is stamped 00:00. */
function tradingDays(from: number, to: number): number {
  let days = 0;
  for (let day = Math.ceil(from / dayMs) * dayMs; day <= to; day += dayMs) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !isHoliday(day)) days += 1;
  }
  return days;
}

/** Hours in which the currency market is open: Sunday 22:00 to Friday 22:00 UTC. */
function tradingHours(from: number, to: number): number {
  let hours = 0;
  for (let day = Math.floor(from / dayMs) * dayMs; day <= to; day += dayMs) {
    const [open, close] = openHours(day);
    const first = Math.max(from, day + open * hourMs);
    const last = Math.min(to, day + close * hourMs);
    hours += Math.max(0, last - first) / hourMs;
  }
  return hours;
}

function openHours(day: number): readonly [number, number] {
  if (isHoliday(day)) return [0, 0];
  const weekday = new Date(day).getUTCDay();
  if (weekday === 6) return [0, 0];
  if (weekday === 0) return [22, 24];
  return weekday === 5 ? [0, 22] : [0, 24];
}

function isHoliday(day: number): boolean {
  const date = new Date(day);
  const monthAndDay = `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
  return monthAndDay === '1-1' || monthAndDay === '12-25';
}
