import * as z from 'zod';
import { ereProblem, heldAgainst, shapeProblem } from '../scenario/regex.ts';
import { categories } from '../profile/schema.ts';
import { comparatorsShape, jsonPathSchema, jsonSchema, size } from '../scenario/comparators.ts';
import { uiOutcomeShape, uiTrigger } from './page.ts';
import { anyText, controls, shortText, typed } from './texts.ts';

/** What a field that isn't there, or is of another kind, should have been. */
function missing(what: string) {
  return (issue: { readonly input?: unknown }): string =>
    issue.input === undefined ? `is missing: ${what}` : `must be ${what}`;
}

/** A field that is text although it looks like a number: `4.5`, `1.10`, `010`. */
const spelled = typed('a text such as "M6" or "4.5"', 60);

const commandLine = z.union([
  z.array(z.string().refine((word) => !controls.test(word), 'holds a control character')).min(1),
  anyText,
]);

const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const apiTrigger = z.strictObject({
  kind: z.literal('api'),
  /** An endpoint of the profile; or method and path. */
  endpoint: shortText.optional(),
  method: z.enum(httpMethods).optional(),
  path: typed('a path such as /api/v1/health', 2_000)
    .refine((path) => path.startsWith('/'), {
      error: 'must start with a slash, such as /api/v1/health',
    })
    .refine((path) => !/\s/.test(path), {
      error: 'holds white space; write it percent-encoded (%20)',
    })
    .optional(),
  params: z.record(z.string(), z.union([anyText, z.number(), z.boolean()])).optional(),
  /** Merged over the calibrated payload: objects deep, lists replaced. */
  body: z.record(z.string(), jsonSchema).optional(),
  /** Replaces the payload exactly. */
  payload: jsonSchema.optional(),
  omit: z.array(shortText).min(1).optional(),
});

const cliTrigger = z.strictObject({
  kind: z.literal('cli'),
  command: commandLine,
  /** Seconds after which the command is ended; it must end by itself before. */
  within: z.number().positive().max(3_600).optional(),
});

/** Kinds of trigger that can be used. */
export const triggerKinds = ['api', 'cli', 'ui'] as const;

const place = {
  /** Which reply, step or capture: `start`, `final`, … (default: what the category looks at). */
  of: shortText.optional(),
  /** The component of the flow that answers for it. */
  at: shortText.optional(),
} as const;

const responseOutcome = z
  .strictObject({
    status: z
      .union([z.number().int().min(100).max(599), z.array(z.number().int()).min(1)])
      .optional(),
    header: shortText.optional(),
    path: jsonPathSchema.optional(),
    ...comparatorsShape,
    ...place,
  })
  .refine(
    (value) => value.status !== undefined || value.path !== undefined || value.header !== undefined,
    {
      error: 'needs a status, a header or a path, such as { status: 422 }',
    },
  );

const stateOutcome = z.strictObject({ path: jsonPathSchema, ...comparatorsShape, ...place });

const logOutcome = z
  .strictObject({
    service: shortText,
    present: anyText.optional(),
    absent: anyText.optional(),
    matches: heldAgainst(anyText, ereProblem).optional(),
    ...place,
  })
  .refine(
    (value) =>
      [value.present, value.absent, value.matches].filter((one) => one !== undefined).length === 1,
    {
      error:
        'needs exactly one of present, absent (fixed text) and matches (extended regular expression)',
    },
  )
  .refine((value) => !/\n/.test(value.present ?? value.absent ?? value.matches ?? ''), {
    error: 'holds a line break; a log is judged line by line',
  });

const fileOutcome = z
  .strictObject({
    path: typed('a path', 1_000),
    /** The service whose file it is, such as one in its container; the profile says how it is read. */
    in: shortText.optional(),
    exists: z.literal(true).optional(),
    newer: z.boolean().optional(),
    minBytes: z.number().int().min(0).optional(),
    /** A place in what it holds: JSON, or CSV and YAML, by the end of its name. */
    value: z.strictObject({ path: jsonPathSchema, ...comparatorsShape }).optional(),
    /** How many rows a CSV has below its header. */
    rows: size.optional(),
    ...place,
  })
  .refine(({ path, rows }) => rows === undefined || path.endsWith('.csv'), {
    error: 'rows are those of CSV: the path must end in .csv',
    path: ['rows'],
  });

const streamCheck = z.union([
  anyText,
  z.strictObject({
    matches: heldAgainst(anyText, shapeProblem).optional(),
    equals: z.string().optional(),
  }),
]);

const cliOutcome = z
  .strictObject({
    exitCode: z.number().int().min(0).max(255).optional(),
    stdout: streamCheck.optional(),
    stderr: streamCheck.optional(),
    ...place,
  })
  .refine(
    (value) =>
      value.exitCode !== undefined || value.stdout !== undefined || value.stderr !== undefined,
    {
      error: 'needs exitCode, stdout or stderr, such as { exitCode: 0 }',
    },
  );

