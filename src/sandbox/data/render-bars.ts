import { isoSecond } from '../python-text.ts';
import type { Instrument } from './instruments.ts';
import { pricesAt, volumeAt } from './prices.ts';

/**
 * Dates and prices of bars as the members of two JSON lists. Written at once as text: as values, a
 * hundred thousand bars would hold the process up for a second.
 */
export function renderBars(
  instrument: Instrument,
  times: readonly number[],
): { readonly dates: string; readonly rows: string } {
  let [day, dayText] = [NaN, ''];
  const dates = times.map((time) => {
    const rest = time % 86_400_000;
    if (time - rest !== day) [day, dayText] = [time - rest, isoSecond(time).slice(0, 11)];
    return `"${dayText}${clock(rest)}"`;
  });
  const rows = times.map((time) => {
    const prices = [...pricesAt(instrument, time), volumeAt(instrument, time)];
    return `[${prices.map(float).join(',')}]`;
  });
  return { dates: dates.join(','), rows: rows.join(',') };
}

/** `22:05:00` of the milliseconds since midnight. */
function clock(rest: number): string {
  const [hours, minutes] = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60];
  return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}:00`;
}

/** A number as Python writes a float: whole ones with `.0`. */
export function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
