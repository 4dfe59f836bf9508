import type { RecordedRun } from '../files/records.ts';
import type { Resolved } from '../scenario/model.ts';

/** Seconds of the system that a run takes: as the last complete one did, else as the calibration says. */
export function expectedSeconds(
  { durationSeconds }: Pick<Resolved, 'durationSeconds'>,
  runs: readonly Pick<RecordedRun, 'verdict' | 'seconds' | 'timeScale'>[],
): number {
  const last = runs.findLast(({ verdict }) => verdict === 'passed' || verdict === 'failed');
  return last === undefined ? durationSeconds : last.seconds / last.timeScale;
}
