import * as z from 'zod';
import { comparatorsShape, jsonPathSchema, jsonSchema } from '../scenario/comparators.ts';

/** The five categories (product.md): the names are ours, what a profile says of them is data. */
export const categories = ['smoke', 'progress', 'cancellation', 'error', 'integration'] as const;
/** One of {@link categories}. */
export type Category = (typeof categories)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: 'a name such as order-worker (lower case, digits, dashes)',
});
const endpointName = z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, {
  error: 'an endpoint name such as orders.place',
});
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'a variable such as BAKERY_URL' });
const text = z.string().min(1);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, { error: 'a day such as 2024-02-29' });
const category = z.enum(categories);
/** Where a fact comes from: the seed, a recording, a section of a source document, a measured figure. */
const source = text;

/** `{ path, equals | in | matches | … }` on a JSON body. */
const expectation = z.strictObject({ path: jsonPathSchema, ...comparatorsShape });
/** Alternatives of which one must hold, each a list of expectations that must all hold. */
const anyOfAll = z.array(z.array(expectation).min(1)).min(1);

const health = z.strictObject({
  path: text,
  expect: z.array(expectation).min(1),
  /** How often a refused first look is repeated, and the seconds between. */
  retries: z.number().int().min(0).default(2),
  wait: z.number().positive().default(1),
  cure: text,
  source,
  note: text.optional(),
});

const noise = z.strictObject({
  /** POSIX extended regular expression of a line that may be there. */
  matches: text,
  reason: text,
  /** Categories and domains in which it is known noise; all when absent. */
  categories: z.array(category).optional(),
  domains: z.array(name).optional(),
  source,
});

const serviceLog = z.strictObject({
  /** `compose:<name>` or `file:<path>`. */
  default: text,
  /** A GET of `path` makes the service log `line`; both hold `{nonce}`. */
  beacon: z.strictObject({ path: text, line: text, source }).optional(),
  /** POSIX extended regular expression of the lines that tell of an error. */
  errors: text,
  noise: z.array(noise).default([]),
  cure: text,
  source,
});

const service = z.strictObject({
  title: text,
  purpose: text,
  /** The variable that holds its origin (`http://host:port`). */
  variable,
  default: z.url(),
  /** What the system's own command line reads for the same address. */
  ownVariable: variable.optional(),
  /** What that variable holds after the origin, such as `/api/v1`. */
  ownPath: text.optional(),
  health,
  log: serviceLog.optional(),
  /** Patterns of addresses that are production; scenarios do not run there. */
  production: z.array(text).default([]),
  source,
  note: text.optional(),
});

/** A part inside a service. Services are components too and are not listed again. */
const component = z.strictObject({
  title: text,
  /** The service in which it lives; its log checks and preflight are those of the service. */
  service: name,
});

const endpoint = z.strictObject({
  title: text,
  domain: name,
  service: name,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Path variables are written `{id}`. */
  path: text,
  query: text.optional(),
  /** Body; a text that is just `{symbol}` is replaced by that calibration parameter. */
  payload: jsonSchema.optional(),
  /** The operation contract that this endpoint starts. */
  starts: name.optional(),
  /** What a good reply looks like. */
  accepted: z.strictObject({ status: z.number().int(), expect: z.array(expectation).default([]) }),
  /** For an endpoint that answers at once: what must not be empty, and the real seconds within which it answers. */
  answer: z
    .strictObject({ nonEmpty: z.array(expectation).min(1), within: z.number().positive() })
    .optional(),
  /** What the body of a refusal with this status looks like here, in place of the service's own shape. */
  refusals: z
    .array(
      z.strictObject({ status: z.number().int(), expect: z.array(expectation).min(1), source }),
    )
    .default([]),
  /** The component of the flow that answers. */
  component: name.optional(),
  example: text.optional(),
  source,
  note: text.optional(),
});

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

const sighting = z.strictObject({
  id: name,
  text,
  /** The component of the flow at which the entity is seen. */
  at: name,
  mode: text.optional(),
  /** Seen in a reply… */
  endpoint: endpointName.optional(),
  query: text.optional(),
  /** …where this path equals the operation's id… */
  path: jsonPathSchema.optional(),
  /** …or in a line of the service's log; `{id}` stands for the operation's id. */
  log: z.strictObject({ service: name, present: text }).optional(),
  source,
});

const operation = z.strictObject({
  title: text,
  domain: name,
  /** The service that runs it, and the component that does the work. */
  service: name,
  worker: name,
  id: z.strictObject({ path: jsonPathSchema, matches: text, source }),
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
  /** Seen in the operation's own state. */
  expect: z.array(expectation).min(1),
  cure: text,
  source,
});

const seconds = z.strictObject({
  min: z.number().min(0),
  typical: z.number().min(0),
  max: z.number().min(0),
  source,
});

const parameter = z.strictObject({
  kind: z.enum(['text', 'choice', 'date', 'number']),
  title: text,
  choices: z.array(text).optional(),
  default: z.union([text, z.number()]).optional(),
  /** A date that must come after the date named here. */
  after: name.optional(),
});

/** How many samples some parameters give. */
const estimator = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('market-bars'),
    timeframe: name,
    start: name,
    end: name,
    /** Minutes of a bar by timeframe name. */
    minutes: z.record(z.string(), z.number().positive()),
    calendar: z.strictObject({
      /** UTC hours at which a trading week opens (on Sunday) and closes (on Friday). */
      opensSunday: z.number().min(0).max(24),
      closesFriday: z.number().min(0).max(24),
      /** Days of a year without trading, `MM-DD`. */
      holidays: z.array(z.string().regex(/^\d\d-\d\d$/)).default([]),
      /** Share of the bars of open hours that the data really holds, by timeframe (1 when absent), with the recorded count as its reason. */
      density: z.record(z.string(), z.number().positive()).default({}),
      /** Where older data hold fewer: the share before a day, by timeframe. */
      older: z
        .record(z.string(), z.strictObject({ before: date, density: z.number().positive() }))
        .default({}),
    }),
    source,
  }),
  z.strictObject({ kind: z.literal('rows'), parameter: name, source }),
  z.strictObject({ kind: z.literal('constant'), samples: z.number().int().min(0), source }),
]);

