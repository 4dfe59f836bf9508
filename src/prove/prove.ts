import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Resolved } from '../scenario/model.ts';
import type { gate } from '../run/pool.ts';
import { isWell } from '../run/verdict.ts';
import { slowing, tellingRun } from './baseline.ts';
import type { Fault } from './fault.ts';
import { pieceText } from './piece-around.ts';
import { inTurn, unseen } from './piece-faults.ts';
import { noProof, outcomeOf, proofOf, type Proof, type Tried } from './proof.ts';
import { lacksReply } from '../replay/lacks.ts';
import { tryOut, type TrialSetting } from './trial.ts';

/** How a proof is carried out. */
export interface ProveSetting extends TrialSetting {
  /** Absolute folder for evidence; that of killed faults is taken away. */
  readonly folder: string;
  /** Lets so many runs through at once, each with a sandbox of its own; several proofs may share it. */
  readonly gate: ReturnType<typeof gate>;
  /** Lets runs through in which a script does little but sleep until its limit is over; by default `gate`. */
  readonly sleepers?: ReturnType<typeof gate>;
  /** Long waits are gone through faster, where a run shows that nothing is lost by it. */
  readonly hastens?: boolean;
  /** How often a run that may have lost a race against the clock is tried, by default three times. */
  readonly tries?: number;
  /** Told after each run. */
  readonly see: (done: number, all: number) => void;
  /** Which of the faults that follow from the scenario are planted, or others in their place; by default all. */
  readonly choose?: (faults: readonly Fault[]) => readonly Fault[];
}

/** Proves one scenario: green without faults, then red at the right point with each fault, planted one at a time. */
export async function prove(scenario: Resolved, setting: ProveSetting): Promise<Proof> {
  const { trial: baseline, speed, faults: all } = await tellingRun(scenario, setting);
  const { verdict, issue } = baseline.judgement;
  const [lacking] = baseline.lacks;
  if (!isWell(baseline.judgement) && lacking !== undefined)
    return noProof(scenario, verdict, lacksReply(lacking, scenario.id));
  if (!isWell(baseline.judgement))
    return noProof(scenario, verdict, issue ?? `the run without faults ended ${verdict}`);
  const faults = setting.choose?.(all) ?? all;
  let done = 0;
  setting.see(done, faults.length);
  const tried = await Promise.all(
    faults.map((fault, index) =>
      gateFor(
        fault,
        setting,
      )(async () => {
        // Many wait behind the gate; after an abort none of them begins.
        if (setting.signal.aborted) return undefined;
        const one = await plantInTurn(scenario, fault, index, { ...setting, speed });
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

/** Faults that a script notices by waiting in vain. */
const silent = new Set(['never-finishes', 'cancel-ignored', 'log-line-missing', 'log-empty']);

function gateFor({ name }: Fault, { gate, sleepers = gate }: ProveSetting): typeof gate {
  return silent.has(name) ? sleepers : gate;
}

/** Of what is planted in turn for one fault, the first that is noticed; where none is, the fault itself, with a run in which one landed. */
async function plantInTurn(
  scenario: Resolved,
  fault: Fault,
  index: number,
  setting: ProveSetting,
): Promise<Tried> {
  const { plant } = fault;
  const text = plant.kind === 'piece' ? await pieceText(setting.script, plant.file) : '';
  const all = inTurn(fault, scenario, text);
  let kept: Tried | undefined;
  for (const [turn, one] of all.entries()) {
    const label = `${String(index + 1).padStart(2, '0')}${all.length > 1 ? `.${turn + 1}` : ''}`;
    // oxlint-disable-next-line no-await-in-loop -- the next one only where this one is not noticed
    const tried = await plantAndRun(scenario, one, label, setting);
    if (plant.kind !== 'piece' || setting.signal.aborted || outcomeOf(tried) === 'killed')
      return tried;
    const ways = all.flatMap((other) => (other.plant.kind === 'piece' ? other.plant.ways : []));
    if (kept === undefined || kept.trial.landed === 0 || tried.trial.firstFailed !== undefined)
      kept = { fault: { ...fault, plant: { ...plant, ways } }, trial: tried.trial };
    if (tried.trial.unasked === true && isWell(tried.trial.judgement)) break;
  }
  if (kept === undefined) throw new Error(`nothing to plant for ${fault.name}`);
  return kept.trial.landed > 0
    ? kept
    : { ...kept, fault: unseen(fault, scenario, kept.trial.unasked !== true) };
}

/** A fault that was noticed too early or too late gets further chances; a run that stayed green has lost no race. */
async function plantAndRun(
  scenario: Resolved,
  fault: Fault,
  label: string,
  setting: ProveSetting,
): Promise<Tried> {
  const name = `${label}-${fault.point ?? 'preflight'}-${fault.name}`;
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
      // What a piece of bash does not look at, it will not look at in another run either.
      (isWell(one.trial.judgement) && (one.trial.landed > 0 || fault.plant.kind === 'piece')),
  );
  const keep = outcomeOf(last) === 'killed' ? 0 : last.number;
  for (let number = 1; number <= last.number; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a few folders, and the order doesn't matter
    if (number !== keep) await rm(folder(number), { recursive: true, force: true });
  }
  return { fault, trial: last.trial };
}
