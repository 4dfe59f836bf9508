import type { Problem } from '../errors.ts';
import { checkParameters, estimate, withDefaults } from '../profile/estimate.ts';
import { dataFits } from '../profile/fits.ts';
import type { CalibrationRow, Endpoint, Profile } from '../profile/schema.ts';
import type { Named } from './context.ts';
import type { ResolvedCalibration } from './model.ts';
import type { Scenario } from './scenario.ts';

/** The calibration that was asked for, with samples and seconds; problems when it doesn't fit, or none was given where one is needed. */
export function calibrationOf(
  scenario: Scenario,
  profile: Profile,
  row: Named<CalibrationRow> | undefined,
  endpoint: Named<Endpoint> | undefined,
  problems: Problem[],
): ResolvedCalibration | undefined {
  const { calibration: asked, category } = scenario.answers;
  if (asked === undefined) {
    if (category !== 'error' && endpoint && needsData(endpoint)) {
      const fitting = Object.entries(profile.calibrations).flatMap(([name, one]) =>
        one.endpoint === endpoint.name && one.fits.includes(category) ? [name] : [],
      );
      problems.push({
        path: 'calibration',
        message: 'is missing: this trigger needs data',
        expected: `a row such as ${fitting.join(', ') || Object.keys(profile.calibrations).join(', ')}`,
      });
    }
    return errorDefault(scenario, profile, endpoint);
  }
  const calibration = row
    ? ofRow(profile, row)
    : typeof asked === 'string'
      ? undefined
      : ofParameters(profile, asked, endpoint, problems);
  if (calibration && scenario.accept?.calibration === undefined) {
    const fit = dataFits(category, calibration, profile, endpoint?.name);
    if (!fit.ok) {
      problems.push({
        path: 'calibration',
        message: fit.message,
        expected: `${fit.better === undefined ? 'more data' : `calibration: ${fit.better}`}, or accept: { calibration: "the reason" }`,
      });
    }
  }
  return calibration;
}

/** An error scenario changes a calibrated payload only when it says so; it takes the smallest data of its endpoint. */
function errorDefault(
  scenario: Scenario,
  profile: Profile,
  endpoint: Named<Endpoint> | undefined,
): ResolvedCalibration | undefined {
  const { trigger, category } = scenario.answers;
  const changed =
    trigger.kind === 'api' && (trigger.body !== undefined || trigger.omit !== undefined);
  if (category !== 'error' || !changed || !endpoint) return undefined;
  const first = Object.entries(profile.calibrations).find(
    ([, one]) => one.endpoint === endpoint.name,
  );
  return first && ofRow(profile, { ...first[1], name: first[0] });
}

function needsData(endpoint: Endpoint): boolean {
  const variables = `${endpoint.path} ${endpoint.query ?? ''} ${JSON.stringify(endpoint.payload ?? null)}`;
  return /\{(?!id\})[a-z][a-z0-9-]*\}/.test(variables);
}

function ofRow(profile: Profile, row: Named<CalibrationRow>): ResolvedCalibration | undefined {
  const model = profile.calibrationModels[row.model];
  if (!model) return undefined;
  return {
    row: row.name,
    parameters: row.parameters,
    samples: row.recordedSamples ?? estimate(model, row.parameters).samples,
    unit: model.unit,
    seconds: row.seconds,
    why: row.why,
    ...(row.cancelAt === undefined ? {} : { cancelAt: row.cancelAt }),
  };
}

/** Seconds that an operation may take at most, so that the bound of its wait still is one: some five days. */
const longest = 400_000;

function ofParameters(
  profile: Profile,
  asked: { readonly [name: string]: string | number },
  endpoint: Named<Endpoint> | undefined,
  problems: Problem[],
): ResolvedCalibration | undefined {
  const sample = Object.values(profile.calibrations).find((row) => row.endpoint === endpoint?.name);
  const model = sample && profile.calibrationModels[sample.model];
  if (!model) {
    problems.push({
      path: 'calibration',
      message: 'the profile cannot size data for this trigger',
      expected: `no calibration, or a row: ${Object.keys(profile.calibrations).join(', ')}`,
    });
    return undefined;
  }
  const wrong = checkParameters(model, asked);
  if (wrong.length > 0) {
    problems.push(
      ...wrong.map((one) => ({ ...one, path: `calibration.${one.path}`.replace(/\.$/, '') })),
    );
    return undefined;
  }
  const parameters = withDefaults(model, asked);
  const { samples, seconds } = estimate(model, parameters);
  if (seconds.max > longest) {
    problems.push({
      path: 'calibration',
      message: `takes up to ${Math.round(seconds.max / 86_400)} days: no script can wait for that`,
      expected: `a smaller range, such as that of ${Object.keys(profile.calibrations).join(', ')}`,
    });
    return undefined;
  }
  return { parameters, samples, unit: model.unit, seconds, why: 'parameters of your own' };
}
