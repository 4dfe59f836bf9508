import type { Problem } from '../errors.ts';
import { nearest } from '../answers/nearest.ts';
import type { Outcome } from '../answers/schema.ts';
import { checkParameters, estimate } from '../profile/estimate.ts';
import { dataFits } from '../profile/fits.ts';
import type { Category, Profile } from '../profile/schema.ts';
import { endpointNamed, type Context, type Named } from './context.ts';
import { allOf } from './condition.ts';
import { withLogChecks } from './logs.ts';
import {
  isPoint,
  type Resolved,
  type ResolvedCalibration,
  type ServiceUse,
  type Step,
} from './model.ts';
import { append, bindOutcomes, freshId, type Wanted } from './outcomes.ts';
import { cancellation } from './playbooks/cancellation.ts';
import { acceptedThenFails, error, triggerTarget } from './playbooks/error.ts';
import { integration } from './playbooks/integration.ts';
import { lower, step } from './playbooks/parts.ts';
import { progress } from './playbooks/progress.ts';
import { smoke } from './playbooks/smoke.ts';
import type { Addition, Scenario } from './scenario.ts';
import type { CalibrationRow, Endpoint, Operation } from '../profile/schema.ts';

/** A resolved scenario, or all that keeps it from being one. Warnings stand in either case. */
export interface Resolution {
  readonly resolved?: Resolved;
  readonly problems: readonly Problem[];
}

const playbooks: { readonly [category in Category]: (context: Context) => readonly Step[] } = {
  smoke,
  progress,
  cancellation,
  error,
  integration,
};

/** A scenario with its profile: preflight, steps, criteria, sanity checks, cleanup. Pure. */
export function resolve(scenario: Scenario, profile: Profile): Resolution {
  const problems: Problem[] = [];
  const context = contextOf(scenario, profile, problems);
  if (problems.length > 0) return { problems };
  const played = playbooks[scenario.answers.category](context);
  const outcomes = scenario.answers.outcome.map((outcome, index) => ({
    path: `outcome.${index}`,
    outcome,
  }));
  const bound = withAdditions(context, bindOutcomes(context, played, outcomes));
  const steps = withOverrides(context, withLogChecks(context, bound));
  if (problems.length > 0) return { problems };
  return { resolved: assemble(context, steps), problems };
}

function contextOf(scenario: Scenario, profile: Profile, problems: Problem[]): Context {
  const { trigger, calibration: asked, category } = scenario.answers;
  const endpoint =
    trigger.kind === 'api' && trigger.endpoint !== undefined
      ? endpointNamed(profile, trigger.endpoint)
      : undefined;
  const row =
    typeof asked === 'string' && profile.calibrations[asked]
      ? { ...profile.calibrations[asked], name: asked }
      : undefined;
  const starter = starterOf(profile, endpoint, row, category);
  const operation =
    starter?.starts === undefined ? undefined : operationNamed(profile, starter.starts);
  const modes = modesOf(scenario, profile, problems);
  const calibration = calibrationOf(scenario, profile, row, starter ?? endpoint, problems);
  if (
    (category === 'progress' || category === 'cancellation') &&
    !operation &&
    problems.length === 0
  ) {
    problems.push({
      path: 'category',
      message: `a ${category} scenario needs an operation that takes a while; this trigger starts none`,
      expected: `trigger: { kind: api, endpoint: ${startersOf(profile).join(' | ')} }`,
    });
  }
  return {
    scenario,
    profile,
    modes,
    problems,
    ...(endpoint ? { endpoint } : {}),
    ...(starter ? { starter } : {}),
    ...(operation ? { operation } : {}),
    ...(row ? { row } : {}),
    ...(calibration ? { calibration } : {}),
  };
}

/** What is started: the trigger itself, or, where it looks at or cancels an operation, what the calibration row is for. */
function starterOf(
  profile: Profile,
  endpoint: Named<Endpoint> | undefined,
  row: Named<CalibrationRow> | undefined,
  category: Category,
): Named<Endpoint> | undefined {
  if (endpoint?.starts !== undefined) return endpoint;
  const forRow = row && endpointNamed(profile, row.endpoint);
  const aboutOne = endpoint === undefined || endpoint.path.includes('{id}');
  return aboutOne && category !== 'error' && forRow?.starts !== undefined ? forRow : undefined;
}

function operationNamed(profile: Profile, name: string): Named<Operation> | undefined {
  const found = profile.operations[name];
  return found && { ...found, name };
}

function startersOf(profile: Profile): readonly string[] {
  return Object.entries(profile.endpoints).flatMap(([name, one]) =>
    one.starts === undefined ? [] : [name],
  );
}

