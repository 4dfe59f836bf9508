import type { RecordedRun } from './records.ts';

/** What the recorded runs tell of a scenario beyond the last of them. */
export interface Measured {
  /** Real seconds of runs that were complete, half of them and nineteen of twenty of them; absent before there are two. */
  readonly took?: { readonly p50: number; readonly p95: number };
  /** Runs of the same checks on the same system came to different verdicts, or one passed only when it was tried again. */
  readonly flaky?: true;
}

/** Measures the runs that are like the last one: same checks, target, speed and version. */
export function measuredIn(checks: string, runs: readonly RecordedRun[]): Measured {
  const last = runs.at(-1);
  if (last?.checks !== checks) return {};
  const alike = runs.filter(
    (run) =>
      run.checks === checks &&
      run.target === last.target &&
      run.timeScale === last.timeScale &&
      run.version === last.version,
  );
  const passed = alike.filter(({ verdict }) => verdict === 'passed');
  const red = alike.filter(
    ({ verdict, knownDefects }) =>
      knownDefects === undefined && ['failed', 'timed-out', 'inconclusive'].includes(verdict),
  );
  const flaky = alike.some((run) => run.flaky === true) || (passed.length > 0 && red.length > 0);
  // Known defects leave a run complete.
  const complete = alike.filter(
    (run) => run.verdict === 'passed' || run.knownDefects !== undefined,
  );
  const seconds = complete.map((run) => run.seconds).toSorted((left, right) => left - right);
  return {
    ...(seconds.length < 2 ? {} : { took: { p50: rank(seconds, 0.5), p95: rank(seconds, 0.95) } }),
    ...(flaky ? { flaky } : {}),
  };
}

/** The smallest value that at least this share of the values doesn't exceed. */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
