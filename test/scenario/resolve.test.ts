import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft, type ScenarioFile } from '../../src/scenario/scenario.ts';
import { pointsOf, type Resolved } from '../../src/scenario/model.ts';
import { cancellation, ktrdr } from '../support/ktrdr.ts';

const smoke = {
  ...cancellation,
  name: 'Training Smoke',
  category: 'smoke',
  calibration: 'training/smoke',
  outcome: [{ state: { path: '.data.status', equals: 'completed' } }],
};
const refused = {
  ...cancellation,
  name: 'Refused',
  category: 'error',
  flow: ['backend'],
  trigger: { kind: 'api', endpoint: 'training.start', payload: { invalid: 'payload' } },
  outcome: [{ response: { status: 422 } }],
  calibration: undefined,
};
const failing = {
  ...smoke,
  category: 'error',
  trigger: { kind: 'api', endpoint: 'training.start', body: { symbols: ['NOPE'] } },
  outcome: [
    { state: { path: '.data.status', equals: 'failed' } },
    { state: { path: '.data.error_message', matches: 'No data found' } },
  ],
};

function resolved(raw: object, change: Partial<ScenarioFile> = {}): Resolved {
  const { answers, problems } = checkAnswers(raw, ktrdr);
  if (!answers) throw new Error(JSON.stringify(problems));
  const result = resolve({ ...draft(answers, 'ktrdr'), ...change }, ktrdr);
  if (!result.resolved) throw new Error(JSON.stringify(result.problems));
  return result.resolved;
}

function ids(raw: object, change?: Partial<ScenarioFile>): string {
  return pointsOf(resolved(raw, change).steps)
    .map(({ point }) => point.id)
    .join(' ');
}

describe('each category has the points of its playbook, in order', () => {
  test.each([
    [
      'smoke',
      smoke,
      'accepted has-id completes epochs-trained samples-used train-accuracy validation-accuracy no-errors-backend',
    ],
    [
      'progress',
      { ...smoke, category: 'progress', calibration: 'training/progress' },
      'accepted has-id completes long-enough mid-way-seen moves never-over never-falls ends-full no-errors-backend',
    ],
    [
      'cancellation',
      cancellation,
      'accepted has-id half-way mid-way in-time acknowledged ends stays-ended progress-stops accepted-again has-new-id runs-again log-absent-backend no-errors-backend',
    ],
    [
      'error, failing later',
      failing,
      'accepted has-id fails stack-trace absolute-path home drive-prefix outcome-error-message healthy-afterwards healthy-body no-errors-backend',
    ],
    [
      'error, refused or failing later',
      {
        ...failing,
        outcome: [
          {
            anyOf: [
              { response: { status: 400 } },
              [
                { state: { path: '.data.status', equals: 'failed' } },
                { state: { path: '.data.error_message', matches: 'No data found' } },
              ],
            ],
          },
        ],
      },
      'any-of stack-trace absolute-path home drive-prefix healthy-afterwards healthy-body no-errors-backend',
    ],
    [
      'integration',
      { ...smoke, category: 'integration' },
      'accepted has-id completes seen-operation-record seen-operation-created seen-training-accepted seen-local-bridge no-errors-backend',
    ],
  ])('%s', (_category, raw, expected) => {
    expect(ids(raw)).toBe(expected);
  });

  test('error, refused', () => {
    expect(ids(refused)).toMatch(
      /^refused refusal-body.* stack-trace .* healthy-afterwards healthy-body no-errors-backend$/,
    );
  });
});

