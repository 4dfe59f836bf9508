import { allOf } from './condition.ts';
import type { Context } from './context.ts';
import { boundDefects } from './known-defects.ts';
import { knownNoise } from './logs.ts';
import { isPoint } from './acts.ts';
import type { Resolved, ServiceUse, Step } from './model.ts';
import { pageOf } from './page.ts';
import { concernedModes, downServices, settingsOf, tellsVersion } from './modes.ts';
import { locksOf, needsOf } from './permissions.ts';
import { acceptedThenFails, triggerTarget } from './playbooks/error.ts';
import { lower } from './playbooks/parts.ts';

/** The resolved scenario: the steps, and all that the profile says of what they touch. */
export function assemble(context: Context, steps: readonly Step[]): Resolved {
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
    acceptedSurvivors: scenario.accept?.survivors ?? {},
    durationSeconds: (context.used ?? []).reduce(
      (sum, one) => sum + one.durationSeconds,
      durationOf(context, steps),
    ),
    prerequisites: prerequisitesOf(context, steps),
    tools: toolsOf(context, steps),
    databases: Object.values(profile.databases).filter(({ variable }) =>
      steps.some(({ acts }) =>
        acts.some((act) => act.kind === 'query' && act.variable === variable),
      ),
    ),
    variables: profile.variables.map((one) => ({
      name: one.name,
      default: one.default ?? '',
      secret: one.secret,
    })),
    needs: needsOf(context),
    locks: locksOf(context, servicesOf(context, steps)),
    services: servicesOf(context, steps),
    settings: settingsOf(context, new Set(servicesOf(context, steps).map(({ name }) => name))),
    modes: context.modes,
    ...(context.version === undefined ? {} : { version: context.version }),
    classify: profile.classify.map(({ verdict, matches, cure }) => ({ verdict, matches, cure })),
    unknownRoute: profile.unknownRoute.map(({ status, matches }) => ({ status, matches })),
    steps,
    noise: noiseOf(context, steps),
    knownDefects: boundDefects(context, steps),
    troubleshooting: profile.troubleshooting
      .filter(({ domains }) => (domains ?? [answers.domain]).includes(answers.domain))
      .map(({ symptom, cause, cure, when = [] }) => ({
        symptom,
        cause,
        cure,
        when: when.filter(({ points }) => points === undefined || hasPoint(steps, points)),
      })),
  };
}

function hasPoint(steps: readonly Step[], ids: readonly string[]): boolean {
  return steps.some(({ acts }) => acts.some((act) => isPoint(act) && ids.includes(act.id)));
}

/** The tools that the scenario's own commands need; what reads a log is looked at with the log. */
function toolsOf(context: Context, steps: readonly Step[]): Resolved['tools'] {
  const commands = new Set(
    steps.flatMap(({ acts }) =>
      acts.flatMap((act) =>
        act.kind === 'cli' || act.kind === 'launch' ? act.argv.slice(0, 1) : [],
      ),
    ),
  );
  return context.profile.tools.filter(({ name }) => commands.has(name));
}

function triggerInWords(context: Context): string {
  const { trigger } = context.scenario.answers;
  if (trigger.kind === 'cli')
    return typeof trigger.command === 'string' ? trigger.command : trigger.command.join(' ');
  if (trigger.kind === 'ui') return `page ${pageOf(context)?.path ?? trigger.page}`;
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
  const { profile, scenario, calibration, version } = context;
  const running = servicesOf(context, steps).map(
    ({ title, variable, down }) =>
      `${title} ${down === undefined ? 'running' : 'not running'} (${variable})`,
  );
  const settings = concernedModes(context).map(
    ({ mode, value, name }) =>
      `${mode.title}: ${value.title}${mode.variable === undefined ? '' : ` (${mode.variable}=${name})`}`,
  );
  const texts = profile.prerequisites.filter(
    ({ domain }) => domain === undefined || domain === scenario.answers.domain,
  );
  return [
    ...needsOf(context).map(
      ({ permission, reason }) => `Allowed by you (--allow-${permission}): ${reason}`,
    ),
    ...running,
    ...(version === undefined ? [] : [`Version: ${profile.versions.known[version]?.title}`]),
    ...settings,
    ...texts.map(({ text }) => text),
    ...(steps.some(({ acts }) => acts.some((act) => act.kind === 'ui')) ? [forBrowser] : []),
    ...(calibration ? [`Data available: ${Object.values(calibration.parameters).join(', ')}`] : []),
  ];
}

const forBrowser =
  'For the page: Node 20 or later, `npm install --save-dev playwright-core` (or SCENARIO_PLAYWRIGHT), and Chromium or Chrome on PATH (or SCENARIO_BROWSER)';

/** The services that the scenario talks to, stands in the flow of, or reads the log of; in the profile's order. */
function servicesOf(context: Context, steps: readonly Step[]): readonly ServiceUse[] {
  const { profile, scenario } = context;
  const used = new Set<string>(
    scenario.answers.flow.map((one) => profile.components[one]?.service ?? one),
  );
  const downs = downServices(context);
  for (const name of downs.keys()) used.add(name);
  const logs = new Set<string>();
  const locked = new Set<string>();
  const commands = steps.some(({ acts }) =>
    acts.some(({ kind }) => kind === 'cli' || kind === 'launch'),
  );
  for (const act of steps.flatMap(({ acts }) => acts)) {
    if ('service' in act) used.add(act.service);
    if (act.kind === 'any') {
      for (const part of act.alternatives.flat()) {
        if (!('service' in part)) continue;
        for (const set of [used, logs, locked]) set.add(part.service);
      }
    }
    if (act.kind !== 'log') continue;
    logs.add(act.service);
    if (act.look.name !== 'clean' || act.look.ids.length === 0) locked.add(act.service);
  }
  for (const [name] of tellsVersion(context, used)) used.add(name);
  return Object.entries(profile.services).flatMap(([name, service]): ServiceUse[] => {
    if (!used.has(name)) return [];
    const { path, expect, retries, wait, cure } = service.health;
    const { log } = service;
    const down = downs.get(name);
    return [
      {
        name,
        title: service.title,
        variable: service.variable,
        default: service.default.replace(/\/$/, ''),
        headers: Object.entries(service.headers).map(([key, value]) => `${key}: ${value}`),
        ...(service.tls ? { tls: service.tls } : {}),
        ...(commands && service.ownVariable !== undefined
          ? { own: { variable: service.ownVariable, path: service.ownPath ?? '' } }
          : {}),
        health: { path, condition: allOf(expect), retries, wait, cure },
        production: service.production,
        ...(down === undefined ? {} : { down }),
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
  return servicesOf(context, steps).flatMap(({ name, log }) =>
    log ? knownNoise(context, name) : [],
  );
}
