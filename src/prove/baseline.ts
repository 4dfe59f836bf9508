import { join } from 'node:path';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { isWell } from '../run/verdict.ts';
import { faultsOf } from './derive.ts';
import type { Fault } from './fault.ts';
import type { ProveSetting } from './prove.ts';
import { tryOut, type Trial } from './trial.ts';

/** A run without faults, the speed at which it was, and the faults that what it saw makes possible. */
export interface Baseline {
  readonly trial: Trial;
  readonly speed: number;
  readonly faults: readonly Fault[];
}

/**
 * A green run that saw enough: on a busy machine a wait of a few looks may leave nothing that could fall or be left out. Where a point
 * has no fault, a run at half the speed may tell of one.
 */
export async function tellingRun(scenario: Resolved, setting: ProveSetting): Promise<Baseline> {
  const first = await greenRun(scenario, setting);
  if (setting.signal.aborted || !isWell(first.trial.judgement)) return first;
  const missed = withoutFault(scenario, first.faults);
  if (missed === 0) return setting.hastens === true ? hastened(scenario, first, setting) : first;
  const second = await greenRun(scenario, { ...setting, speed: first.speed / 2, tries: 1 });
  const isBetter = isWell(second.trial.judgement) && withoutFault(scenario, second.faults) < missed;
  return isBetter ? second : first;
}

/** A shorter run (real seconds) isn't worth another one. */
const longRun = 3;

/**
 * A run of many looks at long intervals: three times as fast, again and again, as long as it stays green, makes the same faults
 * possible, and gains a third of the time.
 */
async function hastened(
  scenario: Resolved,
  before: Baseline,
  setting: ProveSetting,
): Promise<Baseline> {
  if (before.trial.seconds < longRun || before.faults.length < 3) return before;
  const next = await greenRun(scenario, { ...setting, speed: before.speed * 3, tries: 1 });
  if (setting.signal.aborted || !isWell(next.trial.judgement) || !losesNothing(before, next))
    return before;
  return hastened(scenario, next, setting);
}

/** Whether a faster run makes the same faults possible, and gains a third of the time. */
export function losesNothing(
  before: Pick<Baseline, 'faults'> & { readonly trial: Pick<Trial, 'seconds'> },
  next: typeof before,
): boolean {
  const isFaster = next.trial.seconds < (before.trial.seconds * 2) / 3;
  return isFaster && namesOf(next.faults) === namesOf(before.faults);
}

function namesOf(faults: readonly Fault[]): string {
  return faults.map(({ point, name }) => `${point} ${name}`).join();
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
      const faults = isWell(trial.judgement) ? faultsOf(scenario, trial.recording) : [];
      return { speed, trial, faults };
    },
    ({ trial }) =>
      setting.signal.aborted || !['inconclusive', 'timed-out'].includes(trial.judgement.verdict),
  );
}

/** How often a run is tried, each time at half the speed: on a busy machine a script may lose a race against the clock. */
const mostTries = 3;

/** Tries something until it is good, each time at half the speed. */
export async function slowing<T>(
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
