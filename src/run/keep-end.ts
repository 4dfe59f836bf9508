import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../io/project.ts';
import type { Resolved } from '../scenario/model.ts';
import type { RunEnded } from './event.ts';
import type { RunResult } from './result.ts';

/**
 * Writes what the runner says of a run as the last of its events, so that the folder alone tells everything. A disk that is full
 * must not change the verdict: then the reports know as much as of a run whose runner was killed.
 */
export function keepEnd(
  scenario: Resolved,
  result: RunResult,
  well: boolean,
  project: Project,
): void {
  const ended = endOf(scenario, result, well);
  try {
    const path = join(project.root, result.evidence, 'events.ndjson');
    const line = JSON.stringify({ t: Date.now() / 1000, ...ended });
    // A script that was killed within a line leaves it without its end.
    appendFileSync(path, `${endsWithinLine(path) ? '\n' : ''}${line}\n`);
  } catch {
    // Told above.
  }
}

function endsWithinLine(path: string): boolean {
  const file = openSync(path, 'a+');
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
  } finally {
    closeSync(file);
  }
}

function endOf(scenario: Resolved, result: RunResult, well: boolean): Partial<RunEnded> {
  const { id, name, domain, category, milestone, calibration } = scenario;
  const { verdict, issue, target, when, timeScale, version, checks, knownDefects, tap } = result;
  return {
    event: 'run',
    id,
    name,
    domain,
    category,
    milestone,
    verdict,
    class: result.class,
    issue,
    target,
    when,
    seconds: result.durationSeconds,
    timeScale,
    version,
    checks,
    knownDefects: [...knownDefects],
    cures: [...tap.cures],
    hints: [...result.hints],
    manual: [...tap.manual],
    findings: result.findings.map(({ message }) => message),
    calibrated: calibration && { min: calibration.seconds.min, max: calibration.seconds.max },
    round: result.round,
    attempt: result.attempt,
    flaky: result.flaky,
    well,
  };
}
