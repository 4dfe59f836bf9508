import * as z from 'zod';
import { calibrationModel, calibrationRow } from './shapes/calibration.ts';
import { knownDefect } from './shapes/defect.ts';
import { endpoint } from './shapes/endpoint.ts';
import { mode, operation } from './shapes/operation.ts';
import { classification, cliCommand, leak, logPattern, page, trouble } from './shapes/pattern.ts';
import { component, service } from './shapes/service.ts';
import {
  category,
  endpointName,
  expectation,
  name,
  source,
  text,
  variable,
} from './shapes/words.ts';

/** A system under test, as data: what `profiles/<name>/*.yaml` holds together. Facts only; every one names its source. */
export const profileSchema = z.strictObject({
  schema: z.literal(1),
  name,
  title: text,
  versions: z.strictObject({
    default: name,
    /** The service whose health check tells the version. */
    service: name.optional(),
    known: z.record(
      name,
      z.strictObject({
        title: text,
        /** Seen in that health check; a scenario with `requires: { version: … }` is misconfigured where it isn't. */
        expect: z.array(expectation).default([]),
        /** Seen in the health checks of other services, for scenarios that don't speak to the first. */
        also: z.record(name, z.array(expectation).min(1)).default({}),
        /** What is otherwise in this version than in the default one, as a merge patch; written in `versions/<version>.yaml`. */
        changes: z.record(z.string(), z.unknown()).default({}),
        source,
      }),
    ),
  }),
  /** In the order in which the index shows them. */
  domains: z.record(
    name,
    z.strictObject({
      title: text,
      /** Legacy ids of this shape (a regular expression) are listed here, whatever their scenario's domain. */
      refs: text.optional(),
    }),
  ),
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
  modes: z.record(name, mode).default({}),
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
  /** What the system is known to do wrong, bound to the points that show it. */
  knownDefects: z.array(knownDefect).default([]),
  /** What must be there beside the services, for the document. */
  prerequisites: z.array(z.strictObject({ domain: name.optional(), text, source })).default([]),
  cli: z.array(cliCommand).default([]),
  /** Databases that can be asked, by psql; the variable holds `postgresql://user:password@host/name` and is a secret. */
  databases: z
    .record(name, z.strictObject({ title: text, variable, cure: text, source }))
    .default({}),
  /** Pages that a person uses. */
  pages: z.record(name, page).default({}),
  /** Where the source document and the services disagree: what it says, what is true. */
  differences: z.array(z.strictObject({ says: text, truth: text, source })).default([]),
});

/** A parsed profile. */
export type Profile = z.infer<typeof profileSchema>;
/** `{ path, comparators }` of a profile. */
export type Expectation = z.infer<typeof expectation>;
export { categories, type Category } from './shapes/words.ts';
export type { Endpoint } from './shapes/endpoint.ts';
export type { Operation } from './shapes/operation.ts';
export type { CalibrationModel, CalibrationRow } from './shapes/calibration.ts';
