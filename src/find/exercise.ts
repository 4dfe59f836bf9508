import type { Alternative, Outcome } from '../answers/schema.ts';
import type { IndexRow } from '../files/index-page.ts';
import type { Profile } from '../profile/schema.ts';
import type { Act } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What a scenario exercises, in short texts that can be compared and searched: kept with its row, so that no file is read again. */
export interface Exercise {
  /** What sets it off: an endpoint of the profile, `POST /path`, a command, or a page. */
  readonly trigger: string;
  /** What is otherwise in the trigger's request than the profile's own, as JSON; empty where nothing is. */
  readonly request: string;
  /** Row of the profile, or the parameters as JSON; empty where there is nothing to size. */
  readonly calibration: string;
  /** How the system must be set up: `kind=value`, in order. */
  readonly modes: readonly string[];
  /** Components of its flow, and the services that it talks to. */
  readonly components: readonly string[];
  /** Every endpoint that its steps ask, by the profile's name, else `GET /path`. */
  readonly endpoints: readonly string[];
  /** What answers and additions look at, without the values: `state .data.status`, `log backend "no running event loop"`. */
  readonly outcomes: readonly string[];
  readonly purpose: string;
}

/** What is known of a scenario without reading its file again. */
export interface KnownRow {
  readonly row: IndexRow;
  readonly exercise: Exercise;
}

/** What a scenario exercises. */
export function exerciseOf(scenario: Scenario, resolved: Resolved, profile: Profile): Exercise {
  const { trigger, outcome } = scenario.answers;
  const asked = resolved.steps.flatMap(({ acts }) => acts.flatMap((act) => asks(act, profile)));
  const added = (scenario.additions ?? []).flatMap((addition) => {
    const seen = outcomeKeys(addition);
    return seen.length === 0 ? [`step ${addition.id}`] : seen;
  });
  // Where the same thing is seen at several points, the way along them is what is looked at.
  const sightings =
    resolved.category === 'integration' ? [`seen at ${resolved.flow.join(' → ')}`] : [];
  return {
    trigger: triggerKey(trigger, profile),
    request: requestKey(trigger),
    calibration: calibrationKey(resolved.calibration),
    modes: Object.entries(resolved.modes)
      .map(([kind, value]) => `${kind}=${value}`)
      .toSorted(),
    components: unique([...resolved.flow, ...resolved.services.map(({ name }) => name)]),
    endpoints: unique(asked),
    outcomes: unique([...outcome.flatMap(outcomeKeys), ...added, ...sightings]),
    purpose: resolved.purpose,
  };
}

type Trigger = Scenario['answers']['trigger'];

function triggerKey(trigger: Trigger, profile: Profile): string {
  if (trigger.kind === 'cli')
    return typeof trigger.command === 'string' ? trigger.command : trigger.command.join(' ');
  if (trigger.kind === 'ui') return `page ${trigger.page}`;
  if (trigger.endpoint !== undefined) return trigger.endpoint;
  return endpointAt(profile, trigger.method ?? 'GET', trigger.path ?? '/');
}

