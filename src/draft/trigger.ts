import type { Trigger } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import { isMapping } from '../mapping.ts';
import type { Json } from '../scenario/comparators.ts';
import type { HttpRequest } from '../shell/command.ts';
import { dataOf, type Data } from './data.ts';
import type { Located } from './locate.ts';

/** Something of the original that cannot be kept, or that the profile does not know. */
export interface Finding {
  readonly line: number;
  readonly message: string;
  readonly nearest?: string;
}

/** A request as the trigger of a scenario. */
export interface ReadTrigger {
  readonly trigger: Extract<Trigger, { kind: 'api' }>;
  readonly located: Located;
  readonly data: Data;
  readonly findings: readonly Finding[];
}

/** Methods that a trigger can have. */
export const apiMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Headers that every request has by itself, and those that a browser adds to its own: they say nothing of what is asked. */
const usual =
  /^(?:content-type|content-length|accept(?:-.+)?|user-agent|host|origin|referer|priority|sec-.+|dnt|connection|cache-control|pragma|upgrade-insecure-requests)$/i;

/** The trigger that a request is; undefined, with the reason, where it can be none. */
export function triggerOf(
  request: HttpRequest,
  located: Located,
  profile: Profile,
  line: number,
): ReadTrigger | { readonly findings: readonly Finding[] } {
  const findings = [...requestFindings(request, located, profile, line)];
  const method = apiMethods.find((one) => one === request.method);
  if (!method)
    return {
      findings: [...findings, { line, message: `${request.method} is no method of a trigger` }],
    };
  const body = jsonOf(request);
  if (body === undefined && request.body !== undefined)
    findings.push({ line, message: 'the body is no JSON as it stands, so it is left out' });
  const data = dataOf(located, body, profile);
  const params = Object.fromEntries(
    Object.entries(located.params).filter(([, value]) => !value.includes('${')),
  );
  const named = Object.keys(params).length === 0 ? {} : { params };
  const { endpoint } = located;
  // A trigger by an endpoint's name has the endpoint's own query; what asks for something else is said by its path.
  const ownQuery = request.query === '' || request.query === endpoint?.shape.query;
  if (endpoint && (ownQuery || endpoint.shape.starts !== undefined)) {
    const { calibration: _, ...rest } = data;
    const sent = isMapping(body) ? rest : body === undefined ? {} : { payload: body };
    if (!ownQuery) findings.push({ line, message: `the query ${request.query} is not kept` });
    return {
      trigger: { kind: 'api', endpoint: endpoint.name, ...named, ...copied(sent) },
      located,
      data,
      findings,
    };
  }
  const address =
    request.query === '' ? request.path : `${request.path}?${request.query.replaceAll(' ', '%20')}`;
  if (address.includes('$'))
    return {
      findings: [...findings, { line, message: `nothing says what stands in ${address}` }],
    };
  return {
    trigger: {
      kind: 'api',
      method,
      path: address,
      ...(body === undefined ? {} : { payload: body }),
    },
    located,
    data: endpoint ? {} : data,
    findings,
  };
}

/** What of a request cannot be kept. A secret is never written down. */
export function requestFindings(
  { headers, lost, unclear, bodyFile, origin }: HttpRequest,
  located: Located,
  profile: Profile,
  line: number,
): readonly Finding[] {
  const own = located.service === undefined ? {} : profile.services[located.service]?.headers;
  const sent = new Set(Object.keys(own ?? {}).map((name) => name.toLowerCase()));
  return [
    ...headers
      .filter(({ name }) => !usual.test(name) && !sent.has(name.toLowerCase()))
      .map(({ name }) => ({
        line,
        message: `the header ${name} is not written into a scenario: give it to the service in the profile (headers: { ${name}: '{VARIABLE}' }, a variable that is secret)`,
      })),
    ...lost.map((what) => ({ line, message: `${what} is not kept` })),
    ...unclear.map((message) => ({ line, message })),
    ...(bodyFile === undefined
      ? []
      : [
          {
            line,
            message: `the body stands in the file ${bodyFile}, which is not read; ${located.endpoint ? "the profile's payload" : 'nothing'} is sent in its place`,
          },
        ]),
    ...(located.endpoint
      ? []
      : [
          {
            line,
            message: `the profile knows no route ${located.method} ${located.path}${located.service === undefined ? ` at ${origin.replace(/\/\/[^/@]*@/, '//')}` : ` of ${located.service}`}`,
            ...(located.nearest === undefined ? {} : { nearest: located.nearest }),
          },
        ]),
  ];
}

/** The body as JSON; undefined where there is none, or where the shell has yet to fill something in. */
export function jsonOf({ body }: HttpRequest): Json | undefined {
  if (body === undefined || body.computed) return undefined;
  try {
    return JSON.parse(body.text) as Json;
  } catch {
    return undefined;
  }
}

function copied({
  body,
  omit,
  payload,
}: Data & { readonly payload?: Json }): Partial<Extract<Trigger, { kind: 'api' }>> {
  return {
    ...(body && { body: { ...body } }),
    ...(omit && { omit: [...omit] }),
    ...(payload !== undefined && { payload }),
  };
}
