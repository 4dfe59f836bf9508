import { checkParameters } from './parameters.ts';
import { known, ordered, type Report } from './report.ts';
import type { Profile } from './schema.ts';

/** Calibration models and rows: names that are not there, ranges that fall, parameters that are not right. */
export function checkCalibrations(profile: Profile, report: Report): void {
  checkModels(profile, report);
  checkRows(profile, report);
}

function checkModels(profile: Profile, report: Report): void {
  for (const [name, { parameters, estimator, duration }] of Object.entries(
    profile.calibrationModels,
  )) {
    const at = ['calibrationModels', name];
    for (const [key, parameter] of Object.entries(parameters)) {
      known(report, [...at, 'parameters', key, 'after'], parameter.after, parameters, 'parameter');
      if (parameter.kind === 'choice' && !parameter.choices)
        report([...at, 'parameters', key], 'a choice needs choices');
    }
    for (const [part, range] of Object.entries(duration))
      ordered(report, [...at, 'duration', part], range);
    if (estimator.kind === 'rows')
      known(
        report,
        [...at, 'estimator', 'parameter'],
        estimator.parameter,
        parameters,
        'parameter',
      );
    if (estimator.kind !== 'market-bars') continue;
    for (const role of ['timeframe', 'start', 'end'] as const)
      known(report, [...at, 'estimator', role], estimator[role], parameters, 'parameter');
    for (const choice of parameters[estimator.timeframe]?.choices ?? [])
      known(
        report,
        [...at, 'parameters', estimator.timeframe, 'choices'],
        choice,
        estimator.minutes,
        'timeframe in estimator.minutes',
      );
    for (const key of Object.keys(estimator.calendar.density))
      known(
        report,
        [...at, 'estimator', 'calendar', 'density', key],
        key,
        estimator.minutes,
        'timeframe',
      );
  }
}

function checkRows(profile: Profile, report: Report): void {
  for (const [name, row] of Object.entries(profile.calibrations)) {
    const at = ['calibrations', name];
    known(report, [...at, 'domain'], row.domain, profile.domains, 'domain');
    known(report, [...at, 'model'], row.model, profile.calibrationModels, 'calibration model');
    known(report, [...at, 'endpoint'], row.endpoint, profile.endpoints, 'endpoint');
    ordered(report, [...at, 'seconds'], row.seconds);
    if (row.fits.includes('cancellation') && row.cancelAt === undefined)
      report(at, 'a row that fits cancellation says at which percentage to cancel (cancelAt)');
    const model = profile.calibrationModels[row.model];
    if (!model) continue;
    for (const { path, ...problem } of checkParameters(model, row.parameters))
      report([...at, 'parameters', path], problem.message, problem);
    const filled = { ...model.parameters, ...row.parameters };
    for (const hole of holes(profile.endpoints[row.endpoint]?.payload))
      known(report, [...at, 'parameters'], hole, filled, 'parameter');
  }
}

/** Names of the `{…}` in the texts of a payload. */
function holes(payload: unknown): string[] {
  if (typeof payload === 'string')
    return [...payload.matchAll(/\{([a-z][a-z0-9-]*)\}/g)].map((match) => match[1] ?? '');
  if (typeof payload === 'object' && payload !== null) return Object.values(payload).flatMap(holes);
  return [];
}
