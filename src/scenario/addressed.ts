import { nearest } from '../nearest.ts';
import type { Endpoint } from '../profile/schema.ts';
import { endpointNamed, filledPath, type Context, type Named } from './context.ts';
import type { Addressed } from './extra-step-shape.ts';
import type { Target } from './acts.ts';

/** Where in the scenario file something stands, and what was captured before it. */
export interface Place {
  readonly path: string;
  readonly captures: readonly string[];
}

/** An address with the endpoint of the profile that it names, if it names one. */
export interface Address {
  readonly target: Target;
  readonly endpoint?: Named<Endpoint>;
}

/** `{name}` in an address. */
export const variable = /\{([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/** The address that a person gave; undefined, with problems noted, when it leads nowhere. */
export function addressed(
  context: Context,
  given: Addressed,
  place: Place,
  method: Target['method'] = 'GET',
): Address | undefined {
  const { endpoint: name, service, path } = given;
  if (name !== undefined && (path !== undefined || service !== undefined || given.method)) {
    context.problems.push({
      path: place.path,
      message: 'names an endpoint and also service, method or path; only one of them can hold',
    });
    return undefined;
  }
  if (name !== undefined) return atEndpoint(context, given, name, place);
  if (path === undefined) {
    context.problems.push({
      path: place.path,
      message: 'names neither an endpoint nor a path',
      expected: `endpoint: one of ${Object.keys(context.profile.endpoints).join(', ')}; or service, method and path`,
    });
    return undefined;
  }
  const [first = ''] = context.scenario.answers.flow;
  const known = Object.keys(context.profile.services);
  const asked = service ?? context.profile.components[first]?.service ?? first;
  if (!known.includes(asked)) {
    refuse(
      context,
      `${place.path}.service`,
      `unknown service ${JSON.stringify(asked)}`,
      asked,
      known,
    );
    return undefined;
  }
  const before = context.problems.length;
  const filled =
    withValues(context, path, given, place) + queryOf(context, given, place, undefined);
  if (context.problems.length > before) return undefined;
  return { target: { method: given.method ?? method, service: asked, path: filled } };
}

function atEndpoint(
  context: Context,
  given: Addressed,
  name: string,
  place: Place,
): Address | undefined {
  const endpoint = endpointNamed(context.profile, name);
  if (!endpoint) {
    const known = Object.keys(context.profile.endpoints);
    refuse(
      context,
      `${place.path}.endpoint`,
      `unknown endpoint ${JSON.stringify(name)}`,
      name,
      known,
    );
    return undefined;
  }
  const before = context.problems.length;
  const path =
    withValues(context, endpoint.path, given, place) +
    queryOf(context, given, place, endpoint.query);
  if (context.problems.length > before) return undefined;
  return { target: { method: endpoint.method, service: endpoint.service, path }, endpoint };
}

/** The path with its variables filled; each that stays must be a capture. */
function withValues(context: Context, path: string, given: Addressed, place: Place): string {
  const names = [...path.matchAll(variable)].map(([, name]) => name ?? '');
  const params = given.params ?? {};
  for (const key of Object.keys(params).filter((one) => !names.includes(one)))
    refuse(
      context,
      `${place.path}.params.${key}`,
      `the address ${path} has no variable ${JSON.stringify(key)}`,
      key,
      names,
    );
  const values = { ...context.calibration?.parameters };
  return path.replaceAll(variable, (whole, name: string) => {
    const value = params[name];
    if (value !== undefined)
      return valueText(context, String(value), place, `${place.path}.params.${name}`);
    if (place.captures.includes(name)) return whole;
    if (Object.hasOwn(values, name)) return filledPath(whole, values);
    const field = given.endpoint === undefined ? 'path' : `params.${name}`;
    refuse(
      context,
      `${place.path}.${given.params || field === 'path' ? field : 'endpoint'}`,
      `nothing fills the variable {${name}} of ${path}`,
      name,
      place.captures,
      `params: { ${name}: … }, a value or a capture such as "{${place.captures[0] ?? 'id'}}"`,
    );
    return whole;
  });
}

function queryOf(
  context: Context,
  given: Addressed,
  place: Place,
  template: string | undefined,
): string {
  if (given.query === undefined) {
    return template === undefined
      ? ''
      : `?${filledPath(template, { ...context.calibration?.parameters, ...given.params })}`;
  }
  const pairs = Object.entries(given.query).map(
    ([key, value]) =>
      `${encodeURIComponent(key)}=${valueText(context, String(value), place, `${place.path}.query.${key}`)}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** A value as part of an address: percent-encoded, but for captures, which the script fills in. */
function valueText(context: Context, value: string, place: Place, path: string): string {
  let text = '';
  let from = 0;
  for (const found of value.matchAll(variable)) {
    const [whole, name = ''] = found;
    if (!place.captures.includes(name))
      refuse(
        context,
        path,
        `nothing is captured as ${name} before this step`,
        name,
        place.captures,
      );
    text += encodeURIComponent(value.slice(from, found.index)) + whole;
    from = found.index + whole.length;
  }
  return text + encodeURIComponent(value.slice(from));
}

/** Notes a name that isn't among the valid ones, with the nearest of them. */
export function refuse(
  context: Context,
  path: string,
  message: string,
  given: string,
  valid: readonly string[],
  expected = valid.length === 0 ? 'there is none yet' : `one of ${valid.join(', ')}`,
): void {
  const close = nearest(given, valid);
  context.problems.push({
    path,
    message,
    expected,
    ...(close === undefined ? {} : { nearest: close }),
  });
}
