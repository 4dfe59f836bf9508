import * as z from 'zod';
import { ereProblem, heldAgainst, shapeProblem } from './regex.ts';
import { outcomeShapes } from '../answers/schema.ts';
import { captureName, comparatorsShape, jsonPathSchema, jsonSchema } from './comparators.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const text = z.string().min(1);

/** Where something is sent: an endpoint of the profile, or service, method and path. `{name}` in a value is a captured one. */
const target = {
  endpoint: text.optional(),
  service: text.optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  path: text.regex(/^\/\S*$/, { error: 'starts with a slash and holds no white space' }).optional(),
  /** What the variables of the address stand for. */
  params: z.record(z.string(), scalar).optional(),
  query: z.record(z.string(), scalar).optional(),
} as const;

const request = z.strictObject({
  ...target,
  /** A row of the profile that fills the endpoint's payload; default: that of the scenario. */
  calibration: text.optional(),
  /** As in a trigger: merged over the payload, in its place, keys taken away. A text that is just `{name}` is the captured value. */
  body: z.record(z.string(), jsonSchema).optional(),
  payload: jsonSchema.optional(),
  omit: z.array(text).min(1).optional(),
});

const expectation = z.strictObject({ path: jsonPathSchema, ...comparatorsShape });
/** One expectation, or several that must all hold. */
const expectations = z.union([expectation, z.array(expectation).min(1)]);
const seconds = z.number().positive().max(86_400);

const poll = z.strictObject({
  ...target,
  until: expectations,
  /** States in which there is nothing left to wait for; default: the terminal states of the operation. */
  ends: expectations.optional(),
  every: seconds.optional(),
  within: seconds,
});

const hold = z.strictObject({
  ...target,
  while: expectations,
  every: seconds.optional(),
  for: seconds,
});

const capture = z.strictObject({
  name: captureName,
  path: jsonPathSchema,
  text: text.optional(),
  /** jq regular expression. */
  matches: heldAgainst(text, shapeProblem).optional(),
});

const repeat = z.strictObject({
  times: z.number().int().min(2).max(50),
  /** Places that are the same in each round, or other ones in each. */
  same: z.array(jsonPathSchema).min(1).optional(),
  differs: z.array(jsonPathSchema).min(1).optional(),
  /** Numbers that lie close together: any two rounds at most so far apart. */
  near: z
    .array(
      z
        .strictObject({
          path: jsonPathSchema,
          within: z.number().min(0).optional(),
          percent: z.number().min(0).optional(),
        })
        .refine(({ within, percent }) => (within === undefined) !== (percent === undefined), {
          error: 'needs within or percent, such as { path: .seconds, within: 1 }',
        }),
    )
    .min(1)
    .optional(),
});

const line = z.strictObject({
  /** The service whose log is read; default: that of the first component of the flow. */
  service: text.optional(),
  /** Fixed text of the line; `{name}` stands for what was captured before. */
  present: text,
  /** What stands behind the text: a capture, and a POSIX extended regular expression of its value. */
  takes: z.strictObject({ name: captureName, matches: heldAgainst(text, ereProblem) }),
});

const idPattern = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: 'an id such as model-saved (lower case, digits, dashes)',
});

/** What must hold of all looks of a poll or hold together: one point each, by exactly one of the rules. */
export const seriesRules = {
  /** So many different numbers at least. */
  distinct: z.number().int().min(2).optional(),
  neverOver: z.number().optional(),
  endsAt: z.number().optional(),
  /** One look at least lies strictly between the two. */
  between: z.tuple([z.number(), z.number()]).optional(),
  /** `true`, or the highest number from which one known restart is no fall. */
  neverFalls: z.union([z.literal(true), z.strictObject({ restart: z.number() })]).optional(),
  steady: z.literal(true).optional(),
  /** One look at least shows this. */
  passesThrough: jsonSchema.optional(),
  /** Each look shows one of these, never one before another that was seen. */
  phases: z.array(jsonSchema).min(2).optional(),
} as const;

const series = z
  .strictObject({
    path: jsonPathSchema,
    id: idPattern.optional(),
    text: text.optional(),
    means: text.optional(),
    at: text.optional(),
    ...seriesRules,
  })
  .refine((one) => Object.keys(seriesRules).filter((rule) => rule in one).length === 1, {
    error: `needs exactly one of ${Object.keys(seriesRules).join(', ')}`,
  });

const { response } = outcomeShapes;
/** What must hold of the reply: one point. */
const expected = z
  .strictObject({
    ...response.shape,
    id: idPattern.optional(),
    text: text.optional(),
    means: text.optional(),
  })
  .refine(
    ({ status, path, header }) =>
      status !== undefined || path !== undefined || header !== undefined,
    { error: 'needs a status, a header or a path, such as { status: 400 }' },
  );

/** The fields of a step that a person added; its id is also the name of its reply. */
export const extraStepShape = {
  title: text.optional(),
  /** The reply after whose step it stands; default: at the end, before logs and files are looked at. */
  after: text.optional(),
  /** The component of the flow that answers for it. */
  at: text.optional(),
  request: request.optional(),
  poll: poll.optional(),
  hold: hold.optional(),
  /** A line of a log that tells what later steps need, such as the id that something has elsewhere. */
  line: line.optional(),
  /** The request again and again, each round with its own points; and what must hold of all rounds together. */
  repeat: repeat.optional(),
  /** What must hold of all looks of the poll or hold. */
  series: z.array(series).min(1).optional(),
  captures: z.array(capture).min(1).optional(),
  expect: z.array(expected).min(1).optional(),
  /** What undoes that which the step started or changed; carried out on every exit. */
  cleanup: z.strictObject({ ...target, text: text.optional() }).optional(),
  /** The request that brings back what this one changed; the like of cleanup, but it must be answered with 2xx. */
  restore: request.extend({ text: text.optional() }).optional(),
} as const;

const { after: _after, ...withoutPlace } = extraStepShape;
/** A step before all others: what must be so for the scenario, and is brought back after it. */
export const setupStep = z.strictObject({
  id: idPattern,
  text: text.optional(),
  means: text.optional(),
  ...withoutPlace,
});

/** Another scenario whose steps come first, up to a reply; its names get a prefix. */
export const use = z.union([
  text,
  z.strictObject({
    scenario: text,
    /** The prefix of its names; default: its slug. */
    as: idPattern.optional(),
    /** The last reply that is wanted; default: all steps. */
    until: text.optional(),
    /** Taken from that reply, under names of your own. */
    captures: z.array(capture).min(1).optional(),
  }),
]);

/** Why a permission is needed, by permission. */
export const needsShape = z.strictObject({
  destructive: text.optional(),
  cost: text.optional(),
  external: text.optional(),
});

/** Names of what only one run at a time may touch. */
export const lockNames = z
  .array(
    z.string().regex(/^[a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?$/, {
      error: 'a name such as ib, or log:backend',
    }),
  )
  .min(1);

/** An id of a criterion or step that a person added. */
export const additionId = idPattern;
/** Where a step sends something, as a person says it. */
export type Addressed = z.infer<z.ZodObject<typeof target>>;
/** The request of a step that a person added. */
export type ExtraRequest = z.infer<typeof request>;
/** One or several expectations of a poll or hold. */
export type Expectations = z.infer<typeof expectations>;
/** A step that a person added, before the others or among them. */
export type ExtraStep = z.infer<typeof setupStep> & {
  readonly after?: string | undefined;
  /** Captures that only compare the rounds of a step. */
  readonly watched?: readonly z.infer<typeof capture>[];
};
