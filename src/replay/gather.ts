import type { Reply } from '../prove/reply.ts';
import type { RunEvent } from '../run/event.ts';
import type { Act } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Exchange, Exchanges, RecordedCommand } from './exchanges.ts';

/** A request that was heard between a script and its services. */
export interface Heard {
  /** Seconds since 1970, when the reply was there. */
  readonly t: number;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly sent: string;
  readonly reply: Reply;
}

/** The evidence of a run: what it told, and what it kept. */
export interface Evidence {
  readonly events: readonly RunEvent[];
  /** The text of a file of evidence, by the end of its name behind `NN-`; of what is no text, or isn't there: undefined. */
  readonly kept: (name: string) => string | undefined;
  /** The text of a file that a point saw. */
  readonly file: (path: string) => string | undefined;
}

/** Headers that a script may ask for, or that a client needs to read a reply. */
const plainHeaders = ['content-type', 'location', 'retry-after'];

/** What a green run heard, as it is kept. Requests of beacons are left out: each run has its own. */
export function gather(
  scenario: Resolved,
  heard: readonly Heard[],
  evidence: Evidence,
): Pick<Exchanges, 'exchanges' | 'logs' | 'commands' | 'files'> {
  const own = heard.filter((one) => beaconLine(scenario, one) === undefined);
  const began = Math.min(...heard.map(({ t }) => t));
  const named = namedHeaders(scenario);
  const exchanges = own.map(({ t, service, method, path, sent, reply }): Exchange => ({
    at: rounded(t - began),
    service,
    method,
    path,
    ...(sent === '' ? {} : { sent }),
    status: reply.status,
    headers: Object.fromEntries(Object.entries(reply.headers).filter(([name]) => named.has(name))),
    seconds: rounded(reply.seconds),
    body: reply.text,
  }));
  const order = orderOf(own, evidence.events);
  const commands = commandsIn(scenario, order, evidence);
  return {
    exchanges,
    logs: logsIn(scenario, order, commands, evidence),
    commands: commands.map(({ t: _t, ...one }) => one),
    files: filesIn(evidence),
  };
}

/** The line that a service logs when it is asked so, where the request is its beacon. */
export function beaconLine(
  scenario: Resolved,
  { service, path }: { readonly service: string; readonly path: string },
): string | undefined {
  const beacon = scenario.services.find(({ name }) => name === service)?.log?.beacon;
  if (beacon === undefined) return undefined;
  const [before = '', after = ''] = beacon.path.split('{nonce}');
  const nonce = path.slice(before.length, path.length - after.length);
  if (!/^n\d+x\d+b\d+$/.test(nonce) || path !== `${before}${nonce}${after}`) return undefined;
  return beacon.line.replaceAll('{nonce}', nonce);
}

function namedHeaders({ steps }: Resolved): ReadonlySet<string> {
  const fields = JSON.stringify(steps).matchAll(/"header:([^"\\]+)"/g);
  return new Set([...plainHeaders, ...[...fields].map(([, name]) => (name ?? '').toLowerCase())]);
}

type Timed = RecordedCommand & { readonly t: number };

/** Commands in the order of the scenario's acts, which is that in which their programs are asked for again. */
function commandsIn(
  scenario: Resolved,
  order: Order,
  { events, kept }: Evidence,
): readonly Timed[] {
  return scenario.steps
    .flatMap(({ acts }) => acts)
    .flatMap((act) => {
      const program = programOf(act);
      const name = act.kind === 'launch' ? act.command : 'reply' in act ? act.reply : '';
      const told = events.find(
        (one) => one.event === 'request' && one.command !== undefined && one.name === name,
      );
      if (program === undefined || told?.event !== 'request') return [];
      const t = told.t ?? 0;
      return [
        {
          t,
          name,
          program,
          after: order(t),
          exit: told.exit ?? 0,
          seconds: told.seconds ?? 0,
          stdout: kept(`${name}.stdout`) ?? '',
          stderr: kept(`${name}.stderr`) ?? '',
        },
      ];
    });
}