const uiOutcome = z
  .strictObject({ ...uiOutcomeShape, ...place })
  .refine((value) => value.text !== undefined || value.request !== undefined, {
    error: 'needs a text or a request, such as { text: Order placed }',
  });

const manualOutcome = z.union([anyText, z.strictObject({ text: anyText, ...place })]);

const databaseOutcome = z.strictObject({
  /** One SELECT, without a semicolon. */
  query: typed('a query such as SELECT count(*) FROM orders', 4_000)
    .refine((query) => /^\s*(?:select|with)\b/i.test(query), {
      error: 'is no SELECT: a database is looked at, and never changed',
    })
    .refine((query) => !query.includes(';'), {
      error: 'holds a semicolon: write one query, without it',
    }),
  /** Which database of the profile, where it has several. */
  database: shortText.optional(),
  /** On the number of rows; the comparators beside it are on the single value. */
  rows: z.strictObject(comparatorsShape).optional(),
  ...comparatorsShape,
  ...place,
});

/** What an alternative of `anyOf` can be: what is judged without acting, so that it may also not be there. */
const alternative = z.union([
  z.strictObject({ response: responseOutcome, ...place }),
  z.strictObject({ state: stateOutcome, ...place }),
  z.strictObject({ cli: cliOutcome, ...place }),
  z.strictObject({ log: logOutcome, ...place }),
]);

/** One of them must hold; an alternative that is a list holds when all of it does. */
const anyOfOutcome = z
  .array(z.union([alternative, z.array(alternative).min(1)]))
  .min(2, { error: 'holds fewer than two alternatives; write one outcome without anyOf' });

/** What can be observed, by kind. */
export const outcomeShapes = {
  response: responseOutcome,
  state: stateOutcome,
  log: logOutcome,
  file: fileOutcome,
  cli: cliOutcome,
  ui: uiOutcome,
  manual: manualOutcome,
  database: databaseOutcome,
  anyOf: anyOfOutcome,
} as const;

/** Kinds of outcome that may stand in `anyOf`. */
export const alternativeKinds = ['response', 'state', 'cli', 'log'] as const;

/** Kinds of outcome that can be used. */
export const outcomeKinds = Object.keys(outcomeShapes) as readonly (keyof typeof outcomeShapes)[];

const outcome = z.union([
  z.strictObject({ response: responseOutcome, ...place }),
  z.strictObject({ state: stateOutcome, ...place }),
  z.strictObject({ log: logOutcome, ...place }),
  z.strictObject({ file: fileOutcome, ...place }),
  z.strictObject({ cli: cliOutcome, ...place }),
  z.strictObject({ ui: uiOutcome, ...place }),
  z.strictObject({ manual: manualOutcome, ...place }),
  z.strictObject({ database: databaseOutcome, ...place }),
  z.strictObject({ anyOf: anyOfOutcome, ...place }),
]);

/** Fields of the answers, one by one, so that everything wrong can be told at once. */
export const answersShape = {
  name: typed('a name such as "Order Cancellation"', 120),
  domain: typed('a domain of the profile, such as orders', 200),
  category: z.enum(categories),
  purpose: typed('one sentence', 500).optional(),
  trigger: z.discriminatedUnion('kind', [apiTrigger, cliTrigger, uiTrigger], {
    error: missing('kind: api and an endpoint, such as { kind: api, endpoint: orders.place }'),
  }),
  flow: z
    .array(shortText)
    .min(1, { error: 'names no component; list them in order, such as [backend]' }),
  outcome: z
    .array(outcome, {
      error: missing(
        'at least one thing that proves it worked, such as - response: { status: 200 }',
      ),
    })
    .min(1, {
      error:
        'is empty: say at least one thing that proves it worked, such as - response: { status: 200 }',
    }),
  calibration: z
    .union([shortText, z.record(z.string(), z.union([spelled, z.number()]))])
    .optional(),
  requires: z.record(z.string(), shortText).optional(),
  milestone: spelled.optional(),
  ref: spelled.optional(),
  accept: z
    .strictObject({
      calibration: anyText.optional(),
      /** Faults that may survive a proof, as the proof names them, each with the reason. */
      survivors: z.record(z.string(), anyText).optional(),
    })
    .optional(),
} as const;

/** What a person or agent said (contract, section 2). */
export const answersSchema = z.strictObject(answersShape);

/** Parsed answers. */
export type Answers = z.infer<typeof answersSchema>;
/** How a user sets it off. */
export type Trigger = Answers['trigger'];
/** One thing that proves it worked. */
export type Outcome = Answers['outcome'][number];
/** One of the alternatives of `anyOf`, or one part of it. */
export type Alternative = z.infer<typeof alternative>;
