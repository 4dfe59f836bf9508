import type { Io } from './io.ts';
import { narrowed } from './narrowed.ts';
import { cells, fitted } from './print.ts';

/** The one line of a progress bar that is not at a terminal: its last state. */
export function progressLine(
  io: Pick<Io, 'columns' | 'elapsed'>,
  text: string,
  percent: number,
  done: boolean,
): string {
  const time = clock(io.elapsed());
  // Spinner, text, bar, percent, time; each but the last with a blank behind it.
  const widths = narrowed([2, cells(text) + 1, 41, 5, 7], io.columns, [1, 3]);
  const [, room = 0, bar = 0, , timeRoom = 0] = widths;
  const share = `${Math.round(percent)}%`.padStart(4);
  const shown = `${done ? ' ' : '⠙'} ${fitted(text, room - 1)} ${drawnBar(percent, bar - 1)} ${share} `;
  return shown + fitted(time, timeRoom);
}

/** A bar of so many columns; half a column is `╸`. */
export function drawnBar(percent: number, width: number): string {
  const room = Math.max(0, width);
  const halves = Math.floor((2 * room * Math.min(100, percent)) / 100);
  return `${'━'.repeat(Math.floor(halves / 2))}${halves % 2 === 1 ? '╸' : ''}`.padEnd(room);
}

/** `0:01:07`. */
export function clock(elapsed: number): string {
  const seconds = Math.floor(elapsed);
  return `0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
