import * as z from 'zod';
import { endpointName, name, source, text } from './words.ts';

export const classification = z.strictObject({
  verdict: z.enum(['misconfigured', 'blocked']),
  /** jq regular expression on the body's text. */
  matches: text,
  cure: text,
  source,
});

export const leak = z.strictObject({
  id: name,
  text,
  /** jq regular expression that no text in a reply may match. */
  lacks: text,
  source,
});

export const logPattern = z.strictObject({
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

export const trouble = z.strictObject({
  id: name,
  symptom: text,
  cause: text,
  cure: z.array(text).min(1),
  /** Domains in which it can happen; all when absent. */
  domains: z.array(name).optional(),
  /** When a run shows the symptom: one of these holds, with all that it names. Without it the entry is only told in documents. */
  when: z
    .array(
      z
        .strictObject({
          /** One of these verdicts. */
          verdicts: z
            .array(
              z.enum([
                'failed',
                'invalid',
                'blocked',
                'misconfigured',
                'timed-out',
                'inconclusive',
              ]),
            )
            .min(1)
            .optional(),
          /** One of these points is red. */
          points: z.array(name).min(1).optional(),
          /** POSIX extended regular expression: found in what was said of the issue, or in a reply that broke its criteria. */
          matches: text.optional(),
        })
        .refine((one) => Object.keys(one).length > 0, {
          error: 'say by what the symptom is known: verdicts, points or matches',
        }),
    )
    .min(1)
    .optional(),
  source,
});

export const cliCommand = z.strictObject({
  id: name,
  title: text,
  argv: z.array(text).min(1),
  /** What it starts, where it runs until that has ended and does not tell the id. */
  starts: z
    .strictObject({
      operation: name,
      /** The endpoint that starts the same; its calibration rows are the command's. */
      endpoint: endpointName,
      /** Its words, with the calibration's parameters as `{symbol}`. */
      form: z.array(text).min(1),
      /** Exit codes by how the operation ends. */
      exits: z.strictObject({
        completed: z.number().int().optional(),
        cancelled: z.number().int().optional(),
        failed: z.number().int().optional(),
      }),
    })
    .optional(),
  note: text.optional(),
  source,
});

/** A page that a person uses, as the ui trigger opens it. */
export const page = z.strictObject({
  title: text,
  /** The service whose origin it is served from. */
  service: name,
  path: text.refine((path) => path.startsWith('/'), { error: 'a path starts with /' }),
  source,
});
