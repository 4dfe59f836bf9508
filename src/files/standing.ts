import { measuredIn, type Measured } from './measured.ts';
import type { RecordedProof, RecordedRun, Verdict } from './records.ts';

/** The status of a scenario in the index and in `list` (contract, section 3). */
export type Status =
  | 'passed'
  | 'failed'
  | 'blocked'
  | 'inconclusive'
  | 'known-defect'
  | 'not-run'
  | 'manual'
  | 'stale';

/** What the index says of a scenario. */
export interface Standing extends Measured {
  readonly status: Status;
  readonly target?: RecordedRun['target'];
  /** Why it is blocked, or red. */
  readonly why?: string;
  /** `YYYY-MM-DD` of the last recorded run. */
  readonly lastRun?: string;
  /** `killed/landed` of a proof that is not stale. */
  readonly proof?: string;
  /** That proof was made on a recording. */
  readonly replayed?: true;
}

/** The standing of a scenario: its last run and proof, as far as they speak of the checks that it has now. */
export function standingOf(
  checks: string,
  runs: readonly RecordedRun[],
  proof: RecordedProof | undefined,
): Standing {
  const last = runs.at(-1);
  const proven =
    proof?.checks === checks
      ? {
          proof: `${proof.faults.killed}/${proof.faults.landed}`,
          ...(proof.target === 'replay' ? { replayed: true as const } : {}),
        }
      : {};
  if (!last) return { status: 'not-run', ...proven };
  const common = {
    target: last.target,
    lastRun: last.when.slice(0, 10),
    ...(last.issue === undefined ? {} : { why: last.issue }),
    ...proven,
  };
  if (last.checks !== checks) return { ...common, status: 'stale' };
  const { verdict, knownDefects = [] } = last;
  const measured = measuredIn(checks, runs);
  if (verdict === 'failed' && knownDefects.length > 0)
    return { ...common, ...measured, status: 'known-defect', why: knownDefects.join(', ') };
  return {
    ...common,
    ...measured,
    status: verdict === 'passed' && last.manual === true ? 'manual' : statusOf(verdict),
  };
}

function statusOf(verdict: Verdict): Status {
  if (verdict === 'passed' || verdict === 'blocked' || verdict === 'inconclusive') return verdict;
  return verdict === 'misconfigured' ? 'blocked' : 'failed';
}
