import { nearest } from '../nearest.ts';
import type { Endpoint, Profile } from '../profile/schema.ts';
import type { HttpRequest } from '../shell/command.ts';

/** Where a request goes, in the words of the profile. */
export interface Located {
  readonly method: string;
  readonly path: string;
  readonly service?: string;
  readonly endpoint?: { readonly name: string; readonly shape: Endpoint };
  /** What stands in the place of the endpoint's variables; `${NAME}` where a variable of the shell does. */
  readonly params: { readonly [name: string]: string };
  /** `METHOD path` of the endpoint that is most like it, where none fits. */
  readonly nearest?: string;
}

/** Finds the endpoint to which a request goes: by the address's variable or port, method and path. */
export function locate(
  request: Pick<HttpRequest, 'method' | 'path' | 'origin'>,
  profile: Profile,
): Located {
  const { method, path } = request;
  const service = serviceAt(request.origin, profile);
  const endpoints = Object.entries(profile.endpoints);
  const fitting = endpoints.flatMap(([name, shape]) => {
    const params = paramsIn(shape.path, path);
    return shape.method === method && params ? [{ name, shape, params }] : [];
  });
  // The same path may stand at several services; and with fewer variables it is meant more closely.
  const ranked = fitting.toSorted(
    (a, b) =>
      Number(b.shape.service === service) - Number(a.shape.service === service) ||
      Object.keys(a.params).length - Object.keys(b.params).length,
  );
  const best = ranked.find(({ shape }) => service === undefined || shape.service === service);
  if (best) {
    const { name, shape, params } = best;
    return { method, path, service: shape.service, endpoint: { name, shape }, params };
  }
  const known = endpoints
    .filter(([, shape]) => service === undefined || shape.service === service)
    .map(([, shape]) => `${shape.method} ${shape.path}`);
  const close = nearest(`${method} ${path.replaceAll(/\$\{\w+\}/g, '{id}')}`, known);
  return {
    method,
    path,
    params: {},
    ...(service === undefined ? {} : { service }),
    ...(close === undefined ? {} : { nearest: close }),
  };
}

/** The service whose address this is: by its variable, else by the port of its default. */
function serviceAt(origin: string, profile: Profile): string | undefined {
  const names = new Set([...origin.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
  const port = /:(\d+)$/.exec(origin)?.[1];
  return Object.entries(profile.services).find(
    ([, service]) =>
      names.has(service.variable) ||
      (service.ownVariable !== undefined && names.has(service.ownVariable)) ||
      (port !== undefined && service.default.replace(/\/$/, '').endsWith(`:${port}`)),
  )?.[0];
}

function paramsIn(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const [shape, parts] = [template.split('/'), path.replace(/(?<=.)\/$/, '').split('/')];
  if (shape.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of shape.entries()) {
    const given = parts[index] ?? '';
    const name = /^\{([^{}]+)\}$/.exec(part)?.[1];
    if (name !== undefined && given !== '') params[name] = decoded(given);
    else if (part !== given) return undefined;
  }
  return params;
}

/** Params are kept as they are meant; what asks encodes them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
