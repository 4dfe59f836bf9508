import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Profile } from '../profile/schema.ts';
import type { Json } from '../scenario/comparators.ts';
import type { FromRequest } from './from-curl.ts';
import { triggerOf } from './trigger.ts';

type Node = { readonly [key: string]: Json };

/** Deepest schema that is filled; one that contains itself ends there. */
const deepest = 8;
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The trigger that an operation of an OpenAPI 3 document is; its body is the document's example, else its required fields. */
export function fromOpenApi(
  document: Json,
  operation: string,
  source: string,
  profile: Profile,
): FromRequest {
  const root = isNode(document) ? document : {};
  const operations = Object.entries(nodeAt(root, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const one = isNode(item) ? item[method] : undefined;
      return isNode(one)
        ? [{ path, method, one, id: String(one['operationId'] ?? `${method} ${path}`) }]
        : [];
    }),
  );
  const found = operations.find(({ id }) => id === operation);
  if (!found) {
    const ids = operations.map(({ id }) => id);
    const close = nearest(operation, ids);
    throw new Told(
      ids.length === 0
        ? 'is no OpenAPI 3 document: it has no paths with operations'
        : `has no operation ${JSON.stringify(operation)}${close === undefined ? '' : `; did you mean ${close}?`}`,
      {
        code: 'usage',
        where: `--from-openapi ${source}`,
        cure:
          ids.length === 0 ? 'name a document with paths' : `one of ${ids.slice(0, 20).join(', ')}`,
      },
    );
  }
  const body = bodyOf(root, found.one);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const path = found.path.replaceAll(/\{(\w+)\}/g, '${$1}');
  const read = triggerOf(
    {
      method: found.method.toUpperCase(),
      url: { text: path, variables: [], computed: false },
      origin: '',
      path,
      query: '',
      headers: [],
      ...(text === undefined ? {} : { body: { text, variables: [], computed: false } }),
      showsStatus: false,
      lost: [],
    },
    profile,
    1,
  );
  if ('trigger' in read) {
    const { calibration } = read.data;
    const answers = {
      trigger: read.trigger,
      ...(calibration === undefined ? {} : { calibration }),
    };
    return { answers, findings: read.findings };
  }
  // Its variables are for the answers to fill: params, or the address itself.
  return {
    answers: {},
    findings: read.findings.map((one) => ({
      ...one,
      message: `${one.message}; say it in the answers: trigger.path`,
    })),
  };
}

function bodyOf(root: Node, operation: Node): Json | undefined {
  const content = nodeAt(followed(root, operation['requestBody']), 'content');
  const media = content['application/json'];
  if (!isNode(media)) return undefined;
  if (media['example'] !== undefined) return media['example'];
  const [example] = Object.values(nodeAt(media, 'examples')).map(
    (one) => followed(root, one)['value'],
  );
  return example ?? filled(root, media['schema'], 0);
}

/** A value of a schema: its example or default, else its required fields. */
function filled(root: Node, schema: Json | undefined, depth: number): Json {
  const one = followed(root, schema);
  const first = [
    one['example'],
    firstOf(one['examples']),
    one['default'],
    one['const'],
    firstOf(one['enum']),
  ].find((value) => value !== undefined);
  if (first !== undefined) return first;
  const inner = firstOf(one['allOf']) ?? firstOf(one['anyOf']) ?? firstOf(one['oneOf']);
  if (inner !== undefined && depth < deepest) return filled(root, inner, depth + 1);
  switch (one['type']) {
    case 'integer':
    case 'number':
      return typeof one['minimum'] === 'number' ? one['minimum'] : 1;
    case 'boolean':
      return true;
    case 'array':
      return depth < deepest ? [filled(root, one['items'], depth + 1)] : [];
    case 'string':
      return one['format'] === 'date' ? '2024-01-01' : 'text';
    default: {
      const required = Array.isArray(one['required']) ? (one['required'] as readonly Json[]) : [];
      const properties = nodeAt(one, 'properties');
      if (depth >= deepest) return {};
      return Object.fromEntries(
        required.map((key) => [String(key), filled(root, properties[String(key)], depth + 1)]),
      );
    }
  }
}

function firstOf(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[])[0] : undefined;
}

/** What a `$ref` inside the document stands for; the thing itself where there is none. */
function followed(root: Node, value: Json | undefined): Node {
  let at: Json | undefined = value;
  for (let step = 0; step < 20; step += 1) {
    const ref = isNode(at) ? at['$ref'] : undefined;
    if (typeof ref !== 'string') return isNode(at) ? at : {};
    if (!ref.startsWith('#/')) return {};
    at = ref
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>((node, key) => (isNode(node) ? node[key] : undefined), root);
  }
  return {};
}

function nodeAt(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : {};
}

function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