describe('outcomes', () => {
  const first = (outcome: object) => ids({ ...smoke, outcome: [outcome] });
  test.each([
    [
      'a status that the playbook checks is not checked twice',
      { response: { status: 200 } },
      'accepted has-id',
    ],
    [
      'a state on the state path is the wait itself',
      { state: { path: '.data.status', in: ['completed'] } },
      'accepted has-id completes epochs-trained',
    ],
    [
      'a path of the reply stands in the step of that reply',
      { response: { path: '.symbols', contains: 'EURUSD' } },
      'accepted has-id outcome-symbols completes',
    ],
    [
      'another state is looked at when the operation has ended',
      { state: { path: '.data.progress.steps_total', equals: 10 } },
      'validation-accuracy outcome-steps-total no-errors-backend',
    ],
    [
      'a log line',
      { log: { service: 'backend', present: 'Completed operation' } },
      'log-present-backend no-errors-backend',
    ],
    [
      'a file',
      { file: { path: 'models/x.json', newer: true, minBytes: 10 } },
      'file-newer file-min-bytes',
    ],
  ])('%s', (_what, outcome, expected) => {
    expect(first(outcome)).toContain(expected);
  });

  test('alternatives of one reply are one check, of several an any', () => {
    const either = (...anyOf: object[]) =>
      pointsOf(resolved({ ...smoke, outcome: [{ anyOf }] }).steps).find(
        ({ point }) => point.id === 'any-of',
      )?.point;
    const one = { response: { path: '.symbols', contains: 'EURUSD' } };
    expect(either(one, { response: { path: '.symbols', contains: 'GBPUSD' } })).toMatchObject({
      kind: 'check',
      reply: 'start',
      condition: [[{ field: '.symbols' }], [{ field: '.symbols' }]],
    });
    expect(either(one, { log: { service: 'backend', present: 'EURUSD' } })).toMatchObject({
      kind: 'any',
      alternatives: [[{ reply: 'start' }], [{ service: 'backend' }]],
    });
  });

  test('a manual one is no point', () => {
    expect(first({ manual: 'the chart looks right' })).not.toContain('manual');
    const { steps } = resolved({ ...smoke, outcome: [{ manual: 'the chart looks right' }] });
    expect(steps.flatMap(({ acts }) => acts).filter(({ kind }) => kind === 'manual')).toHaveLength(
      1,
    );
  });

  test('a cancellation that must end as cancelled allows nothing else', () => {
    const { steps } = resolved({
      ...cancellation,
      outcome: [{ state: { path: '.data.status', equals: 'cancelled' } }],
    });
    const hold = steps.flatMap(({ acts }) => acts).find(({ kind }) => kind === 'hold');
    expect(hold).toMatchObject({
      while: [[{ field: '.data.status', comparisons: [{ name: 'equals', value: 'cancelled' }] }]],
    });
  });
});

describe('what cannot be resolved is said with its place and what would do', () => {
  test.each([
    [
      'too little data',
      { ...cancellation, calibration: 'training/smoke' },
      'calibration',
      /training\/cancellation/,
    ],
    ['no data', { ...smoke, calibration: undefined }, 'calibration', /training\/smoke/],
    [
      'an operation is needed',
      {
        ...cancellation,
        domain: 'data',
        trigger: { kind: 'api', endpoint: 'data.get' },
        calibration: undefined,
      },
      'category',
      /training\.start/,
    ],
    [
      'an end that the category cannot have',
      { ...smoke, outcome: [{ state: { path: '.data.status', equals: 'failed' } }] },
      'outcome.0.state',
      /completed/,
    ],
    [
      'an error without a status',
      { ...refused, outcome: [{ log: { service: 'backend', present: 'x' } }] },
      'outcome',
      /status: 422/,
    ],
    [
      'a failure without a message',
      { ...failing, outcome: [failing.outcome[0]] },
      'outcome',
      /error_message/,
    ],
    [
      'a service without a log',
      { ...smoke, outcome: [{ log: { service: 'bakend', present: 'x' } }] },
      'outcome.0.log.service',
      /backend/,
    ],
    [
      'a reply that is not there',
      { ...smoke, outcome: [{ response: { status: 200 }, of: 'stat' }] },
      'outcome.0',
      /start/,
    ],
    [
      'a comparison that is missing',
      { ...smoke, outcome: [{ response: { path: '.x' } }] },
      'outcome.0',
      /comparator/,
    ],
    [
      'an unknown mode',
      { ...smoke, requires: { training: 'lokal' } },
      'requires.training',
      /local/,
    ],
    [
      'an unknown requirement',
      { ...smoke, requires: { trainin: 'local' } },
      'requires.trainin',
      /training/,
    ],
    [
      'start after end',
      {
        ...smoke,
        calibration: {
          symbol: 'EURUSD',
          timeframe: '1d',
          start: '2024-12-31',
          end: '2024-01-01',
          strategy: 'x',
        },
      },
      'calibration.end',
      /after/,
    ],
    [
      'an unknown timeframe',
      {
        ...smoke,
        calibration: {
          symbol: 'EURUSD',
          timeframe: '1x',
          start: '2024-01-01',
          end: '2024-12-31',
          strategy: 'x',
        },
      },
      'calibration.timeframe',
      /1m|1h/,
    ],
  ])('%s', (_what, raw, path, expected) => {
    const { problems } = checkAnswers(raw, ktrdr);
    expect(problems.map((problem) => problem.path)).toContain(path);
    const problem = problems.find((one) => one.path === path);
    expect(`${problem?.message} ${problem?.expected} ${problem?.nearest}`).toMatch(expected);
  });

  // The script would look for the braces: their absence always holds.
  test.each([
    [{ log: { service: 'backend', absent: 'Failed operation: {ids}' } }],
    [{ log: { service: 'backend', matches: 'op {ids}' } }],
    [{ file: { path: 'models/{ids}.json' } }],
    [{ anyOf: [smoke.outcome[0], { log: { service: 'backend', present: '{ids}' } }] }],
  ])('a name that nothing captures: %j', (outcome) => {
    const { problems } = checkAnswers({ ...smoke, outcome: [outcome] }, ktrdr);
    expect(problems).toMatchObject([{ path: 'outcome.0', nearest: 'id' }]);
  });

  test('small data are taken with a reason, which the document shows', () => {
    const { answers } = checkAnswers(
      { ...cancellation, calibration: 'training/smoke', accept: { calibration: 'a slow machine' } },
      ktrdr,
    );
    expect(answers?.accept?.calibration).toBe('a slow machine');
  });
});

