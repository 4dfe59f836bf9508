import * as z from 'zod';

/** Any JSON value. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON value from outside, as it is. */
export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonSchema),
    z.record(z.string(), jsonSchema),
  ]),
);

const pathPattern = /^(?:\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\]|\.?\["(?:[^"\\]|\\.)*"\])+$/;

/** A place in a JSON body: `.a.b[0]["k"]`, data and never a program (contract, section 2). */
export const jsonPathSchema = z.string().regex(pathPattern, {
  error:
    'is not a path into JSON; write .data.status or .items[0]["odd key"]: a path is data, not a program',
});

/** The comparators of the contract; all that are given must hold. */
export const comparatorsShape = {
  equals: jsonSchema.optional(),
  in: z.array(jsonSchema).min(1).optional(),
  /** A jq regular expression for fields. */
  matches: z.string().min(1).optional(),
  /** One element of a list equals this. */
  contains: jsonSchema.optional(),
  exists: z.boolean().optional(),
  gt: z.number().optional(),
  gte: z.number().optional(),
  lt: z.number().optional(),
  lte: z.number().optional(),
} as const;

/** Names of the comparators, in the order in which they are written. */
const comparatorNames = Object.keys(comparatorsShape) as readonly (keyof typeof comparatorsShape)[];

/** One comparator with its value, as it stands in a script. */
export interface Comparison {
  readonly name: (typeof comparatorNames)[number] | 'lacks' | 'same-as';
  readonly value: Json;
}

/** The comparisons that an object with comparator keys holds, in a fixed order. */
export function comparisonsOf(source: { readonly [key: string]: unknown }): readonly Comparison[] {
  return comparatorNames.flatMap((name) => {
    const value = source[name] as Json | undefined;
    return value === undefined ? [] : [{ name, value }];
  });
}
