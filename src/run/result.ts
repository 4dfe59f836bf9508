import type { RecordedRun } from '../files/records.ts';
import type { Finding } from './findings.ts';
import type { TapReport } from './tap.ts';
import type { Judgement } from './verdict.ts';

/** One finished run of a scenario. */
export interface RunResult extends Judgement {
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
  /** What the system says of its own version, where it does. */
  readonly version?: string;
}

/** A run as `--json` gives it (contract, section 6). */
export function runDocument(result: RunResult): object {
  const { id, verdict, exitCode, durationSeconds, target, checks, knownDefects, issue } = result;
  const { findings } = result;
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
    evidence: result.evidence,
  };
}

/** The exit code of `scenario run` (contract, section 1): the worst that happened, not the last. */
export function exitOf(
  results: readonly Pick<RunResult, 'verdict' | 'onlyKnownDefects'>[],
  { allowKnownDefects }: { readonly allowKnownDefects: boolean },
): 0 | 1 | 3 | 4 | 130 {
  const counted = results.filter((one) => !(allowKnownDefects && one.onlyKnownDefects));
  const any = (...verdicts: readonly RunResult['verdict'][]): boolean =>
    counted.some(({ verdict }) => verdicts.includes(verdict));
  if (any('interrupted')) return 130;
  if (any('failed', 'invalid', 'timed-out', 'inconclusive')) return 1;
  if (any('misconfigured')) return 4;
  return any('blocked') ? 3 : 0;
}
