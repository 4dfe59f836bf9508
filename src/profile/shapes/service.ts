import * as z from 'zod';
import { category, expectation, name, source, text, variable } from './words.ts';

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

/** A command as a list of words, one of which is the path of the file: it is an argument, and never a part of a program. */
const fileCommand = z
  .array(text)
  .min(2)
  .refine(
    (words) =>
      words.indexOf('{path}') > 0 && words.filter((one) => one.includes('{path}')).length === 1,
    {
      error:
        "one word of the command must be just '{path}', such as [docker, exec, till, cat, '{path}']",
    },
  );

/** How a file is looked at that only the service sees, such as one in its container. */
const serviceFiles = z.strictObject({
  /** Prints what the file holds; an end other than 0: it is not there. */
  read: fileCommand,
  /** Prints when it was written, in seconds since 1970; without decimals a file of the run's first second is too old. */
  modified: fileCommand.optional(),
  cure: text,
  source,
});

export const service = z.strictObject({
  title: text,
  purpose: text,
  /** The variable that holds its origin (`http://host:port`). */
  variable,
  /** An origin only: it is written into scripts and documents as it is. */
  default: z.string().regex(/^https?:\/\/[A-Za-z0-9.:[\]_-]+\/?$/, {
    error: 'an origin such as http://localhost:8000, without path, query and user name',
  }),
  /** What the system's own command line reads for the same address. */
  ownVariable: variable.optional(),
  /** Headers of every request; `{TOKEN}` stands for a variable of the profile, which is best marked secret. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), text).default({}),
  /** Variables: the file of a certificate authority, and `yes` where a certificate is not to be checked. */
  tls: z.strictObject({ ca: variable.optional(), insecure: variable.optional() }).optional(),
  /** What that variable holds after the origin, such as `/api/v1`. */
  ownPath: text.optional(),
  health,
  log: serviceLog.optional(),
  files: serviceFiles.optional(),
  /** Patterns of addresses that are production; scenarios do not run there. */
  production: z.array(text).default([]),
  source,
  note: text.optional(),
});

/** A part inside a service. Services are components too and are not listed again. */
export const component = z.strictObject({
  title: text,
  /** The service in which it lives; its log checks and preflight are those of the service. */
  service: name,
});