const calibrationModel = z.strictObject({
  parameters: z.record(name, parameter),
  estimator,
  /** Seconds that n samples take: base + n/1000 × perThousand, each a range. */
  duration: z.strictObject({ base: seconds, perThousand: seconds }),
  /** What a sample is called in messages: samples, bars, rows. */
  unit: text,
});

const calibrationRow = z.strictObject({
  title: text,
  domain: name,
  /** The model of `calibrationModels` that its parameters belong to. */
  model: name,
  parameters: z.record(name, z.union([z.string(), z.number()])),
  /** The endpoint that this data is for. */
  endpoint: endpointName,
  /** Categories that this row fits, best first. */
  fits: z.array(category).default([]),
  /** Count that was recorded, when one was. */
  recordedSamples: z.number().int().min(0).optional(),
  /** Seconds until the natural end, measured; a cancelled run takes its share of them. */
  seconds,
  /** Progress in percent at which a cancellation cancels. */
  cancelAt: z.number().gt(0).lt(100).optional(),
  /** Why this data. */
  why: text,
  /** What the seed says, where the truth differs. */
  note: text.optional(),
  source,
});

const classification = z.strictObject({
  verdict: z.enum(['misconfigured', 'blocked']),
  /** jq regular expression on the body's text. */
  matches: text,
  cure: text,
  source,
});

const leak = z.strictObject({
  id: name,
  text,
  /** jq regular expression that no text in a reply may match. */
  lacks: text,
  source,
});

const logPattern = z.strictObject({
  id: name,
  kind: z.enum(['success', 'error']),
  service: name,
  /** Fixed text, or a POSIX extended regular expression. */
  present: text.optional(),
  matches: text.optional(),
  /** When it is there. */
  when: text,
  mode: text.optional(),
  source,
  note: text.optional(),
});

const trouble = z.strictObject({
  id: name,
  symptom: text,
  cause: text,
  cure: z.array(text).min(1),
  /** Domains in which it can happen; all when absent. */
  domains: z.array(name).optional(),
  source,
});

const cliCommand = z.strictObject({
  id: name,
  title: text,
  argv: z.array(text).min(1),
  note: text.optional(),
  source,
});

/** A system under test, as data: what `profiles/<name>/*.yaml` holds together. Facts only; every one names its source. */
export const profileSchema = z.strictObject({
  schema: z.literal(1),
  name,
  title: text,
  versions: z.strictObject({
    default: name,
    known: z.record(name, z.strictObject({ title: text, source })),
  }),
  domains: z.record(name, z.strictObject({ title: text })),
  categories: z.record(
    category,
    z.strictObject({
      title: text,
      when: text,
      example: text,
      /** Data whose shortest duration is below this many seconds is too small for the category. */
      atLeastSeconds: z.number().positive().optional(),
      tooSmall: text.optional(),
      source,
    }),
  ),
  /** Commands that some scenarios need, and how to get them; looked up by name, never needed by all. */
  tools: z.array(z.strictObject({ name: text, cure: text })).default([]),
  variables: z
    .array(
      z.strictObject({
        name: variable,
        purpose: text,
        default: text.optional(),
        secret: z.boolean().default(false),
      }),
    )
    .default([]),
  services: z.record(name, service),
  components: z.record(name, component).default({}),
  endpoints: z.record(endpointName, endpoint),
  operations: z.record(name, operation).default({}),
  modes: z
    .record(name, z.strictObject({ title: text, default: text, values: z.record(name, modeValue) }))
    .default({}),
  calibrationModels: z.record(name, calibrationModel).default({}),
  calibrations: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/), calibrationRow)
    .default({}),
  classify: z.array(classification).default([]),
  unknownRoute: z
    .array(z.strictObject({ status: z.number().int(), matches: text, source }))
    .default([]),
  /** What the body of a refusal looks like, by service and status, each pair once. */
  refusals: z
    .array(
      z.strictObject({
        service: name,
        status: z.number().int(),
        expect: z.array(expectation).min(1),
        source,
      }),
    )
    .default([]),
  leaks: z.array(leak).min(1),
  logPatterns: z.array(logPattern).default([]),
  troubleshooting: z.array(trouble).default([]),
  /** What must be there beside the services, for the document. */
  prerequisites: z.array(z.strictObject({ domain: name.optional(), text, source })).default([]),
  cli: z.array(cliCommand).default([]),
  /** Where the source document and the services disagree: what it says, what is true. */
  differences: z.array(z.strictObject({ says: text, truth: text, source })).default([]),
});

/** A parsed profile. */
export type Profile = z.infer<typeof profileSchema>;
/** The contract of one kind of long-running operation. */
export type Operation = z.infer<typeof operation>;
/** One row of the calibration tables. */
export type CalibrationRow = z.infer<typeof calibrationRow>;
/** Parameters, estimator and durations that a row, or the user's own parameters, are computed with. */
export type CalibrationModel = z.infer<typeof calibrationModel>;
/** One endpoint. */
export type Endpoint = z.infer<typeof endpoint>;
/** `{ path, comparators }` of a profile. */
export type Expectation = z.infer<typeof expectation>;
