import * as z from 'zod';
import { jsonPathSchema } from '../../scenario/comparators.ts';
import { anyOfAll, endpointName, expectation, name, source, text, variable } from './words.ts';

const evidence = z.strictObject({
  id: name,
  text,
  ...expectation.shape,
  /** In place of a comparator: within this many percent of the calibrated samples. */
  samplesWithinPercent: z.number().positive().optional(),
  /** Marks a sanity check: what its failing means. */
  means: text.optional(),
  /** Only in this value of the operation's mode. */
  mode: text.optional(),
  source,
});

/** A name by which later sightings speak of what was taken. */
const capture = z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'a name such as worker_id' });

const sighting = z.strictObject({
  id: name,
  text,
  /** The component of the flow at which the entity is seen. */
  at: name,
  mode: text.optional(),
  /** Seen in a reply… */
  endpoint: endpointName.optional(),
  query: text.optional(),
  /** The capture that is its id there, where it isn't the operation's own. */
  as: capture.optional(),
  /** …where this path equals that id… */
  path: jsonPathSchema.optional(),
  /** …or in a line of the service's log; `{id}`, or what an earlier sighting took, stands for an id. */
  log: z
    .strictObject({
      service: name,
      present: text,
      /** What stands behind the text: the id that it has elsewhere. */
      takes: z.strictObject({ capture, matches: text }).optional(),
    })
    .optional(),
  source,
});

export const operation = z.strictObject({
  title: text,
  domain: name,
  /** The service that runs it, and the component that does the work. */
  service: name,
  worker: name,
  id: z.strictObject({ path: jsonPathSchema, matches: text, source }),
  /** How one is found that a command started without telling its id. */
  find: z
    .strictObject({
      /** Endpoint that lists operations, newest first, and the query that narrows it. */
      endpoint: endpointName,
      query: text.optional(),
      /** Path of the list, and in each item of the id. */
      items: jsonPathSchema,
      id: jsonPathSchema,
      /** What an item must hold; `{symbol}` stands for that parameter. */
      match: z.array(expectation).min(1),
      /** What the operation's own state must hold. */
      record: z.array(expectation).default([]),
      source,
    })
    .optional(),
  /** Endpoint that tells its state, with `{id}` in its path. */
  get: endpointName,
  /** Endpoint that cancels it, with `{id}` in its path. */
  cancel: endpointName,
  state: z.strictObject({
    path: jsonPathSchema,
    waiting: z.array(text).default([]),
    running: z.array(text).min(1),
    completed: z.array(text).min(1),
    failed: z.array(text).min(1),
    cancelled: z.array(text).min(1),
    source,
  }),
  progress: z.strictObject({
    path: jsonPathSchema,
    /** The value at the end: 100 for percent, 1 for a fraction. */
    full: z.number().positive(),
    /** The one known fall: progress may start again once, from at most this value. */
    restart: z.strictObject({ from: z.number(), reason: text, source }).optional(),
  }),
  error: z.strictObject({ path: jsonPathSchema }),
  /** Seconds between two looks, and the seconds until a started operation is seen running. */
  every: z.number().positive(),
  startsWithin: z.number().positive(),
  cancellation: z.strictObject({
    /** What the reply to the cancel must hold. */
    acknowledged: z.strictObject({ status: z.number().int(), expect: z.array(expectation).min(1) }),
    /** The terminal states that count, each with its right reason. */
    allowed: anyOfAll,
    /** Seconds until one of them must be reached, and for which it must hold. */
    within: z.number().positive(),
    settle: z.number().positive(),
    /** jq regular expression of a refusal that says that the operation completed before the cancel arrived. */
    tooLate: text.optional(),
    source,
  }),
  /** The mode in which it runs (a key of `modes`). */
  mode: name.optional(),
  evidence: z.array(evidence).min(1),
  sightings: z.array(sighting).default([]),
  source,
  note: text.optional(),
});

const modeValue = z.strictObject({
  title: text,
  /** Seen in the operation's own state; none where no reply tells it. */
  expect: z.array(expectation).default([]),
  /** Services that must not answer in this mode. */
  down: z.array(name).default([]),
  /** How to bring the system into this mode. */
  cure: text,
  source,
});

/** A way in which the system can be set up, and the values that there are. A scenario names them in `requires`. */
export const mode = z.strictObject({
  title: text,
  default: text,
  /**
   * The variable that says which value the system has, where no reply tells it before the start. Who brings the system into another
   * mode than the default sets it too; the sandbox's env file does.
   */
  variable: variable.optional(),
  values: z.record(name, modeValue),
});

/** The contract of one kind of long-running operation. */
export type Operation = z.infer<typeof operation>;
