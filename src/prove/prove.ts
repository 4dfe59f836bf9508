import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { gate } from '../run/pool.ts';
import { isWell } from '../run/verdict.ts';
import { faultsOf } from './derive.ts';
import type { Fault } from './fault.ts';
import { noProof, outcomeOf, proofOf, type Proof, type Tried } from './proof.ts';
import type { Recording } from './simulate.ts';
import { lacksReply } from '../replay/lacks.ts';
import { tryOut, type Trial, type TrialSetting } from './trial.ts';

/** How a proof is carried out. */
export interface ProveSetting extends TrialSetting {
  /** Absolute folder for evidence; that of killed faults is taken away. */
  readonly folder: string;
  /** Lets so many runs through at once, each with a sandbox of its own; several proofs may share it. */
  readonly gate: ReturnType<typeof gate>;
  /** How often a run that may have lost a race against the clock is tried, by default {@link mostTries}. */
  readonly tries?: number;
  /** Told after each run. */
  readonly see: (done: number, all: number) => void;
  /** The faults to plant; by default those that follow from the scenario. */
  readonly faults?: (scenario: Resolved, recording: Recording) => readonly Fault[];
}

/** Proves one scenario: green without faults, then red at the right point with each fault, planted one at a time. */
export async function prove(scenario: Resolved, setting: ProveSetting): Promise<Proof> {
  const { trial: baseline, speed, faults } = await tellingRun(scenario, setting);
  const { verdict, issue } = baseline.judgement;
  const [lacking] = baseline.lacks;
  if (!isWell(baseline.judgement) && lacking !== undefined)
    return noProof(scenario, verdict, lacksReply(lacking, scenario.id));
  if (!isWell(baseline.judgement))
    return noProof(scenario, verdict, issue ?? `the run without faults ended ${verdict}`);
  let done = 0;
  setting.see(done, faults.length);
  const tried = await Promise.all(
    faults.map((fault, index) =>
      setting.gate(async () => {
        // Many wait behind the gate; after an abort none of them begins.
        if (setting.signal.aborted) return undefined;
        const one = await plantAndRun(scenario, fault, index, { ...setting, speed });
        done += 1;
        setting.see(done, faults.length);
        return one;
      }),
    ),
  );
  return proofOf(
    scenario,
    baseline,
    tried.filter((one) => one !== undefined),
  );
}

/** How often a run is tried, each time at half the speed: on a busy machine a script may lose a race against the clock. */
const mostTries = 3;

/** A run without faults, the speed at which it was, and the faults that what it saw makes possible. */
interface Baseline {
  readonly trial: Trial;
  readonly speed: number;
  readonly faults: readonly Fault[];
}

/**
 * A green run that saw enough: on a busy machine a wait of a few looks may leave nothing that could fall or be left out. Where a point
 * has no fault, a run at half the speed may tell of one.
 */
async function tellingRun(scenario: Resolved, setting: ProveSetting): Promise<Baseline> {
  const first = await greenRun(scenario, setting);
  if (setting.signal.aborted || !isWell(first.trial.judgement)) return first;
  const missed = withoutFault(scenario, first.faults);
  if (missed === 0) return first;
  const second = await greenRun(scenario, { ...setting, speed: first.speed / 2, tries: 1 });
  const isBetter = isWell(second.trial.judgement) && withoutFault(scenario, second.faults) < missed;
  return isBetter ? second : first;
}

/** How many points no fault is bound to. */
function withoutFault({ steps }: Resolved, faults: readonly Fault[]): number {
  const bound = new Set(faults.map(({ point }) => point));
  return pointsOf(steps).filter(({ point }) => !bound.has(point.id)).length;
}

/** A green run, slower when it lost a race against the clock. */
async function greenRun(scenario: Resolved, setting: ProveSetting): Promise<Baseline> {
  return slowing(
    setting,
    async (speed, number) => {
      const folder = join(setting.folder, `baseline-${number}-${speed}`);
      const trial = await setting.gate(() =>
        tryOut(scenario, undefined, folder, { ...setting, speed }),
      );
      const faults = isWell(trial.judgement)
        ? (setting.faults ?? faultsOf)(scenario, trial.recording)
        : [];
      return { speed, trial, faults };
    },
    ({ trial }) =>
      setting.signal.aborted || !['inconclusive', 'timed-out'].includes(trial.judgement.verdict),
  );
}

/** A fault that was noticed too early or too late gets further chances; a run that stayed green has lost no race. */
async function plantAndRun(
  scenario: Resolved,
  fault: Fault,
  index: number,
  setting: ProveSetting,
): Promise<Tried> {
  const name = `${String(index + 1).padStart(2, '0')}-${fault.point ?? 'preflight'}-${fault.name}`;
  const folder = (number: number): string => join(setting.folder, `${name}-${number}`);
  const last = await slowing(
    setting,
    async (speed, number) => ({
      fault,
      trial: await tryOut(scenario, fault, folder(number), { ...setting, speed }),
      number,
    }),
    (one) =>
      setting.signal.aborted ||
      outcomeOf(one) === 'killed' ||
      (one.trial.landed > 0 && isWell(one.trial.judgement)),
  );
  const keep = outcomeOf(last) === 'killed' ? 0 : last.number;
  for (let number = 1; number <= last.number; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a few folders, and the order doesn't matter
    if (number !== keep) await rm(folder(number), { recursive: true, force: true });
  }
  return { fault, trial: last.trial };
}

async function slowing<T>(
  { speed, tries = mostTries }: Pick<ProveSetting, 'speed' | 'tries'>,
  attempt: (speed: number, number: number) => Promise<T>,
  isGood: (result: T) => boolean,
): Promise<T> {
  for (let number = 1; ; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the next one depends on this one
    const result = await attempt(speed / 2 ** (number - 1), number);
    if (number === tries || isGood(result)) return result;
  }
}
