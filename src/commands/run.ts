import { changedAmong } from '../io/changed.ts';
import { openRevision } from '../io/revision.ts';
import { exitCodes, Told } from '../errors.ts';
import { readEntry, recordsOf, scenarioIds, allRows } from '../io/library.ts';
import type { Project } from '../io/project.ts';
import { selectIds } from '../io/select.ts';
import { readSettings } from '../live/settings.ts';
import { keepExchanges, type Kept } from '../replay/keep.ts';
import { cannotRecord, differing, driftedScripts } from '../run/drift.ts';
import { expectedSeconds } from '../run/expected.ts';
import { boardOn, silent } from '../run/live.ts';
import { paintFor } from '../run/paint.ts';
import { recordRuns } from '../run/record.ts';
import { pruneRuns } from '../run/prune.ts';
import { exitOf, isGreen, runDocument, type RunResult } from '../run/result.ts';
import { keepSession, lastSession, notWell, type Session } from '../run/session.ts';
import { fileOf, makeReports, runsOf, type Place } from '../run/make-reports.ts';
import { askedReport, type Asked } from '../report/formats.ts';
import { runAll } from '../run/run-all.ts';
import { waitReady } from '../run/wait-ready.ts';
import { closingLines } from '../run/task-line.ts';
import { interruptedLine, toldRun } from '../run/told.ts';
import type { Resolved } from '../scenario/model.ts';
import { tellKept } from './tell-kept.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario run`. */
export interface RunOptions extends Common {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly category?: string;
  readonly domain?: string;
  readonly milestone?: string;
  /** Only those that were not green in the last run. */
  readonly failed: boolean;
  /** Only those that changed since this revision. */
  readonly changed?: string;
  readonly sandbox: boolean;
  /** On the exchanges that were recorded, with no service running. */
  readonly replay: boolean;
  /** How many times faster than the real services the sandbox is. */
  readonly speed?: number;
  /** The version that the sandbox is to be, whatever the scenarios require. */
  readonly profileVersion?: string;
  /** So many scenarios at once; one after the other by default. */
  readonly jobs?: number;
  readonly record: boolean;
  /** What green runs hear from their services is kept beside the scenarios, for `prove --replay`. */
  readonly recordExchanges: boolean;
  /** Known defects of the system are told, and are no reason for a red exit code. */
  readonly allowKnownDefects: boolean;
  /** Nor is a scenario that passed when it was tried again. */
  readonly allowFlaky: boolean;
  /** Each scenario so many times; once by default. */
  readonly repeat?: number;
  /** What the environment kept from a verdict is tried again so many times. */
  readonly retryEnvironment?: number;
  /** Reports as they are asked for, such as `junit=report.xml`. */
  readonly reports: readonly string[];
  /** What the scripts may do. */
  readonly allow: readonly string[];
  /** Seconds to wait for the services before the first scenario. */
  readonly waitReady?: number;
}

/** A person watches: quick, and slow enough to see the progress. */
const defaultSpeed = 10;
/** Nothing is seen to grow on a recording. */
const replaySpeed = 20;