function requestKey(trigger: Trigger): string {
  if (trigger.kind === 'ui') return JSON.stringify(trigger.actions ?? []);
  if (trigger.kind === 'cli') return '';
  const { params, body, payload, omit } = trigger;
  const given = Object.entries({ params, body, payload, omit }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0 ? '' : JSON.stringify(Object.fromEntries(given));
}

function calibrationKey(calibration: Resolved['calibration']): string {
  if (calibration?.row !== undefined || calibration === undefined) return calibration?.row ?? '';
  const sorted = Object.entries(calibration.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

function asks(act: Act, profile: Profile): readonly string[] {
  if (!('method' in act) || act.kind === 'cleanup') return [];
  return [endpointAt(profile, act.method, act.path, act.service)];
}

/** The endpoint of the profile that answers there; method and path where none does. */
export function endpointAt(
  profile: Profile,
  method: string,
  path: string,
  service?: string,
): string {
  const [bare = path] = path.split('?');
  const found = Object.entries(profile.endpoints).find(
    ([, endpoint]) =>
      endpoint.method === method &&
      (service === undefined || endpoint.service === service) &&
      fits(endpoint.path, bare),
  );
  return found?.[0] ?? `${method} ${bare}`;
}

/** Whether an address is of this shape, each `{variable}` one part of it. */
function fits(template: string, path: string): boolean {
  const [shape, parts] = [template.split('/'), path.split('/')];
  return (
    shape.length === parts.length &&
    shape.every((part, index) => part === parts[index] || /^\{[^{}]+\}$/.test(part))
  );
}

type Observed = Partial<{
  [kind in keyof typeof labels]: Parameters<(typeof labels)[kind]>[0] | undefined;
}>;

type Shape<K extends string> = Extract<Outcome, { readonly [key in K]: unknown }>[K];

/** How what is looked at is named, by kind of outcome. */
const labels = {
  response: ({ status, header, path }: Shape<'response'>): readonly string[] => [
    ...(status === undefined ? [] : ['response status']),
    ...(header === undefined ? [] : [`response header ${header.toLowerCase()}`]),
    ...(path === undefined ? [] : [`response ${path}`]),
  ],
  state: ({ path }: Shape<'state'>): readonly string[] => [`state ${path}`],
  log: ({ service, present, absent, matches }: Shape<'log'>): readonly string[] => [
    `log ${service} ${absent === undefined ? '' : 'without '}${quoted(present ?? absent ?? matches ?? '')}`,
  ],
  file: ({ path, value }: Shape<'file'>): readonly string[] => [
    `file ${path}${value === undefined ? '' : ` ${value.path}`}`,
  ],
  cli: ({ exitCode, stdout, stderr }: Shape<'cli'>): readonly string[] => [
    ...(exitCode === undefined ? [] : ['exit code']),
    ...(stdout === undefined ? [] : [`stdout ${streamText(stdout)}`]),
    ...(stderr === undefined ? [] : [`stderr ${streamText(stderr)}`]),
  ],
  ui: ({ text, request }: Shape<'ui'>): readonly string[] => [
    ...(text === undefined ? [] : [`page text ${JSON.stringify(text)}`]),
    ...(request === undefined ? [] : [`page request ${JSON.stringify(request)}`]),
  ],
  database: ({ query }: Shape<'database'>): readonly string[] => [`database ${quoted(query)}`],
} as const;

/** What one outcome, or one addition, looks at; its alternatives each for itself. */
function outcomeKeys(
  outcome: Observed & { readonly manual?: unknown; readonly anyOf?: unknown },
): readonly string[] {
  const own = (Object.keys(labels) as (keyof typeof labels)[]).flatMap((kind) => {
    const shape = outcome[kind];
    return shape === undefined ? [] : labelled(kind, shape);
  });
  return [...own, ...manualKeys(outcome.manual), ...anyOfKeys(outcome.anyOf)];
}

function labelled<K extends keyof typeof labels>(
  kind: K,
  shape: Parameters<(typeof labels)[K]>[0],
): readonly string[] {
  const label = labels[kind] as (shape: Parameters<(typeof labels)[K]>[0]) => readonly string[];
  const { of } = shape as { readonly of?: string };
  return label(shape).map((text) => (of === undefined ? text : `${text} of ${of}`));
}

function manualKeys(manual: unknown): readonly string[] {
  if (typeof manual === 'string') return [`by a person ${quoted(manual)}`];
  return typeof manual === 'object' && manual !== null && 'text' in manual
    ? [`by a person ${quoted(String(manual.text))}`]
    : [];
}

function anyOfKeys(anyOf: unknown): readonly string[] {
  if (!Array.isArray(anyOf)) return [];
  return (anyOf as readonly (Alternative | readonly Alternative[])[])
    .flat()
    .flatMap((part) => outcomeKeys(part as Observed));
}

function streamText(stream: Shape<'cli'>['stdout']): string {
  if (stream === undefined) return '';
  return quoted(typeof stream === 'string' ? stream : (stream.matches ?? stream.equals ?? ''));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
