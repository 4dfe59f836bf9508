import { join } from 'node:path';
import type { Project } from '../io/project.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { scriptPath } from './drift.ts';
import type { RunEvent } from './event.ts';
import { eventTail } from './events.ts';
import { findingsOf } from './findings.ts';
import { overallLimit } from './limit.ts';
import type { RunResult, Turn } from './result.ts';
import { makeRunFolder, versionIn } from './run-folder.ts';
import { runScript } from './script-process.ts';
import { isWell, judge } from './verdict.ts';

/** Where and how a scenario is run. */
export interface Setting {
  readonly project: Project;
  readonly target: RunResult['target'];
  /** The whole environment of the script, the sandbox's addresses among it. */
  readonly env: { readonly [name: string]: string | undefined };
  /** What the scripts may do, such as `destructive`. */
  readonly allow: readonly string[];
  readonly signal: AbortSignal;
  readonly turn: Turn;
  /** Told of the folder, relative to the project's root, before anything is started. */
  readonly begun: (folder: string) => void;
  /** Told of what happens while it happens. */
  readonly see: (event: RunEvent) => void;
}

/** How often the script's events are looked at. */
const lookMs = 150;

/** Runs one scenario's script in a fresh folder for its evidence, and judges it. */
export async function runScenario(scenario: Resolved, setting: Setting): Promise<RunResult> {
  const { project, target, env, signal, turn } = setting;
  const began = new Date();
  const folder = makeRunFolder(project, 'runs', scenario.slug, began);
  setting.begun(folder.shown);
  const tail = eventTail(join(folder.absolute, 'events.ndjson'));
  const cleaned: string[] = [];
  const look = (): void => {
    for (const event of tail.read()) {
      if (event.event === 'cleanup') cleaned.push(`${event.text} (${event.status ?? 'no answer'})`);
      setting.see(event);
    }
  };
  const timer = setInterval(look, lookMs);
  const done = await runScript({
    script: join(project.root, scriptPath(project, scenario.id)),
    cwd: project.root,
    args: setting.allow.map((one) => `--allow-${one}`),
    // Relative, so that no machine's path gets into what a reviewer reads; the script starts at the root.
    env: { ...env, SCENARIO_EVIDENCE_DIR: folder.shown, SCENARIO_RUNNER: String(process.pid) },
    evidence: folder.absolute,
    limit: overallLimit(scenario, Number(env['SCENARIO_TIME_SCALE']) || 1),
    signal,
  }).finally(() => clearInterval(timer));
  look();
  const version = versionIn(folder.absolute, scenario.services[0]?.name);
  const judged = judge(done.ending, done.tap);
  return {
    ...judged,
    ...turn,
    flaky: turn.attempt > 1 && isWell(judged),
    id: scenario.id,
    target,
    durationSeconds: Math.round(done.seconds * 10) / 10,
    timeScale: done.timeScale,
    when: began.toISOString().replace(/\.\d+/, ''),
    evidence: folder.shown,
    tap: done.tap,
    findings: findingsOf(scenario, done.tap),
    cleaned,
    hints: done.hints,
    ...(version === undefined ? {} : { version }),
  };
}

/** The result for a scenario that the sandbox, or a recording, can't serve: it isn't run at all, since its addresses would lead to live services. */
export function notServed(
  scenario: Resolved,
  { why, cure }: { readonly why: string; readonly cure?: string },
  project: Project,
  turn: Turn,
  target: 'sandbox' | 'replay' = 'sandbox',
): RunResult {
  const now = new Date();
  return {
    ...turn,
    flaky: false,
    id: scenario.id,
    verdict: 'blocked',
    exitCode: 3,
    class: 'ENVIRONMENT',
    issue: why,
    checks: { planned: pointsOf(scenario.steps).length, executed: 0, failed: 0 },
    knownDefects: [],
    onlyKnownDefects: false,
    findings: [],
    cleaned: [],
    hints: [],
    target,
    durationSeconds: 0,
    timeScale: 1,
    when: now.toISOString().replace(/\.\d+/, ''),
    evidence: makeRunFolder(project, 'runs', scenario.slug, now).shown,
    tap: {
      points: [],
      cures: [
        ...(cure === undefined ? [] : [cure]),
        `run it against the real services, without --${target}`,
      ],
      manual: [],
      broken: false,
    },
  };
}

/** The services of a scenario for which a sandbox has no address. */
export function unserved(
  scenario: Resolved,
  env: { readonly [name: string]: string },
): readonly string[] {
  return scenario.services.flatMap(({ name, variable, down }) =>
    env[variable] === undefined && down === undefined ? [name] : [],
  );
}
