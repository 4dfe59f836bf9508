import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { exerciseOf, type KnownRow } from '../../src/find/exercise.ts';
import { likest, nearDuplicate, nearDuplicateWarning } from '../../src/find/likeness.ts';
import { allKnown } from '../../src/io/library.ts';
import { openProject } from '../../src/io/project.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { cancellation, ktrdr, root } from '../support/ktrdr.ts';

/** Answers as the row and the exercise of the scenario that they make. */
function known(answers: object): KnownRow {
  const checked = checkAnswers(answers, ktrdr);
  if (!checked.answers) throw new Error(JSON.stringify(checked.problems));
  const scenario = draft(checked.answers, ktrdr.name);
  const { resolved } = resolve(scenario, ktrdr);
  if (!resolved) throw new Error('not resolved');
  const standing = { status: 'not-run' } as const;
  return { row: { ...resolved, standing }, exercise: exerciseOf(scenario, resolved, ktrdr) };
}

const there = known(cancellation);
const outcomes = cancellation.outcome;
const refused = {
  name: 'Refused',
  domain: 'training',
  category: 'error',
  trigger: { kind: 'api', endpoint: 'training.start', body: { strategy_name: 'none' } },
  flow: ['backend'],
  outcome: [{ response: { status: 400 } }],
};

describe('what is a near-duplicate of the cancellation of a training', () => {
  const cases: readonly (readonly [what: string, changed: object, duplicate: boolean])[] = [
    ['the same under another name', {}, true],
    [
      'the same by method and path',
      { trigger: { kind: 'api', method: 'POST', path: '/api/v1/trainings/start' } },
      true,
    ],
    [
      'another value of the same field',
      { outcome: [{ state: { path: '.data.status', equals: 'cancelled' } }, outcomes[1]] },
      true,
    ],
    ['one of its two outcomes', { outcome: [outcomes[0]] }, true],
    [
      'an outcome more',
      { outcome: [...outcomes, { log: { service: 'backend', absent: 'Traceback' } }] },
      true,
    ],
    ['another flow', { flow: ['backend'] }, true],
    ['other outcomes', { outcome: [{ log: { service: 'backend', absent: 'Traceback' } }] }, false],
    [
      'another category',
      { category: 'progress', calibration: 'training/progress', outcome: [outcomes[1]] },
      false,
    ],
    ['other data', { calibration: 'training/stress' }, false],
    ['another mode', { requires: { training: 'host' } }, false],
    [
      'another trigger',
      {
        trigger: { kind: 'api', endpoint: 'backtest.start' },
        domain: 'backtest',
        calibration: 'backtest/cancellation',
      },
      false,
    ],
  ];
  test.each(cases)('%s', (_what, changed, duplicate) => {
    const [found] = likest(known({ ...cancellation, name: 'Other', ...changed }), [there], 0);
    expect((found?.score ?? 0) >= nearDuplicate).toBe(duplicate);
  });
});

test('two refusals of the same endpoint differ by what is sent', () => {
  const other = {
    ...refused,
    name: 'Other',
    trigger: { ...refused.trigger, body: { symbols: [] } },
  };
  expect(likest(known(other), [known(refused)])).toEqual([]);
  expect(likest(known({ ...refused, name: 'Same' }), [known(refused)])).toHaveLength(1);
});

test('the warning names the scenario, what both do, and what is only in the new one', () => {
  const more = known({
    ...cancellation,
    name: 'Other',
    outcome: [...outcomes, { log: { service: 'backend', absent: 'Traceback' } }],
  });
  expect(nearDuplicateWarning(more, [there])).toEqual([
    {
      code: 'near-duplicate',
      message:
        'training/training-cancellation does nearly the same: trigger training.start, category cancellation, data training/cancellation, state .data.status, log backend without "no running event loop"; only yours: log backend without "Traceback"; perhaps it is enough: scenario show training/training-cancellation',
    },
  ]);
  expect(nearDuplicateWarning(there, [there])).toEqual([]);
});

test('no scenario of the library warns about another one', () => {
  const library = allKnown(openProject(root), ktrdr);
  expect(library.length).toBeGreaterThan(40);
  const warned = library.flatMap((one) =>
    likest(one, library).map(({ id }) => `${one.row.id} ~ ${id}`),
  );
  expect(warned).toEqual([]);
});
