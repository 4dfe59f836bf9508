import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logVariable } from '../files/bash-words.ts';
import { overlaid } from '../prove/file-overlay.ts';
import type { RunResult } from '../run/result.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Exchanges } from './exchanges.ts';
import { lacksReply } from './lacks.ts';
import { replayStand } from './stand.ts';

/** Runs a scenario on its recording; a run that asked for what was not recorded says so, whatever else it came to. */
export async function runOnReplay(
  scenario: Resolved,
  recorded: Exchanges,
  speed: number,
  run: (env: { readonly [name: string]: string }) => Promise<RunResult>,
): Promise<RunResult> {
  const stand = await replayStand(scenario, recorded, speed);
  const folder = await mkdtemp(join(tmpdir(), 'scenario-files-'));
  try {
    const overlay = await overlaid(undefined, folder, stand.files);
    const result = await run({
      ...stand.env,
      ...Object.fromEntries(
        scenario.services.flatMap(({ name, variable }) => {
          const origin = stand.services[name];
          return origin === undefined ? [] : [[variable, origin]];
        }),
      ),
      ...Object.fromEntries(
        Object.entries(stand.logs).map(([name, path]) => [logVariable(name), `file:${path}`]),
      ),
      ...(overlay === undefined
        ? {}
        : { SCENARIO_FILE_OVERLAY: overlay.folder, SCENARIO_PROOF: overlay.word }),
    });
    const [lacking] = stand.lacks?.() ?? [];
    return lacking === undefined || result.verdict === 'passed'
      ? result
      : { ...result, issue: lacksReply(lacking, scenario.id) };
  } finally {
    await stand.close();
    await rm(folder, { recursive: true, force: true });
  }
}
