import { Told } from '../errors.ts';
import { isMapping, type Mapping } from '../mapping.ts';
import type { Json } from '../scenario/comparators.ts';

/** A value that a document shows for a schema, and the required fields for which it shows none. */
export interface Sample {
  readonly value?: Json;
  /** Dotted paths below the schema. */
  readonly missing: readonly string[];
}

/** Deeper, a schema only repeats itself. */
const deepest = 8;
const none: Sample = { missing: [''] };

/** The value as a mapping; an empty one where it is none. */
export function mappingOf(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/** What stands where a `$ref` of the same document points (`#/components/schemas/Order`); anything else as it is. */
export function dereferenced(value: unknown, document: Mapping, depth = 0): Mapping {
  const mapping = mappingOf(value);
  const ref = mapping['$ref'];
  if (typeof ref !== 'string' || depth > deepest) return mapping;
  if (!ref.startsWith('#'))
    throw new Told(`the document refers to ${ref}, outside of it, where nothing is fetched from`, {
      code: 'usage',
      where: '--from-openapi',
      cure: 'name a document that holds all its parts (bundle it first)',
    });
  if (!ref.startsWith('#/')) return {};
  const found = ref
    .slice(2)
    .split('/')
    .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => {
      const inside = mappingOf(at);
      return Object.hasOwn(inside, key) ? inside[key] : undefined;
    }, document);
  return dereferenced(found, document, depth + 1);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * What a document shows for a media type or a parameter: its own example, else what its schema gives: examples,
 * defaults, the only or first allowed value. Of an object the required fields and those that have an example. Nothing
 * is made up: what has no value is `missing`.
 */
export function sampleOf(shown: Mapping, document: Mapping): Sample {
  if ('example' in shown) return { value: shown['example'] as Json, missing: [] };
  const [first] = Object.values(mappingOf(shown['examples']));
  const named = dereferenced(first, document);
  if ('value' in named) return { value: named['value'] as Json, missing: [] };
  return schemaSample(shown['schema'], document, []);
}

/** @param above the schemas that this one stands in: one that needs itself has no value. */
function schemaSample(given: unknown, document: Mapping, above: readonly Mapping[]): Sample {
  const node = dereferenced(given, document);
  if (above.length > deepest || above.includes(node)) return none;
  const inside = [...above, node];
  const schema = merged(node, document, []);
  const told = toldBy(schema);
  if (told !== undefined) return { value: told, missing: [] };
  const options = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(options)) {
    const other = options.find((one) => dereferenced(one, document)['type'] !== 'null') as unknown;
    return schemaSample(other, document, inside);
  }
  if (schema['properties'] !== undefined) return objectSample(schema, document, inside);
  if (schema['items'] === undefined) return none;
  const { value, missing } = schemaSample(schema['items'], document, inside);
  return value === undefined || missing.length > 0 ? none : { value: [value], missing: [] };
}

function objectSample(schema: Mapping, document: Mapping, above: readonly Mapping[]): Sample {
  const required = new Set(listOf(schema['required']));
  const value: Record<string, Json> = {};
  const missing: string[] = [];
  for (const [key, property] of Object.entries(mappingOf(schema['properties']))) {
    const isRequired = required.has(key);
    const shape = dereferenced(property, document);
    if (shape['readOnly'] === true || (!isRequired && !hasExample(shape))) continue;
    const sample = schemaSample(shape, document, above);
    if (sample.value !== undefined) value[key] = sample.value;
    missing.push(...sample.missing.map((path) => (path === '' ? key : `${key}.${path}`)));
  }
  return { value, missing };
}

/** A schema with the parts of its `allOf` in it; the later part wins. */
function merged(schema: Mapping, document: Mapping, above: readonly Mapping[]): Mapping {
  const parts = schema['allOf'];
  if (!Array.isArray(parts) || above.includes(schema) || above.length > deepest) return schema;
  return parts
    .map((part) => merged(dereferenced(part, document), document, [...above, schema]))
    .concat({ ...schema, allOf: undefined })
    .reduce<Mapping>((all, part) => {
      const required = [...listOf(all['required']), ...listOf(part['required'])];
      const inner = { ...mappingOf(all['properties']), ...mappingOf(part['properties']) };
      return {
        ...all,
        ...part,
        required,
        ...(Object.keys(inner).length > 0 && { properties: inner }),
      };
    }, {});
}

function toldBy(schema: Mapping): Json | undefined {
  const [example] = listOf(schema['examples']);
  const [allowed] = listOf(schema['enum']);
  return [schema['example'], example, schema['default'], schema['const'], allowed].find(
    (one) => one !== undefined && one !== null,
  ) as Json | undefined;
}

function hasExample(schema: Mapping): boolean {
  return (schema['example'] ?? undefined) !== undefined || listOf(schema['examples']).length > 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
