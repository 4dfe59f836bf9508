import * as z from 'zod';
import { jsonSchema } from '../../scenario/comparators.ts';
import { expectation, locks, name, needs, source, text } from './words.ts';

export const endpoint = z.strictObject({
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
  /** What sending it asks for. */
  needs: needs.optional(),
  locks,
  /** The component of the flow that answers. */
  component: name.optional(),
  example: text.optional(),
  source,
  note: text.optional(),
});

/** One endpoint. */
export type Endpoint = z.infer<typeof endpoint>;
