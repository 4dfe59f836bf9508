import { parametersFor } from '../guide/requests.ts';
import type { Endpoint, Profile } from '../profile/schema.ts';
import { holds, regex } from '../prove/conditions.ts';
import type { Reply } from '../prove/reply.ts';
import { allOf, inWords } from '../scenario/condition.ts';
import { targetOf } from '../scenario/context.ts';
import { ask } from './ask.ts';
import { healthOf } from './health.ts';
import type { Settings } from './settings.ts';

/** One fact of a profile, held against the live services. */
export interface Held {
  readonly kind: 'health' | 'endpoint' | 'unknown-id' | 'unknown-route';
  /** The service or endpoint. */
  readonly name: string;
  /** Whether it holds; absent when it was not tried. */
  readonly ok?: boolean;
  /** What was asked. */
  readonly request?: string;
  /** What doesn't hold, or why it was not tried. */
  readonly why?: string;
}

/** What a check needs of its surroundings. */
interface Around {
  readonly profile: Profile;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/** Real seconds within which an endpoint must answer. */
const patience = 30;
/** An id and a route that nobody has. */
const nobody = 'scenario-profile-check-0';

/**
 * Holds what a profile says against live services, by GET only: nothing is started, changed or cancelled. What cannot be asked so is
 * named with its reason; a scenario tries it.
 */
export async function holdAgainst(
  around: Around,
  services: readonly string[],
): Promise<readonly Held[]> {
  const found: Held[] = [];
  for (const name of services) {
    const service = around.profile.services[name];
    if (!service) continue;
    const address = around.settings(service.variable, service.default);
    const health = await healthOf(service, address, around.signal);
    found.push({
      kind: 'health',
      name,
      ok: health.ok,
      request: `GET ${address.value}${service.health.path}`,
      ...(health.symptom === undefined ? {} : { why: health.symptom }),
    });
    if (health.ok) found.push(await unknownRoute(name, around));
    for (const [key, endpoint] of Object.entries(around.profile.endpoints))
      if (endpoint.service === name)
        found.push(await endpointHeld(key, endpoint, health.ok, around));
  }
  return found;
}

async function endpointHeld(
  name: string,
  endpoint: Endpoint,
  reachable: boolean,
  around: Around,
): Promise<Held> {
  const untried = (why: string): Held => ({ kind: 'endpoint', name, why });
  if (!reachable) return untried('its service is not healthy');
  if (endpoint.method !== 'GET')
    return untried(
      `${endpoint.method} may change something: ${endpoint.starts === undefined ? 'a scenario' : 'a smoke scenario'} tries it`,
    );
  if (endpoint.path.includes('{id}')) return unknownId(name, endpoint, around);
  const { path } = targetOf(endpoint, parametersFor(endpoint, name, around.profile));
  if (/\{[^{}]+\}/.test(path)) return untried(`no calibration row fills its path ${path}`);
  const { status, expect } = endpoint.accepted;
  return judged('endpoint', name, endpoint.service, path, around, (reply) => [
    ...(reply.status === status ? [] : [`the status is ${reply.status}, not ${status}`]),
    ...broken(expect, reply),
  ]);
}

/** An id that nobody has is refused, in a shape that the profile knows. */
async function unknownId(name: string, endpoint: Endpoint, around: Around): Promise<Held> {
  const { path } = targetOf(endpoint, { id: nobody });
  const known = [
    ...endpoint.refusals,
    ...around.profile.refusals.filter(({ service }) => service === endpoint.service),
  ];
  return judged('unknown-id', name, endpoint.service, path, around, (reply) => {
    const shape = known.find(({ status }) => status === reply.status);
    return shape
      ? broken(shape.expect, reply)
      : [
          `an unknown id is answered with ${reply.status}, a refusal that the profile does not know`,
        ];
  });
}

async function unknownRoute(service: string, around: Around): Promise<Held> {
  const patterns = around.profile.unknownRoute;
  if (patterns.length === 0)
    return { kind: 'unknown-route', name: service, why: 'the profile has no unknownRoute' };
  return judged('unknown-route', service, service, `/${nobody}`, around, (reply) =>
    patterns.some(
      ({ status, matches }) => status === reply.status && regex(matches)?.test(reply.text),
    )
      ? []
      : [
          `a route that nobody has is answered with ${reply.status}, in another way than unknownRoute says`,
        ],
  );
}

async function judged(
  kind: Held['kind'],
  name: string,
  service: string,
  path: string,
  { profile, settings, signal }: Around,
  judge: (reply: Reply) => readonly string[],
): Promise<Held> {
  const { variable = '', default: origin = '' } = profile.services[service] ?? {};
  const url = `${settings(variable, origin).value.replace(/\/$/, '')}${path}`;
  const request = `GET ${url}`;
  const answer = await ask({ url, within: patience, signal });
  if ('lost' in answer) return { kind, name, ok: false, request, why: answer.lost };
  const why = [...judge(answer.reply), ...leaks(answer.reply, profile)];
  return {
    kind,
    name,
    ok: why.length === 0,
    request,
    ...(why.length === 0 ? {} : { why: why.join('; ') }),
  };
}

function broken(expect: Endpoint['accepted']['expect'], reply: Reply): readonly string[] {
  return expect
    .map((one) => allOf([one]))
    .filter((one) => !holds(one, reply, {}))
    .map((one) => `it does not hold that ${inWords(one)}`);
}

function leaks(reply: Reply, { leaks: patterns }: Profile): readonly string[] {
  return patterns
    .filter(
      ({ lacks }) =>
        !holds([[{ field: 'body', comparisons: [{ name: 'lacks', value: lacks }] }]], reply, {}),
    )
    .map(({ text }) => `the reply breaks "${text}"`);
}