function modesOf(
  scenario: Scenario,
  profile: Profile,
  problems: Problem[],
): { readonly [kind: string]: string } {
  const modes = Object.fromEntries(
    Object.entries(profile.modes).map(([kind, mode]) => [kind, mode.default]),
  );
  for (const [kind, value] of Object.entries(scenario.answers.requires ?? {})) {
    const mode = profile.modes[kind];
    const valid = mode ? Object.keys(mode.values) : Object.keys(profile.modes);
    if (mode && value in mode.values) {
      modes[kind] = value;
      continue;
    }
    const close = nearest(mode ? value : kind, valid);
    problems.push({
      path: `requires.${kind}`,
      message: mode
        ? `unknown value ${JSON.stringify(value)}`
        : `unknown requirement ${JSON.stringify(kind)}`,
      expected: valid.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
  }
  return modes;
}

/** The calibration that was asked for, with samples and seconds; problems when it doesn't fit, or none was given where one is needed. */
function calibrationOf(
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
  return /"\{[a-z][a-z0-9-]*\}"/.test(JSON.stringify(endpoint.payload ?? null));
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
  const { samples, seconds } = estimate(model, asked);
  return { parameters: asked, samples, unit: model.unit, seconds, why: 'parameters of your own' };
}

/** Criteria that a person added to the scenario file, each bound to a check or marked manual. */
function withAdditions(context: Context, steps: readonly Step[]): readonly Step[] {
  let result = steps;
  for (const [index, addition] of (context.scenario.additions ?? []).entries()) {
    result = withAddition(context, result, addition, `additions.${index}`);
  }
  return result;
}

function withAddition(
  context: Context,
  steps: readonly Step[],
  addition: Addition,
  path: string,
): readonly Step[] {
  const { id, text, means, script, manual, ...kinds } = addition;
  if (freshId(steps, id) !== id) {
    context.problems.push({
      path: `${path}.id`,
      message: `the id ${id} is taken already`,
      expected: 'an id of its own',
    });
    return steps;
  }
  if (script !== undefined) {
    const act = {
      kind: 'script',
      id,
      text: text ?? `the script ${script} exits with 0`,
      file: script,
      ...(means === undefined ? {} : { means }),
    } as const;
    return append(
      steps,
      'Run the scripts of this scenario',
      step('Run the scripts of this scenario', 'person', 'each exits with 0', [act]),
    );
  }
  const given = Object.entries(kinds).filter(([, value]) => value !== undefined);
  if (manual) {
    return bindOutcomes(context, steps, [{ path, outcome: { manual: text ?? id }, id }]);
  }
  if (given.length !== 1) {
    context.problems.push({
      path,
      message: `the criterion ${id} is bound to ${given.length === 0 ? 'no check' : 'more than one check'}`,
      expected: 'exactly one of response, state, log, file, cli, script; or manual: true',
    });
    return steps;
  }
  const wanted: Wanted = {
    path,
    outcome: Object.fromEntries(given) as Outcome,
    id,
    ...(text === undefined ? {} : { text }),
    ...(means === undefined ? {} : { means }),
  };
  return bindOutcomes(context, steps, [wanted]);
}

/** Explicit changes of points by id. */
function withOverrides(context: Context, steps: readonly Step[]): readonly Step[] {
  const overrides = context.scenario.overrides ?? {};
  const ids = steps.flatMap(({ acts }) => acts.filter(isPoint).map(({ id }) => id));
  for (const id of Object.keys(overrides).filter((one) => !ids.includes(one))) {
    const close = nearest(id, ids);
    context.problems.push({
      path: `overrides.${id}`,
      message: `there is no point ${JSON.stringify(id)} in this scenario`,
      expected: ids.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
  }
  return steps.map((one) => ({
    ...one,
    acts: one.acts.map((act) =>
      isPoint(act) && overrides[act.id] ? { ...act, ...defined(overrides[act.id] ?? {}) } : act,
    ),
  }));
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

function assemble(context: Context, steps: readonly Step[]): Resolved {
  const { scenario, profile, calibration } = context;
  const { answers } = scenario;
  const [domain = '', slug = ''] = scenario.id.split('/');
  return {
    id: scenario.id,
    name: answers.name,
    domain,
    slug,
    category: answers.category,
    categoryTitle: profile.categories[answers.category].title,
    purpose: answers.purpose ?? derivedPurpose(context),
    ...(answers.milestone === undefined ? {} : { milestone: answers.milestone }),
    ...(scenario.ref === undefined ? {} : { ref: scenario.ref }),
    standalone: scenario.standalone ?? false,
    trigger: triggerInWords(context),
    flow: answers.flow,
    ...(calibration ? { calibration } : {}),
    ...(scenario.accept?.calibration === undefined
      ? {}
      : { acceptedBecause: scenario.accept.calibration }),
    durationSeconds: durationOf(context, steps),
    prerequisites: prerequisitesOf(context, steps),
    tools: profile.tools,
    variables: profile.variables.map((one) => ({
      name: one.name,
      default: one.default ?? '',
      secret: one.secret,
    })),
    services: servicesOf(context, steps),
    classify: profile.classify.map(({ verdict, matches, cure }) => ({ verdict, matches, cure })),
    unknownRoute: profile.unknownRoute.map(({ status, matches }) => ({ status, matches })),
    steps,
    noise: noiseOf(context, steps),
    troubleshooting: profile.troubleshooting.map(({ symptom, cause, cure }) => ({
      symptom,
      cause,
      cure,
    })),
  };
}

function triggerInWords(context: Context): string {
  const { trigger } = context.scenario.answers;
  if (trigger.kind === 'cli')
    return typeof trigger.command === 'string' ? trigger.command : trigger.command.join(' ');
  const target = triggerTarget(context);
  return `${target.method} ${target.path}`;
}

function derivedPurpose(context: Context): string {
  const { operation, endpoint } = context;
  const what = operation
    ? `a ${lower(operation.title)}`
    : (endpoint?.title ?? triggerInWords(context));
  switch (context.scenario.answers.category) {
    case 'smoke':
      return operation
        ? `Verify that ${what} starts, completes and does real work`
        : `Verify that it answers: ${what}`;
    case 'progress':
      return `Verify that the progress of ${what} can be watched and believed`;
    case 'cancellation':
      return `Verify that ${what} can be cancelled while it runs`;
    case 'error':
      return acceptedThenFails(context)
        ? `Verify that ${what} fails clearly`
        : `Verify that it is refused clearly: ${endpoint?.title ?? triggerInWords(context)}`;
    case 'integration':
      return `Verify that ${what} is seen at every point of its flow`;
  }
}

function durationOf(context: Context, steps: readonly Step[]): number {
  const { calibration, operation, scenario } = context;
  const typical = calibration?.seconds.typical ?? 1;
  if (!operation || scenario.answers.category === 'error') return 2;
  if (scenario.answers.category !== 'cancellation') return Math.max(1, Math.round(typical));
  const hold = steps
    .flatMap(({ acts }) => acts)
    .reduce((sum, act) => sum + (act.kind === 'hold' ? act.for : 0), 0);
  return Math.round((typical * (calibration?.cancelAt ?? 50)) / 100 + hold + 3);
}

function prerequisitesOf(context: Context, steps: readonly Step[]): readonly string[] {
  const { profile, scenario, operation, modes, calibration } = context;
  const running = servicesOf(context, steps).map(
    ({ title, variable }) => `${title} running (${variable})`,
  );
  const kind = operation?.mode;
  const mode = kind === undefined ? undefined : profile.modes[kind];
  const value = kind === undefined ? undefined : mode?.values[modes[kind] ?? ''];
  const texts = profile.prerequisites.filter(
    ({ domain }) => domain === undefined || domain === scenario.answers.domain,
  );
  return [
    ...running,
    ...(mode && value ? [`${mode.title}: ${value.title}`] : []),
    ...texts.map(({ text }) => text),
    ...(calibration ? [`Data available: ${Object.values(calibration.parameters).join(', ')}`] : []),
  ];
}

/** The services that the scenario talks to, stands in the flow of, or reads the log of; in the profile's order. */
export function servicesOf(context: Context, steps: readonly Step[]): readonly ServiceUse[] {
  const { profile, scenario } = context;
  const used = new Set<string>(
    scenario.answers.flow.map((one) => profile.components[one]?.service ?? one),
  );
  const logs = new Set<string>();
  const locked = new Set<string>();
  for (const act of steps.flatMap(({ acts }) => acts)) {
    if ('service' in act) used.add(act.service);
    if (act.kind !== 'log') continue;
    logs.add(act.service);
    if (act.look.name !== 'clean' || act.look.ids.length === 0) locked.add(act.service);
  }
  return Object.entries(profile.services).flatMap(([name, service]): ServiceUse[] => {
    if (!used.has(name)) return [];
    const { path, expect, retries, wait, cure } = service.health;
    const { log } = service;
    return [
      {
        name,
        title: service.title,
        variable: service.variable,
        default: service.default.replace(/\/$/, ''),
        health: { path, condition: allOf(expect), retries, wait, cure },
        ...(log && logs.has(name)
          ? {
              log: {
                default: log.default,
                cure: log.cure,
                lock: locked.has(name),
                ...(log.beacon ? { beacon: { path: log.beacon.path, line: log.beacon.line } } : {}),
              },
            }
          : {}),
      },
    ];
  });
}

function noiseOf(context: Context, steps: readonly Step[]): Resolved['noise'] {
  const category = context.scenario.answers.category;
  return servicesOf(context, steps).flatMap(({ name, log }) =>
    log
      ? (context.profile.services[name]?.log?.noise ?? [])
          .filter(({ categories }) => categories === undefined || categories.includes(category))
          .map(({ matches, reason }) => ({ matches, reason }))
      : [],
  );
}
