import type { Act, FileReader } from '../scenario/acts.ts';
import { pointsOf, type Resolved, type ServiceUse, type Setting } from '../scenario/model.ts';
import { option, quoted } from '../shell/quote.ts';
import { unsealed } from './hash.ts';
import { pageFile, visitOf } from './page.ts';
import { conditionWords, scriptLine } from './words.ts';

/** The protocol that scripts and runtime speak; raised when a verb changes its meaning. */
export const protocol = 1;

/** What the template of the script prints. `root` leads from the scenario's folder to the project's root. */
export function scriptView(
  scenario: Resolved,
  places: {
    readonly runtime: string;
    readonly root: string;
    readonly production?: readonly string[];
  },
): object {
  const points = pointsOf(scenario.steps);
  const started = points.filter(({ step }) => step.start !== undefined).length;
  const observable =
    (scenario.category === 'smoke' || scenario.category === 'progress') &&
    started > 0 &&
    scenario.steps.every((step) => step.start !== undefined || step.acts.every(onlyLooks));
  return {
    title: scenario.name.replaceAll(/\s+/gu, ' '),
    id: scenario.id,
    runtime: places.runtime,
    protocol,
    standalone: scenario.standalone,
    header: [
      `scenario ${quoted(scenario.name)}`,
      option('id', scenario.id),
      `plan=${points.length}`,
      ...(observable ? [`observe=${points.length - started}`] : []),
      option('root', places.root),
    ].join(' '),
    declarations: declarations(scenario, places.production ?? []),
    steps: scenario.steps.map((step) => ({
      header: [
        `step ${quoted(step.title)}`,
        option('component', step.component),
        ...(step.start === undefined ? [] : [option('start', step.start)]),
      ].join(' '),
      lines: step.acts.map((act) => scriptLine(act, step)),
    })),
    hash: unsealed,
  };
}

/** Who observes an operation that runs already starts and changes nothing. */
function onlyLooks(act: Act): boolean {
  return (
    act.kind !== 'cleanup' && act.kind !== 'cli' && (act.kind !== 'request' || act.method === 'GET')
  );
}

function declarations(scenario: Resolved, production: readonly string[]): readonly string[] {
  return [
    ...scenario.variables.map((one) =>
      one.secret ? `secret ${one.name}` : `variable ${one.name} ${option('default', one.default)}`,
    ),
    ...scenario.needs.map(({ permission, reason }) => `permission ${permission} ${quoted(reason)}`),
    // Those of logs stand with the logs.
    ...scenario.locks.filter((name) => !hasLog(scenario, name)).map((name) => `lock ${name}`),
    ...scenario.databases.map(
      ({ variable, cure }) => `database ${variable} ${option('cure', cure)}`,
    ),
    ...scenario.tools.map(({ name, cure }) => `tool ${quoted(name)} ${option('cure', cure)}`),
    ...fileReaders(scenario).flatMap(({ service, read, modified, cure }) => [
      `files ${service} read ${option('cure', cure)} -- ${read.map(quoted).join(' ')}`,
      ...(modified ? [`files ${service} modified -- ${modified.map(quoted).join(' ')}`] : []),
    ]),
    ...(visitOf(scenario) ? [`browser ${pageFile}`] : []),
    ...scenario.services.flatMap((service) => serviceLines(service, production)),
    ...scenario.settings.map(settingLine),
    ...scenario.classify.map(
      (one) => `classify ${one.verdict} ${quoted(one.matches)} ${option('cure', one.cure)}`,
    ),
    ...scenario.unknownRoute.map((one) => `unknown-route ${one.status} ${quoted(one.matches)}`),
    ...scenario.troubleshooting.flatMap(troubleLines),
  ];
}

/** How files of services are looked at, each service once. */
function fileReaders({ steps }: Resolved): readonly FileReader[] {
  const readers = steps.flatMap(({ acts }) =>
    acts.flatMap((act) => (act.kind === 'file' && act.reader ? [act.reader] : [])),
  );
  return [...new Map(readers.map((one) => [one.service, one])).values()];
}

function hasLog({ services }: Resolved, lock: string): boolean {
  return services.some(({ name, log }) => log?.lock === true && lock === `log:${name}`);
}

/** An entry that can be told from a run, a line for each way in which it shows. */
function troubleLines({
  symptom,
  cause,
  cure,
  when,
}: Resolved['troubleshooting'][number]): readonly string[] {
  return when.map(({ verdicts = [], points = [], matches }) =>
    [
      `trouble ${quoted(symptom)}`,
      option('cause', cause),
      ...cure.map((one) => option('cure', one)),
      ...verdicts.map((one) => option('verdict', one)),
      ...points.map((one) => option('point', one)),
      ...(matches === undefined ? [] : [option('matches', matches)]),
    ].join(' '),
  );
}

function serviceLines(
  { name, variable, default: origin, own, headers, tls, health, production, down, log }: ServiceUse,
  ownProduction: readonly string[],
): readonly string[] {
  const service = [
    `service ${name} ${variable} ${option('default', origin)}`,
    ...(log && down === undefined ? [option('log', log.default)] : []),
    ...(own && down === undefined ? [`own=${own.variable}`, option('own-path', own.path)] : []),
    ...headers.map((one) => option('header', one)),
    ...(tls?.ca === undefined ? [] : [`ca=${tls.ca}`]),
    ...(tls?.insecure === undefined ? [] : [`insecure=${tls.insecure}`]),
    ...[...production, ...ownProduction].map((one) => option('production', one)),
  ].join(' ');
  if (down !== undefined)
    return [service, `down ${name} ${quoted(health.path)} ${option('cure', down)}`];
  return [
    service,
    `ready ${name} ${quoted(health.path)} ${conditionWords(health.condition)} retries=${health.retries} wait=${health.wait} ${option('cure', health.cure)}`,
    ...(log?.beacon
      ? [`beacon ${name} ${quoted(log.beacon.path)} ${quoted(log.beacon.line)}`]
      : []),
    ...(log ? [`log-readable ${name}${log.lock ? ' lock' : ''} ${option('cure', log.cure)}`] : []),
  ];
}

function settingLine(setting: Setting): string {
  const { text, cure } = setting;
  return setting.kind === 'setup'
    ? `setup ${setting.service} ${quoted(text)} ${conditionWords(setting.condition)} ${option('cure', cure)}`
    : `mode ${setting.variable} ${quoted(setting.value)} ${quoted(text)} ${option('default', setting.default)} ${option('cure', cure)}`;
}
