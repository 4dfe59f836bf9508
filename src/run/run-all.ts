import type { Io } from '../commands/io.ts';
import type { Project } from '../io/project.ts';
import type { Resolved } from '../scenario/model.ts';
import { firstApart } from './apart.ts';
import type { Board } from './live.ts';
import { inOrder, pool } from './pool.ts';
import type { RunResult } from './result.ts';
import { notServed, runScenario } from './run-scenario.ts';
import { sandboxes, type Sandboxes, type SandboxSetting } from './sandboxes.ts';

/** How several scenarios are run. */
export interface RunAllSetting {
  readonly project: Project;
  /** So many at once. On the sandbox each has one of its own; on live services, locks keep apart what must not meet. */
  readonly jobs: number;
  /** Absent: against live services. */
  readonly sandbox?: SandboxSetting;
  /** What the scripts may do, such as `destructive`. */
  readonly allow: readonly string[];
  readonly env: Io['env'];
  readonly signal: AbortSignal;
  readonly board: Board;
  /** Told of each result in the order of the scenarios. */
  readonly done: (result: RunResult) => void;
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
  const queue = [...scenarios.entries()].map(([index, scenario]) => ({ index, scenario }));
  if (jobs > 1)
    queue.sort((left, right) => setting.expected(right.scenario) - setting.expected(left.scenario));
  const kept = new Map<number, Sandboxes>();
  try {
    const results: RunResult[] = [];
    await pool(
      queue,
      jobs,
      async ({ index, scenario }, _, worker) => {
        const result = await runOne(scenario, kept, worker, setting);
        results[index] = result;
        tell(index, result);
      },
      {
        stop: () => signal.aborted,
        // A script would wait for a lock itself, but not for ever; on the sandbox no two meet.
        ...(setting.sandbox === undefined
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

async function runOne(
  scenario: Resolved,
  kept: Map<number, Sandboxes>,
  worker: number,
  setting: RunAllSetting,
): Promise<RunResult> {
  const { project, allow, env, signal, board } = setting;
  if (setting.sandbox === undefined)
    return followed(scenario, board, (see) =>
      runScenario(scenario, { project, target: 'live', allow, env, signal, see }),
    );
  const own = kept.get(worker) ?? sandboxes(setting.sandbox);
  kept.set(worker, own);
  const found = await own.for(scenario);
  if ('why' in found) return notServed(scenario, found, project);
  return followed(scenario, board, (see) =>
    runScenario(scenario, {
      project,
      target: 'sandbox',
      allow,
      env: { ...env, ...found.sandbox.env },
      signal,
      see,
    }),
  );
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
