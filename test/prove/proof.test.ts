import { describe, expect, test } from 'vitest';
import { faultLabel, type Fault } from '../../src/prove/fault.ts';
import { isProven, proofOf, type Tried } from '../../src/prove/proof.ts';
import { killTable } from '../../src/prove/table.ts';
import type { Trial } from '../../src/prove/trial.ts';
import { paintFor } from '../../src/run/paint.ts';
import { pointsOf, type Resolved } from '../../src/scenario/model.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { checkAnswers } from '../../src/answers/check.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { ktrdr } from '../support/ktrdr.ts';
import { answers as labs } from './lab.ts';

const [first, ...others] = pointsOf(smoke().steps).map(({ point }) => point.id);

/** What came of a fault that is bound to a point: killed by it, or unnoticed. */
function tried(point: string, killed: boolean): Tried {
  const fault: Fault = {
    name: 'wrong-value',
    what: `another value at ${point}`,
    point,
    plant: { kind: 'dead', act: 1 },
  };
  return { fault, trial: trial(killed ? point : undefined) };
}

function trial(firstFailed: string | undefined): Trial {
  const red = firstFailed !== undefined;
  return {
    judgement: {
      verdict: red ? 'failed' : 'passed',
      exitCode: red ? 1 : 0,
      class: red ? 'CODE_BUG' : null,
      checks: { planned: 1, executed: 1, failed: red ? 1 : 0 },
      knownDefects: [],
      onlyKnownDefects: false,
    },
    ...(red ? { firstFailed } : {}),
    showing: [],
    landed: 1,
    recording: [],
    lacks: [],
    seconds: 1,
  };
}

const survivor = tried(first ?? '', false);
const label = faultLabel(survivor.fault);
const all = [survivor, ...others.map((id) => tried(id, true))];
const reason = 'the service answers so by design';

function smoke(survivors: Resolved['acceptedSurvivors'] = {}): Resolved {
  const { answers } = checkAnswers({ ...labs.smoke, accept: { survivors } }, ktrdr);
  const { resolved } = answers ? resolve(draft(answers, 'ktrdr'), ktrdr) : {};
  if (!resolved) throw new Error('these answers are right');
  return resolved;
}

describe('a survivor', () => {
  test('is told, and its criterion is decorative', () => {
    const proof = proofOf(smoke(), trial(undefined), all);
    expect(proof.survivors.map(({ fault }) => fault)).toEqual([label]);
    expect(proof.decorative).toEqual([first]);
    expect(isProven(proof)).toBe(false);
  });

  test('that the scenario accepts is no survivor, is counted, and stays with its reason', () => {
    const scenario = smoke({ [label]: reason });
    const proof = proofOf(scenario, trial(undefined), all);
    expect(proof).toMatchObject({ survivors: [], decorative: [], idle: [] });
    expect(proof.accepted).toEqual([{ fault: label, because: reason }]);
    expect(proof.faults).toMatchObject({ survived: 1, landed: all.length });
    expect(isProven(proof)).toBe(true);
    const table = killTable(proof, scenario, paintFor({ isTTY: false }, {}), 1).join('\n');
    expect(table).toContain(reason);
  });

  test('that is accepted and does not survive is told', () => {
    const scenario = smoke({ 'wrong-value: elsewhere': reason });
    const proof = proofOf(scenario, trial(undefined), all);
    expect(proof.idle).toEqual(['wrong-value: elsewhere']);
    expect(isProven(proof)).toBe(false);
  });
});
