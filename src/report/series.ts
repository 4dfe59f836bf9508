import type { RunEvent } from '../run/event.ts';

/** One look of a wait. */
export type Look = Extract<RunEvent, { event: 'look' }>;

/** What was seen of one wait, look by look. */
export interface Series {
  readonly name: string;
  readonly looks: readonly Look[];
}

/** So many looks of one wait are shown; what lies between is left out evenly. */
const mostLooks = 2_000;

/** Every second look goes when there are too many; the first and the last stay. */
export function thinned(looks: Look[]): Look[] {
  if (looks.length <= mostLooks) return looks;
  return looks.filter((_, index) => index % 2 === 0 || index === looks.length - 1);
}

/** The time scale by which real time and the system's went on between the looks of a wait; 1 where none was long enough to tell. */
export function scaleSeen(waits: readonly Series[]): number {
  const scales = waits.flatMap(({ looks }) => {
    const [first, last] = [looks[0], looks.at(-1)];
    const real = (last?.t ?? 0) - (first?.t ?? 0);
    const own = (last?.elapsed ?? 0) - (first?.elapsed ?? 0);
    return real > 0.01 && own > 0.01 ? [Number((real / own).toPrecision(2))] : [];
  });
  return scales[0] ?? 1;
}
