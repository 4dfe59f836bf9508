import type { SecondsRange } from './estimate.ts';
import type { CalibrationRow, Category, Profile } from './schema.ts';

/** Whether data suit a category; `message` says why not and what would do, `better` names that row. */
export interface Fit {
  readonly ok: boolean;
  readonly message: string;
  readonly better?: string;
}

/** Judges how long data take against what the category needs; with the endpoint's name the message speaks of its operation. */
export function fits(
  category: Category,
  seconds: SecondsRange,
  profile: Profile,
  endpoint?: string,
): Fit {
  const { atLeastSeconds, tooSmall } = profile.categories[category];
  if (atLeastSeconds === undefined || seconds.min >= atLeastSeconds)
    return { ok: true, message: '' };
  const reason = tooSmall === undefined ? '' : `: ${tooSmall}`;
  const message = `this ${whatStarts(profile, endpoint)} ends in ${secondsText(seconds)}${reason}`;
  const better = betterRow(category, profile, atLeastSeconds, endpoint);
  if (!better) return { ok: false, message };
  const [name, row] = better;
  return {
    ok: false,
    message: `${message}; ${name} (${row.title}) takes ${secondsText(row.seconds)}`,
    better: name,
  };
}

/** {@link fits} of anything that has seconds, such as a resolved calibration. */
export function dataFits(
  category: Category,
  data: { readonly seconds: SecondsRange },
  profile: Profile,
  endpoint?: string,
): Fit {
  return fits(category, data.seconds, profile, endpoint);
}

/** `~2 s` for what ends within seconds, else `36–65 s`. */
export function secondsText({ min, typical, max }: SecondsRange): string {
  if (max < 5) return `~${Math.max(1, Math.round((min + max) / 2 + 0.5))} s`;
  const [low, high] = [Math.round(min), Math.round(max)];
  return high - low < 2 ? `~${Math.round(typical)} s` : `${low}–${high} s`;
}

function whatStarts(profile: Profile, endpoint: string | undefined): string {
  const starts = profile.endpoints[endpoint ?? '']?.starts ?? '';
  return (profile.operations[starts]?.title ?? 'operation').toLowerCase();
}

function betterRow(
  category: Category,
  profile: Profile,
  least: number,
  endpoint: string | undefined,
): readonly [string, CalibrationRow] | undefined {
  const candidates = Object.entries(profile.calibrations).filter(
    ([, row]) =>
      row.fits.includes(category) &&
      row.seconds.min >= least &&
      (endpoint === undefined || row.endpoint === endpoint),
  );
  const place = (row: CalibrationRow): number =>
    row.fits.indexOf(category) * 1e6 + row.seconds.typical;
  return candidates.toSorted(([, a], [, b]) => place(a) - place(b))[0];
}
