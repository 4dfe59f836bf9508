import { closest, distance } from 'fastest-levenshtein';

/** The name nearest to `given`, when it looks like a slip of the pen: at most a third of its letters differ. */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  if (all.length === 0) return undefined;
  const best = closest(given, all);
  return distance(given, best) <= Math.max(2, Math.ceil(given.length / 3)) ? best : undefined;
}
