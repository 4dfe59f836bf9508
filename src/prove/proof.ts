import { scriptLine } from '../files/words.ts';
import type { RecordedProof } from '../files/records.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { isWell } from '../run/verdict.ts';
import { faultLabel, type Fault } from './fault.ts';
import { adviceFor } from './piece-faults.ts';
import type { Trial } from './trial.ts';

/** A fault and what came of it. */
export interface Tried {
  readonly fault: Fault;
  readonly trial: Trial;
}

/** What came of a fault: it did nothing, the right point noticed it, or nobody did. */
export type Outcome = 'not-landed' | 'killed' | 'survived';

/** The proof of one scenario. */
export interface Proof extends Omit<RecordedProof, 'checks'> {
  readonly id: string;
  /** Why there is no proof, where the run without faults wasn't green. */
  readonly reason?: string;
  /** Faults that changed nothing that the script saw. */
  readonly notLanded: readonly string[];
  /** What the scenario accepts, and what did not survive. */
  readonly idle?: readonly string[];
  /** It was not made anew: the recorded one speaks of the same checks. */
  readonly recorded?: true;
}

/**
 * Judges one fault: killed only by the point that is bound to it, as the first that turned red; of a known defect that was taken away,
 * by the point that turned green, all others being as before.
 */
export function outcomeOf({ fault, trial }: Tried): Outcome {
  if (trial.landed === 0) return 'not-landed';
  const { verdict } = trial.judgement;
  if (fault.heals === true) {
    const turned = isWell(trial.judgement) && !trial.showing.includes(fault.point ?? '');
    return turned ? 'killed' : 'survived';
  }
  const killed =
    fault.point === undefined
      ? verdict === 'blocked' && trial.firstFailed === undefined
      : trial.firstFailed === fault.point && verdict !== 'passed' && verdict !== 'interrupted';
  return killed ? 'killed' : 'survived';
}

/** The proof, from all that was tried. */
export function proofOf(scenario: Resolved, baseline: Trial, tried: readonly Tried[]): Proof {
  const by = (outcome: Outcome): readonly Tried[] =>
    tried.filter((one) => outcomeOf(one) === outcome);
  const killed = by('killed');
  const points = pointsOf(scenario.steps).map(({ point }) => point);
  const excused = new Set(points.flatMap(({ id, defect }) => (defect === undefined ? [] : [id])));
  const criteria = points.map((point) => ({
    id: point.id,
    killedBy: killed.flatMap(({ fault }) => (fault.point === point.id ? [faultLabel(fault)] : [])),
  }));
  const because = (one: Tried): string | undefined =>
    scenario.acceptedSurvivors[faultLabel(one.fault)];
  const survived = by('survived');
  const accepted = survived.filter((one) => because(one) !== undefined);
  const survivors = survived.filter((one) => because(one) === undefined);
  const spared = new Set(accepted.map(({ fault }) => fault.point));
  return {
    id: scenario.id,
    baseline: baseline.judgement.verdict === 'passed' ? 'passed' : 'known-defect',
    faults: {
      planted: tried.length,
      landed: killed.length + survived.length,
      killed: killed.length,
      survived: survived.length,
    },
    criteria,
    survivors: survivors.map((one) => ({
      fault: faultLabel(one.fault),
      suggestion: suggestionFor(one, scenario),
    })),
    ...(accepted.length === 0
      ? {}
      : {
          accepted: accepted.map((one) => ({
            fault: faultLabel(one.fault),
            because: because(one) ?? '',
          })),
        }),
    // What a known defect turns red already cannot be turned red by a fault.
    decorative: criteria.flatMap(({ id, killedBy }) =>
      killedBy.length === 0 && !excused.has(id) && !spared.has(id) ? [id] : [],
    ),
    idle: Object.keys(scenario.acceptedSurvivors).filter(
      (label) => !accepted.some(({ fault }) => faultLabel(fault) === label),
    ),
    notLanded: by('not-landed').map(({ fault }) => faultLabel(fault)),
  };
}

/** No proof: the run without faults has to be green first. */
export function noProof(scenario: Resolved, baseline: string, reason: string): Proof {
  return {
    id: scenario.id,
    baseline,
    reason,
    faults: { planted: 0, landed: 0, killed: 0, survived: 0 },
    criteria: pointsOf(scenario.steps).map(({ point }) => ({ id: point.id, killedBy: [] })),
    survivors: [],
    decorative: [],
    notLanded: [],
  };
}

/** Whether a proof shows what it should: green (known defects apart) without faults, red at the right point with each. */
export function isProven({
  baseline,
  reason,
  survivors,
  decorative,
}: Pick<Proof, 'baseline' | 'reason' | 'survivors' | 'decorative'>): boolean {
  return (
    (baseline === 'passed' || baseline === 'known-defect') &&
    reason === undefined &&
    survivors.length === 0 &&
    decorative.length === 0
  );
}

/** What to do about a fault that nobody, or the wrong point, noticed. */
function suggestionFor({ fault, trial }: Tried, scenario: Resolved): string {
  const { verdict, issue } = trial.judgement;
  if (fault.point === undefined)
    return `the run ended ${verdict}; it should end blocked at preflight: check that run.sh asks \`ready\` of each service`;
  const bound = pointsOf(scenario.steps).find(({ point }) => point.id === fault.point);
  const line = bound === undefined ? '' : scriptLine(bound.point, bound.step).words;
  if (trial.firstFailed !== undefined)
    return `${trial.firstFailed} turned red first, in the place of ${fault.point}: see that run.sh has, before it, the line: ${line}`;
  if (fault.plant.kind === 'piece' && isWell(trial.judgement)) return adviceFor(fault, scenario);
  if (fault.heals === true)
    return `the point stayed red without the defect: see what else the line asks: ${line}`;
  if (isWell(trial.judgement)) return `the run stayed green: see that run.sh has the line: ${line}`;
  return `the run ended ${verdict} (${issue ?? 'without a reason'}) and not at ${fault.point}: see that run.sh has the line: ${line}`;
}
