import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** Keys and indexes from the top of the profile to a value; names may hold dots and slashes. */
export type Path = readonly (string | number)[];
/** A problem at a path that isn't text yet. */
export type Reference = Omit<Problem, 'path'> & { readonly at: Path };
/** Takes a problem. */
export type Report = (
  path: Path,
  message: string,
  more?: Pick<Problem, 'expected' | 'nearest'>,
) => void;

type Names = { readonly [name: string]: unknown } | readonly string[];

/** `given`, when there is one, must be one of the names. */
export function known(
  report: Report,
  path: Path,
  given: string | undefined,
  names: Names,
  what: string,
): void {
  const all = Array.isArray(names) ? (names as readonly string[]) : Object.keys(names);
  if (given === undefined || all.includes(given)) return;
  const near = nearest(given, all);
  report(path, `there is no ${what} ${given}`, {
    expected: all.length > 0 ? `one of ${all.join(', ')}` : `a ${what} that the profile holds`,
    ...(near ? { nearest: near } : {}),
  });
}

/** `text` must be a regular expression. jq's and POSIX's kinds are near enough to ours for a slip of the pen to show. */
export function pattern(report: Report, path: Path, text: string): void {
  try {
    RegExp(text);
  } catch (error) {
    report(
      path,
      `not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A range must rise. */
export function ordered(
  report: Report,
  path: Path,
  range: { min: number; typical: number; max: number },
): void {
  if (range.min > range.typical || range.typical > range.max)
    report(path, 'a range rises: min, typical, max');
}

/** Each id may be there once. */
export function unique(
  report: Report,
  path: Path,
  items: readonly { readonly id: string }[],
): void {
  const ids = items.map(({ id }) => id);
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) < index) report([...path, index, 'id'], `the id ${id} is used twice`);
}
