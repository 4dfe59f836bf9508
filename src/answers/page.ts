import * as z from 'zod';
import { comparatorsShape } from '../scenario/comparators.ts';
import { anyText, shortText, typed } from './texts.ts';

const css = typed('a CSS selector such as "#start"', 500);
const atMost = z.number().positive().max(3_600);

/** What a person reads (a button's name, a text), or a CSS selector. */
const clickTarget = z.union([anyText, z.strictObject({ css })]);

const field = z.union([
  /** The label of the field, or its placeholder. */
  z.strictObject({ label: anyText, value: z.string().max(4_000) }),
  z.strictObject({ css, value: z.string().max(4_000) }),
]);

const awaited = z.union([
  anyText,
  /** Seconds of the system within which the text must be there (10 when absent). */
  z.strictObject({ text: anyText, within: atMost.optional() }),
]);

const action = z.union([
  z.strictObject({ click: clickTarget }),
  z.strictObject({ fill: field }),
  z.strictObject({ waitFor: awaited }),
]);

/** Keys of an action, each with an example. */
export const actionExamples = {
  click: 'click: Place order',
  fill: 'fill: { label: Loaves, value: "3" }',
  waitFor: 'waitFor: Order placed',
} as const;

/** What a person does on a page. */
export const uiTrigger = z.strictObject({
  kind: z.literal('ui'),
  /** A page of the profile, or the path of one. */
  page: shortText.refine((page) => !/\s/.test(page), {
    error: 'holds white space; write it percent-encoded (%20)',
  }),
  actions: z
    .array(action, {
      error: () => `must be a list of what is done on the page, such as - ${actionExamples.click}`,
    })
    .max(100)
    .optional(),
  /** The endpoint that the page asks to start an operation, where it does; else that of the calibration row. */
  starts: shortText.optional(),
});

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const status = z.number().int().min(100).max(599);
const { in: oneOf, gt, gte, lt, lte } = comparatorsShape;

/** What is seen of a page: its text in the end, and the requests that it made. */
export const uiOutcomeShape = {
  /** A text that the page shows, or must not show, when all actions are done. */
  text: z
    .union([anyText, z.strictObject({ present: anyText }), z.strictObject({ absent: anyText })])
    .optional(),
  request: z
    .strictObject({
      method: z.enum(methods).optional(),
      /** With `{…}` for a part that may be anything. */
      path: typed('a path such as /orders', 2_000).refine((path) => path.startsWith('/'), {
        error: 'must start with a slash, such as /orders',
      }),
      status: z
        .union([status, z.array(status).min(1), z.strictObject({ in: oneOf, gt, gte, lt, lte })])
        .optional(),
    })
    .optional(),
} as const;

/** One thing that is done on a page. */
export type AnsweredAction = z.infer<typeof action>;
