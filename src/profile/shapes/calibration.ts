import * as z from 'zod';
import { category, date, endpointName, locks, name, needs, source, text } from './words.ts';

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

export const calibrationModel = z.strictObject({
  parameters: z.record(name, parameter),
  estimator,
  /** Seconds that n samples take: base + n/1000 × perThousand, each a range. */
  duration: z.strictObject({ base: seconds, perThousand: seconds }),
  /** What a sample is called in messages: samples, bars, rows. */
  unit: text,
});

export const calibrationRow = z.strictObject({
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
  /** What using it asks for. */
  needs: needs.optional(),
  locks,
  /** Why this data. */
  why: text,
  /** What the seed says, where the truth differs. */
  note: text.optional(),
  source,
});

/** One row of the calibration tables. */
export type CalibrationRow = z.infer<typeof calibrationRow>;
/** Parameters, estimator and durations that a row, or the user's own parameters, are computed with. */
export type CalibrationModel = z.infer<typeof calibrationModel>;
