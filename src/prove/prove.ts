import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Resolved } from '../scenario/model.ts';
import { faultsOf } from './derive.ts';
import type { Fault } from './fault.ts';
import { noProof, outcomeOf, proofOf, type Proof, type Tried } from './proof.ts';
import type { Recording } from './simulate.ts';
import { tryOut, type Trial, type TrialSetting } from './trial.ts';

/** How a proof is carried out. */
export interface ProveSetting extends TrialSetting {
  /** Absolute folder for evidence; that of killed faults is taken away. */
  readonly folder: string;
  /** So many runs at once, each with a sandbox of its own. */
  readonly jobs: number;
  /** Told after each run. */
  readonly see: (done: number, all: number) => void;
  /** The faults to plant; by default those that follow from the scenario. */
  readonly faults?: (scenario: Resolved, recording: Recording) => readonly Fault[];
}

/** Proves one scenario: green without faults, then red at the right point with each fault, planted one at a time. */
export async function prove(scenario: Resolved, setting: ProveSetting): Promise<Proof> {
  const baseline = await greenRun(scenario, setting);
  const { verdict, issue } = baseline.judgement;
  if (verdict !== 'passed')
    return noProof(scenario, verdict, issue ?? `the run without faults ended ${verdict}`);
  const faults = (setting.faults ?? faultsOf)(scenario, baseline.recording);
  let done = 0;
  setting.see(done, faults.length);
  const tried = await pool(faults, setting.jobs, async (fault, index) => {
    const one = await plantAndRun(scenario, fault, index, setting);
    done += 1;
    setting.see(done, faults.length);
    return one;
  });
  return proofOf(scenario, baseline, tried);
}

/** A race with the clock on a busy machine is no reason to give up: a run that came too late is repeated once. */
async function greenRun(scenario: Resolved, setting: ProveSetting): Promise<Trial> {
  const first = await tryOut(scenario, undefined, join(setting.folder, 'baseline'), setting);
  const { verdict } = first.judgement;
  return verdict === 'inconclusive' || verdict === 'timed-out'
    ? tryOut(scenario, undefined, join(setting.folder, 'baseline-2'), setting)
    : first;
}

/** A fault that wasn't killed gets a second chance, for the same reason; a real survivor survives again. */
async function plantAndRun(
  scenario: Resolved,
  fault: Fault,
  index: number,
  setting: ProveSetting,
): Promise<Tried> {
  const folder = join(
    setting.folder,
    `${String(index + 1).padStart(2, '0')}-${fault.point ?? 'preflight'}-${fault.name}`,
  );
  const first = { fault, trial: await tryOut(scenario, fault, folder, setting) };
  const again =
    outcomeOf(first) === 'killed' || setting.signal.aborted
      ? first
      : { fault, trial: await tryOut(scenario, fault, `${folder}-2`, setting) };
  if (outcomeOf(again) === 'killed') {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}-2`, { recursive: true, force: true });
  }
  return again;
}

async function pool<T, R>(
  items: readonly T[],
  jobs: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      // Each worker takes the next one when it is done with the last.
      // oxlint-disable-next-line no-await-in-loop
      results[index] = await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  return results;
}
