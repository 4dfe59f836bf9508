import type { Json } from '../scenario/comparators.ts';

/** A member's name or an item's number. */
type Part = string | number;

/** The parts of a path such as `.a.b[0]["k"]` (contract, section 2); undefined for what isn't a path. */
function pathParts(path: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let rest = path;
  while (rest !== '') {
    const found =
      /^\.([A-Za-z_][A-Za-z0-9_]*)/.exec(rest) ??
      /^\.?\[(\d+)\]/.exec(rest) ??
      /^\.?\[("(?:[^"\\]|\\.)*")\]/.exec(rest);
    if (!found) return undefined;
    const [whole, part = ''] = found;
    parts.push(
      part.startsWith('"')
        ? (JSON.parse(part) as string)
        : whole.endsWith(']')
          ? Number(part)
          : part,
    );
    rest = rest.slice(whole.length);
  }
  return parts;
}

/** The value at a path; undefined when there is none. */
export function valueAt(body: Json | undefined, path: string): Json | undefined {
  return pathParts(path)?.reduce<Json | undefined>((value, part) => child(value, part), body);
}

/** The body with another value at the path; undefined takes it away. A path that leads nowhere leaves the body as it is. */
export function withValue(body: Json, path: string, value: Json | undefined): Json {
  const parts = pathParts(path);
  return parts === undefined || parts.length === 0 ? (value ?? null) : put(body, parts, value);
}

/** The least document with this value at the path: of a list, every element up to there holds it. `.` is the document itself. */
export function grown(path: string, value: Json): Json {
  const parts = path === '.' ? [] : (pathParts(path) ?? []);
  return parts.reduceRight<Json>(
    (inner, part) =>
      typeof part === 'number' ? Array.from({ length: part + 1 }, () => inner) : { [part]: inner },
    value,
  );
}

function put(body: Json, [part, ...rest]: readonly Part[], value: Json | undefined): Json {
  if (part === undefined || typeof body !== 'object' || body === null) return body;
  const inner = child(body, part);
  if (rest.length > 0 && inner === undefined) return body;
  const next = rest.length === 0 || inner === undefined ? value : put(inner, rest, value);
  if (isList(body)) {
    return next === undefined
      ? body.filter((_one, index) => index !== part)
      : body.map((one, index) => (index === part ? next : one));
  }
  const { [part]: _gone, ...others } = body as { readonly [key: string]: Json };
  // In its place, since a reader of the evidence compares with the reply that the service gave.
  return next === undefined
    ? others
    : Object.fromEntries(
        Object.entries(part in body ? body : { ...body, [part]: next }).map(([key, one]) => [
          key,
          key === part ? next : one,
        ]),
      );
}

function child(value: Json | undefined, part: Part): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isList(value)) return typeof part === 'number' ? value[part] : undefined;
  return typeof part === 'string' && Object.hasOwn(value, part)
    ? (value as { readonly [key: string]: Json })[part]
    : undefined;
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
