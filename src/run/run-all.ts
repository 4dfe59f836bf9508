import type { Io } from '../commands/io.ts';
import type { Project } from '../io/project.ts';
import type { Resolved } from '../scenario/model.ts';
import { firstApart } from './apart.ts';
import type { Exchanges } from '../replay/exchanges.ts';
import { replayable } from '../replay/keep.ts';
import { recordedRun } from '../replay/recorder.ts';
import { runOnReplay } from '../replay/run-on.ts';
import type { Board } from './live.ts';
import { inOrder, pool } from './pool.ts';
import { keepEnd } from './keep-end.ts';
import { isGreen, type Allowed, type RunResult, type Turn } from './result.ts';
import { notServed, runScenario } from './run-scenario.ts';
import { sandboxes, type Sandboxes, type SandboxSetting } from './sandboxes.ts';

/** How several scenarios are run. */
export interface RunAllSetting {
  readonly project: Project;
  /** So many at once. On the sandbox each has one of its own; on live services, locks keep apart what must not meet. */
  readonly jobs: number;
  /** Absent: against live services. */
  readonly sandbox?: SandboxSetting;
  /** On the recordings of the scenarios, so many times as fast; absent: not on them. */
  readonly replay?: number;
  /** What the scripts may do, such as `destructive`. */
  readonly allow: readonly string[];
  readonly env: Io['env'];
  readonly signal: AbortSignal;
  readonly board: Board;
  /** Each scenario so many times. */
  readonly repeat: number;
  /** A run that the environment kept from its verdict is tried again so many times. */
  readonly retryEnvironment: number;
  readonly allowed: Allowed;
  /** Told of each run as it begins, with its folder: what is known of one whose runner is killed. */
  readonly begun: (run: Pick<RunResult, 'id' | 'round' | 'evidence'>) => void;
  /** Told of each run as it ends, those that are tried again among them. */
  readonly ended: (result: RunResult) => void;
  /** Told of each result in the order of the scenarios. */
  readonly done: (result: RunResult) => void;
  /** Told what each green run heard from its services; absent: nothing is recorded. */
  readonly heard?: (scenario: Resolved, recorded: Exchanges) => Promise<void>;
  /** Seconds that a scenario will take, as far as is known. */
  readonly expected: (scenario: Resolved) => number;
}

/**
 * Runs scenarios. Several at once begin with the longest, so that none is left over at the end; results stand in the given order.
 * After an abort those that had begun end with their cleanup, and no other begins.
 */
export async function runAll(
  scenarios: readonly Resolved[],
  setting: RunAllSetting,
): Promise<readonly RunResult[]> {
  const { jobs, signal } = setting;
  const tell = inOrder(setting.done);
  const rounds = Array.from({ length: setting.repeat }, (_, index) => index + 1);
  const queue = scenarios
    .flatMap((scenario) => rounds.map((round) => ({ scenario, round })))
    .map((one, index) => ({ ...one, index }));
  if (jobs > 1)
    queue.sort((left, right) => setting.expected(right.scenario) - setting.expected(left.scenario));
  const kept = new Map<number, Sandboxes>();
  try {
    const results: RunResult[] = [];
    await pool(
      queue,
      jobs,
      async ({ index, scenario, round }, _, worker) => {
        const result = await runTries(scenario, round, kept, worker, setting);
        results[index] = result;
        tell(index, result);
      },
      {
        stop: () => signal.aborted,
        // A script would wait for a lock itself, but not for ever; on the sandbox no two meet.
        ...(setting.sandbox === undefined && setting.replay === undefined
          ? {
              pick: (waiting, going) =>
                firstApart(
                  waiting.map((one) => one.scenario),
                  going.map((one) => one.scenario),
                ),
            }
          : {}),
      },
    );
    return results.filter((result) => result !== undefined);
  } finally {
    await Promise.all([...kept.values()].map((one) => one.close()));
  }
}

/** The last of the tries; each keeps its folder, and what the runner says of it. */
async function runTries(
  scenario: Resolved,
  round: number,
  kept: Map<number, Sandboxes>,
  worker: number,
  setting: RunAllSetting,
): Promise<RunResult> {
  const { project, retryEnvironment, allowed, signal } = setting;
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the next try is made when the last has failed
    const result = await runOne(scenario, { round, attempt }, kept, worker, setting);
    keepEnd(scenario, result, isGreen(result, allowed), project);
    setting.ended(result);
    if (result.class !== 'ENVIRONMENT' || attempt > retryEnvironment || signal.aborted)
      return result;
  }
}

async function runOne(
  scenario: Resolved,
  turn: Turn,
  kept: Map<number, Sandboxes>,
  worker: number,
  setting: RunAllSetting,
): Promise<RunResult> {
  const { project, allow, env: outer, signal, board } = setting;
  const begun = (evidence: string): void =>
    setting.begun({ id: scenario.id, round: turn.round, evidence });
  const run = (target: RunResult['target'], own: Io['env']): Promise<RunResult> =>
    followed(scenario, board, (see) =>
      runScenario(scenario, { project, target, allow, env: own, signal, turn, begun, see }),
    );
  const { heard } = setting;
  const runOn = (target: 'live' | 'sandbox', own: Io['env']): Promise<RunResult> =>
    heard === undefined
      ? run(target, own)
      : recordedRun(scenario, own, { project, allow, heard }, (env) => run(target, env));
  if (setting.replay !== undefined) {
    const found = replayable(scenario, project);
    if ('why' in found) return notServed(scenario, found, project, turn, 'replay');
    return runOnReplay(scenario, found.recorded, setting.replay, (env) =>
      run('replay', { ...outer, ...env }),
    );
  }
  if (setting.sandbox === undefined) return runOn('live', outer);
  const own = kept.get(worker) ?? sandboxes(setting.sandbox);
  kept.set(worker, own);
  const found = await own.for(scenario);
  if ('why' in found) return notServed(scenario, found, project, turn);
  return runOn('sandbox', { ...outer, ...found.sandbox.env });
}

async function followed<R>(
  scenario: Resolved,
  board: Board,
  run: (see: ReturnType<Board['begin']>['see']) => Promise<R>,
): Promise<R> {
  const live = board.begin(scenario);
  try {
    return await run(live.see);
  } finally {
    live.end();
  }
}