describe('the payload', () => {
  const bodyOf = (trigger: object, more: object = {}) =>
    resolved({
      ...refused,
      ...more,
      trigger: { kind: 'api', endpoint: 'training.start', ...trigger },
    })
      .steps.flatMap(({ acts }) => acts)
      .flatMap((act) => (act.kind === 'request' && act.method === 'POST' ? [act.body] : []))[0];
  const whole = {
    symbols: ['EURUSD'],
    timeframes: ['1d'],
    strategy_name: 'test_e2e_local_pull',
    start_date: '2024-01-01',
    end_date: '2024-12-31',
  };
  test.each([
    ['payload replaces it exactly', { payload: [] }, {}, []],
    [
      'body is merged over the calibrated one, lists replaced',
      { body: { symbols: [] } },
      {},
      { ...whole, symbols: [] },
    ],
    [
      'omit takes keys away',
      { omit: ['symbols', 'end_date'] },
      {},
      { timeframes: ['1d'], strategy_name: 'test_e2e_local_pull', start_date: '2024-01-01' },
    ],
    ['an error merges nothing unless body is used', {}, {}, undefined],
    [
      'a key such as __proto__ is only a key',
      { body: JSON.parse('{"__proto__": {"a": 1}}') as object },
      {},
      { ...whole, ...(JSON.parse('{"x":1}') as object), x: undefined },
    ],
  ])('%s', (what, trigger, more, expected) => {
    const body = bodyOf(trigger, more);
    if (what.includes('__proto__')) expect(JSON.stringify(body)).toContain('"__proto__":{"a":1}');
    else expect(body).toEqual(expected);
  });
});

test('parameters of your own are completed with the defaults of the model', () => {
  const { calibration, steps } = resolved({
    ...smoke,
    calibration: { symbol: 'EURUSD', timeframe: '1h', start: '2024-01-01', end: '2024-12-31' },
  });
  expect(calibration?.parameters).toMatchObject({ strategy: 'test_e2e_local_pull' });
  expect(JSON.stringify(steps)).not.toContain('{strategy}');
});

describe('explicit changes in the scenario file', () => {
  test('an addition is bound to one check, under its own id', () => {
    expect(
      ids(smoke, {
        additions: [
          { id: 'ten-epochs', state: { path: '.data.progress.steps_total', equals: 10 } },
        ],
      }),
    ).toContain('ten-epochs');
  });
  test.each([
    ['bound to nothing', [{ id: 'x' }], /bound to no check/],
    [
      'bound twice',
      [{ id: 'x', state: { path: '.a', exists: true }, response: { status: 200 } }],
      /more than one/,
    ],
    ['an id that is taken', [{ id: 'completes', manual: true as const }], /taken/],
  ])('an addition: %s', (_what, additions, expected) => {
    const { answers } = checkAnswers(smoke, ktrdr);
    if (!answers) throw new Error('answers');
    const { problems } = resolve({ ...draft(answers, 'ktrdr'), additions }, ktrdr);
    expect(problems.map(({ message }) => message).join()).toMatch(expected);
  });
  test('an override changes a point; one of a point that is not there is refused with the nearest', () => {
    const changed = resolved(smoke, { overrides: { completes: { within: 99 } } });
    expect(changed.steps.flatMap(({ acts }) => acts)).toContainEqual(
      expect.objectContaining({ id: 'completes', within: 99 }),
    );
    const { answers } = checkAnswers(smoke, ktrdr);
    if (!answers) throw new Error('answers');
    expect(
      resolve({ ...draft(answers, 'ktrdr'), overrides: { complets: {} } }, ktrdr).problems[0]
        ?.nearest,
    ).toBe('completes');
  });
});

test('trigger operations.cancel starts what its calibration row is for', () => {
  const raw = { ...cancellation, trigger: { kind: 'api', endpoint: 'operations.cancel' } };
  expect(ids(raw)).toBe(ids(cancellation));
});
