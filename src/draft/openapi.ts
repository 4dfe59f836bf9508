import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Mapping } from '../mapping.ts';
import { dereferenced, mappingOf, sampleOf, type Sample } from './openapi-sample.ts';

/** An operation of an OpenAPI document. */
export interface Operation {
  /** In capitals. */
  readonly method: string;
  /** Its template, behind the path of the document's first server: `/api/orders/{id}`. */
  readonly path: string;
  /** Scheme, host and port of the first server; empty where the document names none. */
  readonly origin: string;
  /** Values that the document shows for variables of the path. */
  readonly params: { readonly [name: string]: string };
  /** Required query parameters, and those with an example, as they stand in an address. */
  readonly query: string;
  readonly body?: Sample;
  /** Required parts that are not kept: query parameters without an example, headers, bodies that are no JSON. */
  readonly lost: readonly string[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * The operation of an OpenAPI 3 document with this `operationId`, or `METHOD /path`. Throws a {@link Told} that names
 * the nearest one where there is none.
 */
export function operationIn(document: Mapping, wanted: string): Operation {
  const version = document['openapi'];
  if (typeof version !== 'string' || !version.startsWith('3'))
    throw refused(
      version === undefined && document['swagger'] === undefined
        ? 'the document is no OpenAPI: it has no key openapi'
        : 'the document is not OpenAPI 3',
      'name an OpenAPI document of version 3.x, YAML or JSON',
    );
  const all = operationsOf(document);
  const names = all.flatMap(({ id, address }) => (id === undefined ? [address] : [id, address]));
  const found = all.find(({ id, address }) => id === wanted || address === wanted);
  if (!found) {
    const close = nearest(wanted, names);
    throw refused(
      wanted === ''
        ? 'no operation is named behind the #'
        : `the document has no operation ${wanted}`,
      close === undefined ? `it has: ${someOf(all)}` : `did you mean ${close}?`,
    );
  }
  return readOperation(found, document);
}

interface FoundOperation {
  readonly id: string | undefined;
  /** `POST /orders`. */
  readonly address: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Mapping;
  readonly shared: unknown;
}

function operationsOf(document: Mapping): readonly FoundOperation[] {
  return Object.entries(mappingOf(document['paths'])).flatMap(([path, item]) => {
    const inner = dereferenced(item, document);
    return methods
      .filter((one) => inner[one] !== undefined)
      .map((one) => {
        const operation = mappingOf(inner[one]);
        const id = operation['operationId'];
        const method = one.toUpperCase();
        return {
          id: typeof id === 'string' ? id : undefined,
          address: `${method} ${path}`,
          method,
          path,
          operation,
          shared: inner['parameters'],
        };
      });
  });
}

function readOperation(found: FoundOperation, document: Mapping): Operation {
  const { method, path, operation, shared } = found;
  const { origin, base } = serverOf(operation['servers'] ?? document['servers']);
  const params: Record<string, string> = {};
  const query = new Map<string, string>();
  const lost: string[] = [];
  // An operation's own parameter stands over the one of its path.
  for (const given of [shared, operation['parameters']].flatMap((one) =>
    Array.isArray(one) ? (one as unknown[]) : [],
  )) {
    const parameter = dereferenced(given, document);
    const { in: place, name, required } = parameter;
    const { value } = sampleOf(parameter, document);
    const text = typeof value === 'object' ? undefined : value?.toString();
    if (typeof name !== 'string') continue;
    if (place === 'path' && text !== undefined) params[name] = text;
    if (place === 'query' && text !== undefined && (required === true || 'example' in parameter))
      query.set(name, text);
    else if (required === true && place !== 'path' && !(place === 'query' && query.has(name)))
      lost.push(`the ${String(place)} parameter ${name}`);
  }
  const body = bodyOf(dereferenced(operation['requestBody'], document), document);
  return {
    method,
    origin,
    path: `${base}${path}`,
    params,
    query: new URLSearchParams([...query]).toString(),
    ...(typeof body === 'object' && { body }),
    lost: typeof body === 'string' ? [...lost, body] : lost,
  };
}

/** What is sent; a text where it is nothing that can be kept. */
function bodyOf(given: Mapping, document: Mapping): Sample | string | undefined {
  const content = mappingOf(given['content']);
  const types = Object.keys(content);
  const json = types.find((type) => /^application\/(?:[\w.-]+\+)?json\b/.test(type));
  if (json !== undefined) return sampleOf(mappingOf(content[json]), document);
  return types.length === 0 ? undefined : `the body, which is ${types.join(' or ')}`;
}

function serverOf(servers: unknown): { readonly origin: string; readonly base: string } {
  const first = mappingOf(Array.isArray(servers) ? (servers as unknown[])[0] : undefined);
  const variables = mappingOf(first['variables']);
  const url = String(first['url'] ?? '').replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(mappingOf(variables[name])['default'] ?? whole),
  );
  const parts = /^([a-z]+:\/\/[^/]+)?(\/.*)?$/i.exec(url.replace(/\/$/, ''));
  return { origin: parts?.[1] ?? '', base: parts?.[2] ?? '' };
}

function someOf(all: readonly FoundOperation[]): string {
  const names = all.map(({ id, address }) => id ?? address);
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.length === 0 ? 'none' : `${names.slice(0, 10).join(', ')}${more}`;
}

function refused(message: string, cure: string): Told {
  return new Told(message, { code: 'usage', where: '--from-openapi', cure });
}
