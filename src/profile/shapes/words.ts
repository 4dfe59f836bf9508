import * as z from 'zod';
import { factShape, jsonPathSchema } from '../../scenario/comparators.ts';

/** The five categories (product.md): the names are ours, what a profile says of them is data. */
export const categories = ['smoke', 'progress', 'cancellation', 'error', 'integration'] as const;
/** One of {@link categories}. */
export type Category = (typeof categories)[number];

export const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: 'a name such as order-worker (lower case, digits, dashes)',
});
export const endpointName = z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, {
  error: 'an endpoint name such as orders.place',
});
export const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'a variable such as BAKERY_URL' });
/** A text of some length. */
export const text = z.string().min(1);
export const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, { error: 'a day such as 2024-02-29' });
export const category = z.enum(categories);
/** Where a fact comes from: the seed, a recording, a section of a source document, a measured figure. */
export const source = z.string().min(1);

/** `{ path, equals | in | matches | … }` on a JSON body. */
export const expectation = z.strictObject({ path: jsonPathSchema, ...factShape });
/** What a person must allow before it is done, each with the reason. */
export const needs = z.strictObject({
  destructive: text.optional(),
  cost: text.optional(),
  external: text.optional(),
});
/** Names of what only one run at a time may touch. */
export const locks = z.array(name).default([]);
/** Alternatives of which one must hold, each a list of expectations that must all hold. */
export const anyOfAll = z.array(z.array(expectation).min(1)).min(1);
