import type { CalibrationModel } from './schema.ts';

type MarketBars = Extract<CalibrationModel['estimator'], { kind: 'market-bars' }>;

const minute = 60_000;
const day = 24 * 60 * minute;
const week = 7 * day;
/** A Sunday, 1970-01-04, from which weeks are counted. */
const firstSunday = 3 * day;

/**
 * Bars that a market gives from midnight of `start` to midnight of `end` (UTC, in milliseconds), the bar at that last
 * midnight included: so the recorded ranges count.
 */
export function countBars(
  market: MarketBars,
  timeframe: string,
  start: number,
  end: number,
): number {
  const minutes = market.minutes[timeframe];
  if (minutes === undefined || end < start) return 0;
  const { density, older } = market.calendar;
  const stop = end + Math.min(minutes * minute, day);
  const turn = Date.parse(older[timeframe]?.before ?? '0000-01-01');
  const inPast = barsBetween(market, minutes, start, Math.max(start, Math.min(turn, stop)));
  const since = barsBetween(market, minutes, Math.min(stop, Math.max(turn, start)), stop);
  const share = density[timeframe] ?? 1;
  return Math.round(inPast * (older[timeframe]?.density ?? share) + since * share);
}

/** Bars, not rounded, of the times from `from` to before `to`. */
function barsBetween({ calendar }: MarketBars, minutes: number, from: number, to: number): number {
  const length = minutes * minute;
  if (length < day) return (openBefore(calendar, to) - openBefore(calendar, from)) / length;
  const days = weekdaysBefore(to) - weekdaysBefore(from) - holidaysBetween(calendar, from, to);
  return length === day ? days : days / ((5 * length) / week);
}

/** Milliseconds of open market before a time, counted from {@link firstSunday}. */
function openBefore(calendar: MarketBars['calendar'], time: number): number {
  const opens = calendar.opensSunday * 60 * minute;
  const closes = 5 * day + calendar.closesFriday * 60 * minute;
  const weeks = Math.floor((time - firstSunday) / week);
  const into = time - firstSunday - weeks * week;
  return weeks * (closes - opens) + Math.min(Math.max(into - opens, 0), closes - opens);
}

/** Mondays to Fridays before the midnight `time`, counted from {@link firstSunday}. */
function weekdaysBefore(time: number): number {
  const days = Math.ceil((time - firstSunday) / day);
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(Math.max(days - weeks * 7 - 1, 0), 5);
}

/** Holidays on a Monday to Friday, at midnights from `from` to before `to`. */
function holidaysBetween(calendar: MarketBars['calendar'], from: number, to: number): number {
  let count = 0;
  for (let year = new Date(from).getUTCFullYear(); year <= new Date(to).getUTCFullYear(); year += 1)
    for (const holiday of calendar.holidays) {
      const time = Date.parse(`${String(year).padStart(4, '0')}-${holiday}`);
      const weekday = new Date(time).getUTCDay();
      if (time >= from && time < to && weekday >= 1 && weekday <= 5) count += 1;
    }
  return count;
}
