import * as z from 'zod';
import { verdicts } from '../files/records.ts';

const number = z.number().nullable().optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const words = z.array(z.string()).optional().catch(undefined);
const count = z.number().int().min(0).max(1e6);
/** Seconds since 1970, as far as a date can be made of them. */
const t = z.number().min(0).max(8e12).optional().catch(undefined);

/** What the runner says of a run when it has ended: the last line of its `events.ndjson`, which makes the folder tell everything. */
const ended = z.object({
  event: z.literal('run'),
  t,
  id: z.string(),
  name: z.string(),
  domain: z.string(),
  category: z.string(),
  milestone: word,
  verdict: z.enum(verdicts),
  class: z.string().nullable(),
  issue: word,
  target: z.string(),
  /** ISO 8601, UTC. */
  when: z.iso.datetime(),
  /** Real seconds. */
  seconds: z.number().min(0).max(1e9),
  timeScale: z.number().min(1e-6).max(1e6),
  version: word,
  checks: z.object({ planned: count, executed: count, failed: count }),
  knownDefects: words,
  cures: words,
  hints: words,
  manual: words,
  findings: words,
  /** Seconds of the system that the operation takes by the calibration. */
  calibrated: z
    .object({ min: z.number().min(0).max(1e9), max: z.number().min(0).max(1e9) })
    .optional()
    .catch(undefined),
  /** Which run of the same scenario it is, where it was repeated; 1 for the first. */
  round: count.min(1),
  /** Which try, where a run that the environment kept from its verdict was tried again; 1 for the first. */
  attempt: count.min(1),
  /** It passed, but not at the first try. */
  flaky: z.boolean(),
  /** Its colour for who reads exit codes: passed, or red only by what the command allowed. */
  well: z.boolean(),
});

/** One line of `events.ndjson` (docs/script-language.md), as far as it is shown. */
const event = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('scenario'),
    t,
    id: z.string(),
    name: z.string(),
    plan: number,
  }),
  z.object({
    event: z.literal('step'),
    t,
    n: number,
    title: z.string(),
    acts: z.boolean().optional(),
  }),
  z.object({
    event: z.literal('request'),
    t,
    name: word,
    method: word,
    url: word,
    command: word,
    status: number,
    exit: number,
    seconds: number,
  }),
  z.object({
    event: z.literal('look'),
    t,
    name: z.string(),
    status: z.union([z.string(), z.number(), z.null()]).optional().catch(undefined),
    progress: number,
    /** Seconds of the system since the wait began. */
    elapsed: number,
  }),
  z.object({
    event: z.literal('point'),
    t,
    id: z.string(),
    kind: word,
    ok: z.boolean(),
    text: z.string(),
    reason: word,
    expected: word,
    actual: word,
    means: word,
    component: word,
    /** The request as one line that can be copied. */
    request: word,
    evidence: word,
    knownDefect: word,
  }),
  z.object({ event: z.literal('manual'), t, text: word }),
  z.object({ event: z.literal('cleanup'), t, text: z.string(), status: number }),
  z.object({
    event: z.literal('verdict'),
    t,
    verdict: z.enum(verdicts),
    exit: number,
    planned: number,
    executed: number,
    what: word,
  }),
  ended,
]);

/** What a script tells while it runs, and the runner at the end. */
export type RunEvent = z.infer<typeof event>;
/** What the runner tells at the end. */
export type RunEnded = z.infer<typeof ended>;

/** Reads a line of `events.ndjson`; undefined when it isn't understood. */
export function eventOf(line: string): RunEvent | undefined {
  // Whatever else stands in the file, and however much, costs no exception.
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed = event.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