/** The program that an act runs. */
function programOf(act: Act): string | undefined {
  if (act.kind === 'query') return 'psql';
  return act.kind === 'cli' || act.kind === 'launch' ? act.argv[0] : undefined;
}

/** The exchange after which something was there that was seen at a time; -1: it was there before the first step sent anything. */
type Order = (t: number) => number;

/** Of looks at one address in a row the first counts: a later run may need fewer of them. */
function orderOf(heard: readonly Heard[], events: readonly RunEvent[]): Order {
  const first = events.find(({ event }) => event === 'step')?.t ?? 0;
  return (t) => {
    let index = heard.findLastIndex((one) => one.t <= t);
    const last = heard[index];
    if (last === undefined || last.t < first) return -1;
    const isSame = (one: Heard | undefined): boolean =>
      one?.method === 'GET' &&
      one.service === last.service &&
      one.path === last.path &&
      one.t >= first;
    while (isSame(last) && isSame(heard[index - 1])) index -= 1;
    return index;
  };
}

/** The windows of a log grow from point to point: what is new in each was there when it was looked at. */
function logsIn(
  scenario: Resolved,
  order: Order,
  commands: readonly Timed[],
  { events, kept }: Evidence,
): Exchanges['logs'] {
  const known = new Map<string, number>();
  const parts: Exchanges['logs'] = [];
  for (const { id, service } of looksAtLogs(scenario)) {
    const window = kept(`${id}.log`);
    const told = events.find((one) => one.event === 'point' && one.id === id);
    if (window === undefined || told === undefined) continue;
    const all = window.split('\n').slice(0, window.endsWith('\n') ? -1 : undefined);
    const lines = all.slice(known.get(service) ?? 0).filter((line) => !isBeacon(scenario, line));
    known.set(service, all.length);
    if (lines.length === 0) continue;
    const t = told.t ?? 0;
    const after = order(t);
    const behind = commands.findLastIndex((one) => one.t <= t && one.after >= after);
    parts.push({ service, after, ...(behind < 0 ? {} : { behind }), lines });
  }
  return parts;
}

function isBeacon(scenario: Resolved, line: string): boolean {
  return scenario.services.some(({ log }) => {
    const [before = '', after = ''] = log?.beacon?.line.split('{nonce}') ?? [];
    const at = line.indexOf(before);
    if (log?.beacon === undefined || at < 0) return false;
    return /^n\d+x\d+b\d+/.test(line.slice(at + before.length)) && line.includes(after);
  });
}

/** The points that look at logs, in order; of several looks of one point the last is kept. */
function looksAtLogs({
  steps,
}: Resolved): readonly { readonly id: string; readonly service: string }[] {
  return steps
    .flatMap(({ acts }) => acts)
    .flatMap((act) => {
      if (act.kind === 'log') return [{ id: act.id, service: act.service }];
      const part =
        act.kind === 'any'
          ? act.alternatives.flat().findLast((one) => 'service' in one)
          : undefined;
      return act.kind === 'any' && part !== undefined && 'service' in part
        ? [{ id: act.id, service: part.service }]
        : [];
    });
}

function filesIn({ events, file }: Evidence): Exchanges['files'] {
  return Object.fromEntries(
    events.flatMap((one) => {
      if (one.event !== 'point' || one.kind !== 'file' || one.evidence === undefined) return [];
      const text = file(one.evidence);
      return text === undefined ? [] : [[one.id, text] as const];
    }),
  );
}

/** A document in which no secret is left: each stands as the name of its variable in brackets. */
export function withoutSecrets<T>(
  value: T,
  secrets: readonly { readonly name: string; readonly value: string }[],
): T {
  const change = (one: unknown): unknown => {
    if (typeof one === 'string') return redacted(one, secrets);
    if (Array.isArray(one)) return one.map(change);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, change(inner)]));
  };
  return change(value) as T;
}

function redacted(
  text: string,
  secrets: readonly { readonly name: string; readonly value: string }[],
): string {
  let rest = text;
  for (const { name, value } of secrets) {
    const forms = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
    for (const form of new Set(forms)) if (form !== '') rest = rest.replaceAll(form, `[${name}]`);
  }
  return rest;
}

function rounded(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000) / 1000);
}
