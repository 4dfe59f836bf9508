import * as z from 'zod';

/** The verdicts of a run (contract, section 4), by exit code. */
export const verdicts = [
  'passed',
  'failed',
  'invalid',
  'blocked',
  'misconfigured',
  'timed-out',
  'inconclusive',
  'interrupted',
] as const;
/** One of {@link verdicts}. */
export type Verdict = (typeof verdicts)[number];

/** One recorded run. */
const recordedRun = z.object({
  /** ISO 8601, UTC. */
  when: z.string(),
  verdict: z.enum(verdicts),
  seconds: z.number(),
  timeScale: z.number(),
  version: z.string().optional(),
  target: z.enum(['sandbox', 'replay', 'live']),
  /** Hash of the checks that ran. */
  checks: z.string(),
  issue: z.string().optional(),
  manual: z.boolean().optional(),
  /** It passed, but not at the first try. */
  flaky: z.boolean().optional(),
  /** The known defects that showed, where nothing else was wrong. */
  knownDefects: z.array(z.string()).readonly().optional(),
});

/** `result.json`: the last 20 recorded runs, newest last; more of them, as two merged branches leave, are trimmed with the next. */
export const resultSchema = z.object({ runs: z.array(recordedRun) });
/** One run as it is recorded. */
export type RecordedRun = z.infer<typeof recordedRun>;

/** `proof.json`: the last recorded proof. */
export const proofSchema = z.object({
  checks: z.string(),
  /** What stood in for the system; the sandbox where nothing is said. */
  target: z.enum(['sandbox', 'replay']).optional(),
  baseline: z.string(),
  faults: z.object({
    planted: z.number().int(),
    landed: z.number().int(),
    killed: z.number().int(),
    survived: z.number().int(),
  }),
  criteria: z.array(z.object({ id: z.string(), killedBy: z.array(z.string()) })),
  survivors: z.array(z.object({ fault: z.string(), suggestion: z.string() })),
  /** Survivors that the scenario accepts, each with its reason. */
  accepted: z.array(z.object({ fault: z.string(), because: z.string() })).optional(),
  decorative: z.array(z.string()),
});
/** A recorded proof. */
export type RecordedProof = z.infer<typeof proofSchema>;
