import { exitCodes, Told } from '../errors.ts';
import { readEntry, scenarioIds, allRows } from '../io/library.ts';
import { readTemplates, type Project } from '../io/project.ts';
import { selectIds } from '../io/select.ts';
import { driftedScript } from '../run/drift.ts';
import { liveOn, silent } from '../run/live.ts';
import { paintFor } from '../run/paint.ts';
import { recordRuns } from '../run/record.ts';
import { exitOf, runDocument, type RunResult } from '../run/result.ts';
import { notServed, runScenario, unserved } from '../run/run-scenario.ts';
import { summaryLine, taskLine, toldRun } from '../run/told.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import type { Resolved } from '../scenario/model.ts';
import { openWorkspace } from '../io/workspace.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario run`. */
export interface RunOptions extends Common {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly category?: string;
  readonly domain?: string;
  readonly sandbox: boolean;
  /** How many times faster than the real services the sandbox is. */
  readonly speed?: number;
  readonly record: boolean;
  /** Known defects of the system are told, and are no reason for a red exit code. */
  readonly allowKnownDefects: boolean;
}

/** A person watches: quick, and slow enough to see the progress. */
const defaultSpeed = 10;

/** Runs scenarios one after the other, each with its evidence kept; gives the exit code of contract section 1. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  if (options.speed !== undefined && !options.sandbox) throw speedAlone();
  const { project, profile } = await openWorkspace(options.cwd, (line) =>
    io.stderr.write(`${line}
`),
  );
  const ids = selectIds(options, scenarioIds(project), () => allRows(project, profile));
  const scenarios = ids.map((id) => readEntry(project, profile, id).resolved);
  await refuseDrift(scenarios, project, options.record, io);
  const sandbox = options.sandbox
    ? await startSandbox({
        ports: 'auto',
        speed: options.speed ?? defaultSpeed,
        profileVersion: project.profileVersion === 'head' ? 'head' : 'era',
      })
    : undefined;
  try {
    const results = await runAll(scenarios, { project, sandbox, json: options.json }, io);
    if (options.record)
      await recordRuns(
        results.map((result, index) => ({ scenario: scenarios[index] as Resolved, result })),
        project,
        profile,
      );
    tell(results, options, io);
    return io.signal.aborted ? exitCodes.interrupted : exitOf(results, options);
  } finally {
    await sandbox?.close();
  }
}

function speedAlone(): Told {
  return new Told('--speed is the speed of the sandbox', {
    code: 'usage',
    where: '--speed',
    cure: 'add --sandbox; a running system has its own speed',
  });
}

/** A script that isn't what its scenario gives may be run, but not recorded as a run of the scenario's checks. */
async function refuseDrift(
  scenarios: readonly Resolved[],
  project: Project,
  record: boolean,
  io: Io,
): Promise<void> {
  const templates = readTemplates(project);
  const all = await Promise.all(scenarios.map((one) => driftedScript(one, templates, project)));
  const drifted = [...new Set(all.flat())];
  if (drifted.length === 0) return;
  const message = `${drifted.join(', ')} ${drifted.length === 1 ? 'differs' : 'differ'} from what the scenario gives`;
  if (!record) {
    io.stderr.write(`warning: ${message} (see \`scenario check\`)\n`);
    return;
  }
  throw new Told(`${message}, so this run can't be recorded as one of its checks`, {
    code: 'drift',
    exitCode: exitCodes.notWell,
    where: drifted[0] ?? project.output,
    cure: '`scenario check --write` renews it; without --record it runs as it is',
  });
}

async function runAll(
  scenarios: readonly Resolved[],
  around: {
    readonly project: Project;
    readonly sandbox: RunningSandbox | undefined;
    readonly json: boolean;
  },
  io: Io,
): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  for (const scenario of scenarios) {
    if (io.signal.aborted) break;
    // One after the other: they share the system under test.
    // oxlint-disable-next-line no-await-in-loop
    const result = await runOne(scenario, around, io);
    results.push(result);
    if (!around.json)
      io.stdout.write(`${toldRun(result, paintFor(io.stdout, io.env)).join('\n')}\n`);
  }
  return results;
}

async function runOne(
  scenario: Resolved,
  { project, sandbox, json }: Parameters<typeof runAll>[1],
  io: Io,
): Promise<RunResult> {
  const missing = sandbox === undefined ? [] : unserved(scenario, sandbox.env);
  if (missing.length > 0) return notServed(scenario, missing, project);
  const live = json && io.stderr.isTTY !== true ? silent : liveOn(scenario, io);
  try {
    return await runScenario(scenario, {
      project,
      target: sandbox === undefined ? 'live' : 'sandbox',
      env: { ...io.env, ...sandbox?.env },
      signal: io.signal,
      see: live.see,
    });
  } finally {
    live.end();
  }
}

function tell(
  results: readonly RunResult[],
  options: Pick<RunOptions, 'json' | 'allowKnownDefects'>,
  io: Io,
): void {
  if (options.json) {
    const ok = exitOf(results, options) === 0 && !io.signal.aborted;
    writeJson(io, { ok, runs: results.map(runDocument) });
    return;
  }
  const [only, ...more] = results;
  if (only && more.length === 0) io.stdout.write(`${taskLine(only, options.allowKnownDefects)}\n`);
  else io.stdout.write(`${summaryLine(results)}\n`);
}
