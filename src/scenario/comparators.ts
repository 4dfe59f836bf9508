import * as z from 'zod';
import { heldAgainst, shapeProblem } from './regex.ts';

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

const pathPattern = /^(?:\.[A-Za-z_][A-Za-z0-9_]*|\.?\[\d+\]|\.?\["(?:[^"\\]|\\.)*"\])+$/;

/** A place in a JSON body: `.a.b[0]["k"]`, data and never a program (contract, section 2). */
export const jsonPathSchema = z.string().regex(pathPattern, {
  error:
    'is not a path into JSON; write .data.status or .items[0]["odd key"]: a path is data, not a program',
});

/** The name of a captured value. */
export const captureName = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: 'is no name of a capture; write lower case, digits and underscores, such as total_before',
});

/** A number, or one that was captured before. */
const bound = z.union([z.number(), z.strictObject({ capture: captureName })]);

const plainShape = {
  equals: jsonSchema.optional(),
  in: z.array(jsonSchema).min(1).optional(),
  /** A jq regular expression for fields. */
  matches: heldAgainst(z.string().min(1), shapeProblem).optional(),
  /** One element of a list equals this. */
  contains: jsonSchema.optional(),
  exists: z.boolean().optional(),
  gt: z.number().optional(),
  gte: z.number().optional(),
  lt: z.number().optional(),
  lte: z.number().optional(),
} as const;

/** How many elements a list, or members an object, has. */
export const size = z.union([
  z.number().int().min(0),
  z.strictObject(orders(bound)).refine((value) => Object.keys(value).length > 0, {
    error: 'needs a number, such as { gte: 1 }',
  }),
]);

const captureShape = {
  ...orders(bound),
  /** The value that was captured under this name, or any other. */
  sameAs: captureName.optional(),
  differsFrom: captureName.optional(),
  /** A number that lies so close to a captured one: within an amount, or within percent of it. */
  near: z
    .strictObject({
      capture: captureName,
      within: z.number().min(0).optional(),
      percent: z.number().min(0).optional(),
    })
    .refine(({ within, percent }) => (within === undefined) !== (percent === undefined), {
      error: 'needs within or percent, such as { capture: before, within: 1 }',
    })
    .optional(),
} as const;

/** A judgement on elements of a list: a place in each (the element itself when absent) and comparators. */
const elements = z
  .strictObject({ path: jsonPathSchema.optional(), ...plainShape, ...captureShape })
  .refine((value) => comparisonsOf(value).length > 0, {
    error: 'names no comparator; write such as { path: .status, equals: running }',
  });

const listShape = {
  size: size.optional(),
  /** Every element of a list that has one; one of its elements at least. */
  every: elements.optional(),
  some: elements.optional(),
} as const;

/** The comparators of a profile, which knows no captures. */
export const factShape = { ...plainShape, ...listShape } as const;

/** The comparators of the contract, and those that compare with what was captured; all that are given must hold. */
export const comparatorsShape = { ...factShape, ...captureShape } as const;

function orders<T extends z.ZodType>(value: T) {
  return {
    gt: value.optional(),
    gte: value.optional(),
    lt: value.optional(),
    lte: value.optional(),
  } as const;
}

/** How a comparator of a scenario or profile is called in a script, in the order in which they are written. */
const scriptNames = {
  equals: 'equals',
  in: 'in',
  matches: 'matches',
  contains: 'contains',
  exists: 'exists',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  sameAs: 'same-as',
  differsFrom: 'differs-from',
  near: 'near',
  size: 'size',
  every: 'every',
  some: 'some',
} as const;

/**
 * One comparator with its value as the scenario gives it: of `gt` and its kin a number or `{capture}`, of `near`, `size`, `every`
 * and `some` what stands behind them.
 */
export interface Comparison {
  readonly name: (typeof scriptNames)[keyof typeof scriptNames] | 'lacks';
  readonly value: Json;
}

/** The comparisons that an object with comparator keys holds, in a fixed order. */
export function comparisonsOf(source: { readonly [key: string]: unknown }): readonly Comparison[] {
  return Object.entries(scriptNames).flatMap(([key, name]) => {
    const value = source[key] as Json | undefined;
    return value === undefined ? [] : [{ name, value }];
  });
}

/** What `every` and `some` ask of an element: its place in it, and what must hold there. */
export function elementsOf(value: Json): {
  readonly path: string;
  readonly comparisons: readonly Comparison[];
} {
  const source = members(value);
  return {
    path: typeof source['path'] === 'string' ? source['path'] : '.',
    comparisons: comparisonsOf(source),
  };
}

/** What `size` asks of a count. */
export function sizesOf(value: Json): readonly Comparison[] {
  return typeof value === 'number' ? [{ name: 'equals', value }] : comparisonsOf(members(value));
}

/** The capture that a bound names; undefined where it is a number. */
export function boundCapture(value: Json): string | undefined {
  const name = members(value)['capture'];
  return typeof name === 'string' ? name : undefined;
}

/** How close `near` wants a number to be: an amount, or a share of the captured number in percent. */
export function nearness(value: Json): {
  readonly capture: string;
  readonly by: number;
  readonly percent: boolean;
} {
  const { capture, within, percent } = members(value);
  return {
    capture: String(capture),
    by: Number(within ?? percent ?? 0),
    percent: within === undefined,
  };
}

/** The names of the captures that a comparison compares with. */
export function capturesOf({ name, value }: Comparison): readonly string[] {
  switch (name) {
    case 'same-as':
    case 'differs-from':
      return [String(value)];
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const capture = boundCapture(value);
      return capture === undefined ? [] : [capture];
    }
    case 'near':
      return [nearness(value).capture];
    case 'size':
      return sizesOf(value).flatMap(capturesOf);
    case 'every':
    case 'some':
      return elementsOf(value).comparisons.flatMap(capturesOf);
    default:
      return [];
  }
}

function members(value: Json): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
