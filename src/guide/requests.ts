import { filledWords } from '../files/bash-words.ts';
import { jqOf } from '../files/jq.ts';
import type { Endpoint, Profile } from '../profile/schema.ts';
import { allOf, inWords } from '../scenario/condition.ts';
import { calibratedPayload, targetOf } from '../scenario/context.ts';
import { quoted } from '../shell/quote.ts';

/** A request of the guide: one curl that stands alone, and what a good reply is. */
export interface Example {
  readonly bash: string;
  readonly expected: string;
}

/** `-q` and no proxy: neither `.curlrc` nor `http_proxy` shall change what is seen. */
const curl = "curl -qsS --noproxy '*'";

/** An endpoint with data of the profile; path variables that no data fill are shell variables (`$ID`). */
export function endpointExample(endpoint: Endpoint, name: string, profile: Profile): Example {
  const parameters = parametersFor(endpoint, name, profile);
  const { method, service, path } = targetOf(endpoint, parameters);
  const payload = calibratedPayload(endpoint, { parameters });
  const words = [
    `${curl} --fail-with-body --max-time 30`,
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `${origin(service, profile)}${filledWords(path, new Set(['id', 'new_id']))}`,
  ].join(' ');
  const body =
    payload === undefined
      ? ''
      : ` \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(payload))}`;
  const { status, expect } = endpoint.accepted;
  return {
    bash: `${words}${body} | jq`,
    expected: [`HTTP ${status}`, ...expect.map((one) => inWords(allOf([one])))].join(', '),
  };
}

/** The health check of one service. */
export function healthExample(name: string, profile: Profile): Example {
  const { path, expect } = healthOf(name, profile);
  return {
    bash: `${curl} --fail-with-body --max-time 5 ${origin(name, profile)}${quoted(path)} | jq`,
    expected: [`HTTP 200`, ...expect.map((one) => inWords(allOf([one])))].join(', '),
  };
}

/**
 * All services at a glance. Fails closed: a port that is dead, a refusal and a reply of another shape are all "not healthy" (jq's
 * `-s` gives an empty list for no reply, where `-e` alone would be content in version 1.6).
 */
export function quickCheck(profile: Profile): string {
  const names = Object.keys(profile.services);
  const width = Math.max(...names.map((name) => name.length));
  return [
    'healthy() { # NAME URL CONDITION',
    `  if ${curl} --fail --max-time 2 "$2" 2>/dev/null | jq -es "$3" >/dev/null 2>&1; then`,
    `    echo "$1: healthy"; else echo "$1: not healthy"; fi`,
    '}',
    ...names.map((name) => {
      const { path, expect } = healthOf(name, profile);
      const address = `${origin(name, profile)}${quoted(path)}`;
      return `healthy ${name.padEnd(width)} ${address} ${quoted(jqOf(allOf(expect)))}`;
    }),
  ].join('\n');
}

function healthOf(name: string, profile: Profile): Profile['services'][string]['health'] {
  const service = profile.services[name];
  if (!service) throw new Error(`no service ${name}`);
  return service.health;
}

/** `"${BAKERY_URL:-http://localhost:7070}"`. */
function origin(service: string, profile: Profile): string {
  const found = profile.services[service];
  if (!found) throw new Error(`no service ${service}`);
  return `"\${${found.variable}:-${found.default.replace(/\/$/, '')}}"`;
}

/** Parameters that fill what the endpoint asks for: of a row for it, else of one of its domain, else of any. */
export function parametersFor(
  endpoint: Endpoint,
  name: string,
  profile: Profile,
): { readonly [name: string]: string | number } {
  const asked = variablesIn(endpoint);
  const rows = Object.values(profile.calibrations);
  const ranked = rows.toSorted(
    (a, b) =>
      Number(b.endpoint === name) - Number(a.endpoint === name) ||
      Number(b.domain === endpoint.domain) - Number(a.domain === endpoint.domain),
  );
  const row = ranked.find(({ parameters }) =>
    asked.every((one) => one === 'id' || one in parameters),
  );
  return row?.parameters ?? {};
}

function variablesIn({ path, query, payload }: Endpoint): readonly string[] {
  const text = [path, query ?? '', JSON.stringify(payload ?? null)].join('\n');
  return [...text.matchAll(/\{([a-z][a-z0-9-]*)\}/g)].map(([, name]) => name ?? '');
}
