import * as z from 'zod';

/** One request of a script (or of a page that it visits), and the reply. */
const exchange = z.object({
  /** Real seconds since the recording began. */
  at: z.number().min(0),
  service: z.string(),
  method: z.string(),
  /** With the query. */
  path: z.string(),
  /** The body that was sent, where there was one. */
  sent: z.string().optional(),
  status: z.number().int(),
  /** Those that a script can look at, names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** Real seconds until the reply was there. */
  seconds: z.number().min(0),
  body: z.string(),
});

/** Lines of a log; they are there once the exchange `after`, or the command `behind`, is over. */
const logPart = z.object({
  service: z.string(),
  /** Index of an exchange; -1 where none but health checks came before. */
  after: z.number().int(),
  /** Index of a command. */
  behind: z.number().int().optional(),
  lines: z.array(z.string()),
});

/** A command of the system, as it ended. */
const command = z.object({
  /** The name under which the script knows its reply. */
  name: z.string(),
  /** The program, by which the script finds it. */
  program: z.string(),
  /** Index of the last exchange before its end. */
  after: z.number().int(),
  exit: z.number().int(),
  /** Real seconds. */
  seconds: z.number().min(0),
  stdout: z.string(),
  stderr: z.string(),
});

/** `exchanges.json`: what a green run of a scenario heard, beside the scenario. */
export const exchangesSchema = z.object({
  format: z.literal(1),
  /** Hash of the checks of that run. */
  checks: z.string(),
  /** ISO 8601, UTC. */
  when: z.string(),
  target: z.enum(['sandbox', 'live']),
  version: z.string().optional(),
  timeScale: z.number().positive(),
  /** Settings that are no secrets, by the name of the variable. */
  variables: z.record(z.string(), z.string()),
  exchanges: z.array(exchange),
  logs: z.array(logPart),
  commands: z.array(command),
  /** What the points on files saw, by their ids. */
  files: z.record(z.string(), z.string()),
});

/** What a green run heard: enough to play the system again. */
export type Exchanges = z.infer<typeof exchangesSchema>;
/** One of its requests, with the reply. */
export type Exchange = z.infer<typeof exchange>;
/** One of its commands. */
export type RecordedCommand = z.infer<typeof command>;

/** The name of the file in a scenario's folder. */
export const exchangesName = 'exchanges.json';

/** How large the file may be: what is larger nobody reviews, and no repository wants. */
export const largest = 4_000_000;
