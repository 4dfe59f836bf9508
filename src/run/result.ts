import type { RecordedRun } from '../files/records.ts';
import type { Finding } from './findings.ts';
import type { TapReport } from './tap.ts';
import { isWell, type Judgement } from './verdict.ts';

/** Which of several runs of a scenario one is. */
export interface Turn {
  /** 1 for the first, more where it was repeated. */
  readonly round: number;
  /** 1 for the first, more where the environment had kept it from a verdict. */
  readonly attempt: number;
}

/** What is told and makes no run red. */
export interface Allowed {
  readonly allowKnownDefects: boolean;
  readonly allowFlaky: boolean;
}

/** One finished run of a scenario. */
export interface RunResult extends Judgement, Turn {
  readonly id: string;
  readonly target: RecordedRun['target'];
  /** Real seconds. */
  readonly durationSeconds: number;
  readonly timeScale: number;
  /** ISO 8601, UTC: when it began. */
  readonly when: string;
  /** Folder of the evidence, relative to the project's root. */
  readonly evidence: string;
  readonly tap: TapReport;
  /** What the run found out that nobody asked for. */
  readonly findings: readonly Finding[];
  /** What may have been the trouble, from the profile's troubleshooting. */
  readonly hints: readonly string[];
  /** It passed, but not at the first try. */
  readonly flaky: boolean;
  /** What was undone in the end, such as `cancel the order (200)`. */
  readonly cleaned: readonly string[];
  /** What the system says of its own version, where it does. */
  readonly version?: string;
}

/** A run as `--json` gives it (contract, section 6). */
export function runDocument(result: RunResult): object {
  const { id, verdict, exitCode, durationSeconds, target, checks, knownDefects, issue } = result;
  const { findings, round, attempt, flaky } = result;
  return {
    id,
    verdict,
    exitCode,
    class: result.class,
    durationSeconds,
    target,
    checks,
    knownDefects,
    ...(findings.length === 0 ? {} : { findings }),
    ...(issue === undefined ? {} : { issue }),
    ...(round > 1 ? { round } : {}),
    ...(attempt > 1 ? { attempt, flaky } : {}),
    evidence: result.evidence,
  };
}

/** Whether a run is green for who reads the exit code. */
export function isGreen(
  { verdict, onlyKnownDefects, flaky }: Pick<RunResult, 'verdict' | 'onlyKnownDefects' | 'flaky'>,
  { allowKnownDefects, allowFlaky }: Allowed,
): boolean {
  if (flaky && !allowFlaky) return false;
  return allowKnownDefects ? isWell({ verdict, onlyKnownDefects }) : verdict === 'passed';
}

/** The exit code of `scenario run` (contract, section 1): the worst that happened, not the last. */
export function exitOf(
  results: readonly Pick<RunResult, 'verdict' | 'onlyKnownDefects' | 'flaky'>[],
  allowed: Allowed,
): 0 | 1 | 3 | 4 | 130 {
  const red = results.filter((one) => !isGreen(one, allowed));
  const any = (...verdicts: readonly RunResult['verdict'][]): boolean =>
    red.some(({ verdict }) => verdicts.includes(verdict));
  if (any('interrupted')) return 130;
  // What is red and passed is flaky.
  if (any('passed', 'failed', 'invalid', 'timed-out', 'inconclusive')) return 1;
  if (any('misconfigured')) return 4;
  return any('blocked') ? 3 : 0;
}
