import * as z from 'zod';

/** The keys that a schema knows for an object at this place; of alternatives, those of all. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [first, ...rest] = path;
  const inner = alternatives(schema);
  if (first === undefined) return [...new Set(inner.flatMap(ownKeys))];
  return [
    ...new Set(inner.flatMap((one) => below(one, first).flatMap((next) => keysAt(next, rest)))),
  ];
}

function ownKeys(schema: z.ZodType): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

/** What stands at a key or an index. */
function below(schema: z.ZodType, key: PropertyKey): readonly z.ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  if (!(schema instanceof z.ZodObject)) return [];
  const next = (schema.shape as { readonly [key: PropertyKey]: z.ZodType | undefined })[key];
  return next === undefined ? [] : [next];
}

/** Without what only says that it may be absent, and each alternative of a union. */
function alternatives(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodDefault) return alternatives(schema.def.innerType as z.ZodType);
  if (schema instanceof z.ZodUnion)
    return (schema.options as readonly z.ZodType[]).flatMap(alternatives);
  return [schema];
}
