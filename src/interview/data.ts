import { estimate } from '../profile/estimate.ts';
import { fits, secondsText } from '../profile/fits.ts';
import type { CalibrationModel, CalibrationRow, Category, Profile } from '../profile/schema.ts';
import { operationsOf, starterOf, type Draft } from './answers-so-far.ts';

/** A row of the profile that can be chosen, and what speaks for or against it. */
export interface RowChoice {
  readonly name: string;
  readonly row: CalibrationRow;
  /** `~147,489 samples · 36–65 s`. */
  readonly size: string;
  /** Why this data, or why not. */
  readonly why: string;
  /** Too small for the category. */
  readonly tooSmall: boolean;
}

/** The rows that this trigger can use, the one that fits best first, those too small last. Pure. */
export function calibrationRows(draft: Draft, profile: Profile): readonly RowChoice[] {
  const { category = 'smoke' } = draft;
  const kinds = operationsOf(draft, profile).map(([kind]) => kind);
  return rowsFor(draft, profile)
    .map(([name, row]) => rowChoice(name, row, draft, profile))
    .toSorted((a, b) => place(a, category, kinds, profile) - place(b, category, kinds, profile))
    .filter(({ row }, index, all) => !isDouble(row, category, all.slice(0, index)));
}

/** The same data again, under a name that is meant for another category. */
function isDouble(row: CalibrationRow, category: Category, before: readonly RowChoice[]): boolean {
  const data = JSON.stringify(row.parameters);
  return (
    !row.fits.includes(category) &&
    before.some((one) => JSON.stringify(one.row.parameters) === data)
  );
}

/** What fits before what is long enough before what is too small; then the domain's own operation, the row that bears the category's name, the quicker one. */
function place(
  { name, row, tooSmall }: RowChoice,
  category: Category,
  kinds: readonly string[],
  profile: Profile,
): number {
  const rank = row.fits.indexOf(category);
  const kind = kinds.indexOf(profile.endpoints[row.endpoint]?.starts ?? '');
  const named = name.endsWith(`/${category}`) ? 0 : 1e5;
  return (
    (tooSmall ? 2e10 : rank < 0 ? 1e10 : 0) +
    kind * 1e8 +
    Math.max(0, rank) * 1e6 +
    named +
    row.seconds.typical
  );
}

function rowsFor(draft: Draft, profile: Profile): readonly (readonly [string, CalibrationRow])[] {
  const endpoint = starterOf(draft, profile);
  if (!endpoint || draft.category === 'error') return [];
  const all = Object.entries(profile.calibrations);
  const own = all.filter(([, row]) => profile.endpoints[row.endpoint] === endpoint);
  if (own.length > 0) return own;
  // A trigger that looks at an operation or cancels it: the row says what is started first.
  const kinds = operationsOf(draft, profile).map(([kind]) => kind);
  if (kinds.length > 0) {
    return all.filter(([, row]) => kinds.includes(profile.endpoints[row.endpoint]?.starts ?? ''));
  }
  return hasVariables(endpoint.payload)
    ? all.filter(([, row]) => row.domain === endpoint.domain)
    : [];
}

function hasVariables(payload: unknown): boolean {
  return /"\{[a-z][a-z0-9-]*\}"/.test(JSON.stringify(payload ?? null));
}

function rowChoice(name: string, row: CalibrationRow, draft: Draft, profile: Profile): RowChoice {
  const { category = 'smoke' } = draft;
  const model = profile.calibrationModels[row.model];
  const samples = row.recordedSamples ?? (model ? estimate(model, row.parameters).samples : 0);
  const fit = fits(category, row.seconds, profile, row.endpoint);
  const { tooSmall } = profile.categories[category];
  return {
    name,
    row,
    size: sizeText(samples, model?.unit ?? 'samples', row.seconds),
    why: fit.ok ? row.why : `too small: ${tooSmall ?? 'it ends too soon'}`,
    tooSmall: !fit.ok,
  };
}

/** `~147,489 samples · 36–65 s`. */
function sizeText(
  samples: number,
  unit: string,
  seconds: { readonly min: number; readonly typical: number; readonly max: number },
): string {
  return `~${samples.toLocaleString('en-US')} ${unit} · ${secondsText(seconds)}`;
}

/** The model with which the user's own parameters are sized, and the row whose parameters are proposed; undefined where the profile can size none. */
export function customModel(
  draft: Draft,
  profile: Profile,
):
  | { readonly model: CalibrationModel; readonly from: CalibrationRow; readonly endpoint: string }
  | undefined {
  const [best] = calibrationRows(draft, profile);
  const endpoint = draft.trigger?.kind === 'api' ? draft.trigger.endpoint : undefined;
  // Own parameters are sized by the rows of the trigger itself, never by those of what is started first.
  if (!best || best.row.endpoint !== endpoint) return undefined;
  const model = profile.calibrationModels[best.row.model];
  return model && { model, from: best.row, endpoint };
}

/** What these parameters give, as a person types them: `~258 samples · ~2 s`, with a warning where that is too little. */
export function liveEstimate(
  model: CalibrationModel,
  parameters: { readonly [name: string]: string | number },
  draft: Draft,
  profile: Profile,
): string {
  const { samples, seconds } = estimate(model, parameters);
  if (samples === 0) return '';
  const { category = 'smoke' } = draft;
  const fit = fits(category, seconds, profile);
  const { tooSmall } = profile.categories[category];
  return `${sizeText(samples, model.unit, seconds)}${fit.ok ? '' : ` · too small: ${tooSmall ?? 'it ends too soon'}`}`;
}