/** Runs scenarios, each with its evidence kept; gives the exit code of contract section 1. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  for (const flag of ['speed', 'profileVersion'] as const)
    if (options[flag] !== undefined && !options.sandbox && !(options.replay && flag === 'speed'))
      throw withoutSandbox(flag);
  if (options.replay && (options.sandbox || options.recordExchanges || options.waitReady))
    throw notWithReplay(options);
  if (options.waitReady !== undefined && options.sandbox) throw waitOnSandbox();
  const { project, profile } = await openFor(options, io);
  const place = { project, here: options.here, env: io.env };
  const asked = options.reports.map(askedReport);
  for (const one of asked) fileOf(one, place);
  const known = scenarioIds(project);
  const among = amongOf(options, known, project);
  const ids = selectIds({ ...options, among }, known, () => allRows(project, profile));
  if (ids.length === 0) return tellNone(options, asked, place, io);
  const scenarios = ids.map((id) => readEntry(project, profile, id).resolved);
  await refuseDrift(scenarios, project, options.record || options.recordExchanges, io);
  if (options.waitReady !== undefined)
    await waitReady(scenarios, options.waitReady, {
      profile,
      settings: readSettings(project, io.env),
      production: project.production ?? [],
      signal: io.signal,
      say: (line) => io.stderr.write(`${line}\n`),
    });
  const jobs = options.jobs ?? 1;
  const board =
    options.json && io.stderr.isTTY !== true ? silent : boardOn(io, jobs > 1 && ids.length > 1);
  const session = sessionOf(scenarios, options.repeat ?? 1);
  keepSession(project, session);
  const kept: Kept[] = [];
  const results = await runAll(scenarios, {
    project,
    jobs,
    board,
    allow: options.allow,
    env: io.env,
    signal: io.signal,
    expected: (scenario) => expectedSeconds(scenario, recordsOf(project, scenario.id).runs),
    repeat: session.repeat,
    retryEnvironment: options.retryEnvironment ?? 0,
    allowed: options,
    begun: ({ id, round, evidence }) => {
      session.runs.push({ id, round, folder: evidence, well: false });
      keepSession(project, session);
    },
    ended: (result) => {
      const { id, round, evidence } = result;
      const others = session.runs.filter(({ folder }) => folder !== evidence);
      const well = isGreen(result, options);
      session.runs = [...others, { id, round, folder: evidence, well }];
      keepSession(project, session);
    },
    done: (result) => {
      if (options.json) return;
      const lines = toldRun(result, paintFor(io.stdout, io.env));
      board.aside(() => io.stdout.write(`${lines.join('\n')}\n`));
    },
    ...(options.recordExchanges
      ? {
          heard: async (scenario, recorded) => {
            kept.push(await keepExchanges(scenario.id, recorded, project));
          },
        }
      : {}),
    ...(options.replay ? { replay: options.speed ?? replaySpeed } : {}),
    ...(options.sandbox
      ? {
          sandbox: {
            speed: options.speed ?? defaultSpeed,
            defaultVersion: project.profileVersion ?? profile.versions.default,
            ...(options.profileVersion === undefined ? {} : { version: options.profileVersion }),
          },
        }
      : {}),
  });
  if (options.record)
    await recordRuns(
      results.map((result) => ({
        scenario: scenarios.find(({ id }) => id === result.id) as Resolved,
        result,
      })),
      project,
      profile,
    );
  pruneRuns(project, new Set(session.runs.map(({ folder }) => folder)));
  if (io.signal.aborted)
    io.stderr.write(`${interruptedLine(results, ids.length * session.repeat)}\n`);
  try {
    const runs = asked.length === 0 ? [] : runsOf(session, project);
    const files = await makeReports(asked, runs, place);
    for (const file of files) io.stderr.write(`report: ${file}\n`);
  } finally {
    // What the task is reported with comes last, also where a report could not be written.
    tell(results, options, io);
  }
  if (io.signal.aborted) return exitCodes.interrupted;
  const exit = exitOf(results, options);
  const told = options.recordExchanges ? tellKept(kept, ids.length, io) : exitCodes.ok;
  return exit || told;
}

function notWithReplay({ sandbox, recordExchanges }: RunOptions): Told {
  const other = sandbox ? '--sandbox' : recordExchanges ? '--record-exchanges' : '--wait-ready';
  return new Told(`${other} does not go with --replay: a recording is played, and no service`, {
    code: 'usage',
    where: other,
    cure: `leave out ${other}, or --replay`,
  });
}

function waitOnSandbox(): Told {
  return new Told('the sandbox is ready when it has started', {
    code: 'usage',
    where: '--wait-ready',
    cure: 'leave out --wait-ready, or --sandbox',
  });
}

function withoutSandbox(option: 'speed' | 'profileVersion'): Told {
  const flag = option === 'speed' ? '--speed' : '--profile-version';
  const what = option === 'speed' ? 'speed' : 'version';
  return new Told(`${flag} is the ${what} of the sandbox`, {
    code: 'usage',
    where: flag,
    cure: `add --sandbox; a running system has its own ${what}`,
  });
}

/** What is run is among these: those that failed last, those that changed. */
function amongOf(
  { failed, changed }: RunOptions,
  known: readonly string[],
  project: Project,
): readonly (readonly string[])[] {
  const last = failed ? lastSession(project) : undefined;
  const revision =
    changed === undefined ? undefined : openRevision(project.root, changed, '--changed');
  if (failed && last === undefined)
    throw new Told('nothing was run yet', {
      code: 'nothing-selected',
      where: '--failed',
      cure: 'leave out --failed',
    });
  return [
    ...(last === undefined ? [] : [notWell(last)]),
    ...(revision === undefined ? [] : [changedAmong(revision.changed(), known, project.output)]),
  ];
}

/**
 * That nothing failed, or nothing changed, is well. The reports say so: without them those of an earlier run would be taken for
 * this one's.
 */
async function tellNone(
  { json, failed }: RunOptions,
  asked: readonly Asked[],
  place: Place,
  io: Io,
): Promise<number> {
  const nothing = `no scenario ${failed ? 'failed' : 'changed'}`;
  for (const file of await makeReports(asked, [], place, { nothing }))
    io.stderr.write(`report: ${file}\n`);
  if (json) writeJson(io, { ok: true, runs: [] });
  else io.stdout.write(`nothing to run: ${nothing}\n`);
  return exitCodes.ok;
}

function sessionOf(scenarios: readonly Resolved[], repeat: number): Session {
  const planned = scenarios.map(({ id, name, domain, category }) => ({
    id,
    name,
    domain,
    category,
  }));
  return { planned, repeat, runs: [] };
}

/** A script that isn't what its scenario gives may be run, but not recorded as a run of the scenario's checks. */
async function refuseDrift(
  scenarios: readonly Resolved[],
  project: Project,
  record: boolean,
  io: Io,
): Promise<void> {
  const drifted = [...new Set((await driftedScripts(scenarios, project)).flat())];
  if (drifted.length === 0) return;
  if (record) throw cannotRecord(drifted, 'this run', 'runs');
  io.stderr.write(`warning: ${differing(drifted)} (see \`scenario check\`)\n`);
}

function tell(
  results: readonly RunResult[],
  options: Pick<RunOptions, 'json' | 'allowKnownDefects' | 'allowFlaky'>,
  io: Io,
): void {
  if (options.json) {
    const ok = exitOf(results, options) === 0 && !io.signal.aborted;
    writeJson(io, { ok, runs: results.map(runDocument) });
    return;
  }
  io.stdout.write(`${closingLines(results, options, io.signal.aborted).join('\n')}\n`);
}
