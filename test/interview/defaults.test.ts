import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import type { Draft } from '../../src/interview/answers-so-far.ts';
import { calibrationRows, liveEstimate } from '../../src/interview/data.ts';
import { defaults, refusalStatuses, servable } from '../../src/interview/defaults.ts';
import { categories, type Profile } from '../../src/profile/schema.ts';
import { bakery, ktrdr } from '../support/ktrdr.ts';

const profileOf = (name: string): Profile => (name === 'bakery' ? bakery : ktrdr);

/** Answers with every default taken, from no more than a name. */
function proposed(start: Draft, profile: Profile): Draft {
  const fields = ['domain', 'trigger', 'flow', 'category', 'outcome', 'calibration'] as const;
  return fields.reduce<Draft>((draft, field) => {
    const value = draft[field] ?? defaults[field]?.(draft, profile);
    return value === undefined ? draft : { ...draft, [field]: value };
  }, start);
}

describe('a name says most of it', () => {
  test.each([
    [
      'ktrdr',
      'Training Cancellation',
      'training',
      'training.start',
      'cancellation',
      'training/cancellation',
    ],
    ['ktrdr', 'Training Smoke', 'training', 'training.start', 'smoke', 'training/smoke'],
    [
      'ktrdr',
      'Watch the progress of a backtest',
      'backtest',
      'backtest.start',
      'progress',
      'backtest/progress',
    ],
    ['ktrdr', 'Download progress', 'data', 'data.download', 'progress', 'data/progress'],
    ['ktrdr', 'Read cached data', 'data', 'data.get', 'smoke', 'data/cache-read'],
    [
      'ktrdr',
      'Cancel an operation',
      'operations',
      'operations.cancel',
      'cancellation',
      'training/cancellation',
    ],
    ['ktrdr', 'Health of the IB host', 'host', 'host.ib-health', 'smoke', undefined],
    [
      'ktrdr',
      'Integration of training services',
      'training',
      'training.start',
      'integration',
      'training/smoke',
    ],
    ['ktrdr', 'Übung', 'training', 'training.start', 'smoke', 'training/smoke'],
    ['bakery', 'Recall an order', 'orders', 'orders.recall', 'cancellation', 'orders/party'],
    [
      'bakery',
      'Cancellation of a baking',
      'orders',
      'orders.place',
      'cancellation',
      'orders/party',
    ],
    ['bakery', 'Read the menu', 'menu', 'menu.read', 'smoke', undefined],
  ])('%s: %s', (system, name, domain, endpoint, category, calibration) => {
    const draft = proposed({ name }, profileOf(system));
    expect(draft).toMatchObject({ domain, trigger: { kind: 'api', endpoint }, category });
    expect(draft.calibration).toBe(calibration);
  });
});

test.each([
  ['ktrdr', 'Training Cancellation', ['backend', 'operations-service', 'training-worker']],
  ['ktrdr', 'Training Smoke', ['backend', 'training-service', 'training-worker']],
  ['ktrdr', 'Health of the training host', ['training-host']],
  ['ktrdr', 'Read cached data', ['backend', 'data-cache']],
  ['bakery', 'Cancellation of a baking', ['counter', 'till', 'oven']],
])('%s: the flow of %s', (system, name, flow) => {
  expect(proposed({ name }, profileOf(system)).flow).toEqual(flow);
});

test.each([
  ['ktrdr', 'training.start', 'smoke', [{ state: { path: '.data.status', equals: 'completed' } }]],
  [
    'ktrdr',
    'training.start',
    'cancellation',
    [{ state: { path: '.data.status', in: ['cancelled', 'failed'] } }],
  ],
  [
    'ktrdr',
    'backtest.start',
    'cancellation',
    [{ state: { path: '.data.status', equals: 'cancelled' } }],
  ],
  ['ktrdr', 'operations.list', 'smoke', [{ response: { status: 200 } }]],
  ['ktrdr', 'training.start', 'error', [{ response: { status: 422 } }]],
  ['bakery', 'orders.place', 'cancellation', [{ state: { path: '.phase', equals: 'recalled' } }]],
  ['bakery', 'orders.place', 'progress', [{ state: { path: '.phase', equals: 'ready' } }]],
] as const)('%s: the outcome of %s in category %s', (system, endpoint, category, outcome) => {
  const draft = { trigger: { kind: 'api', endpoint }, category } as const;
  expect(defaults.outcome?.(draft, profileOf(system))).toEqual(outcome);
});

test('the outcome of a command is its exit code', () => {
  const draft = { trigger: { kind: 'cli', command: 'bakery weigh 3' } } as const;
  expect(defaults.outcome?.(draft, ktrdr)).toEqual([{ cli: { exitCode: 0 } }]);
});

test('the refusals of an endpoint, else of its service', () => {
  expect(refusalStatuses({ trigger: { kind: 'api', endpoint: 'orders.place' } }, bakery)).toEqual([
    400, 404, 409,
  ]);
  expect(refusalStatuses({ trigger: { kind: 'api', path: '/x' }, flow: ['till'] }, bakery)).toEqual(
    [400, 404, 409],
  );
});

test.each([
  ['cancellation', ['training/cancellation', 'training/stress', 'training/smoke']],
  ['progress', ['training/progress', 'training/stress', 'training/smoke']],
  ['smoke', ['training/smoke', 'training/stress', 'training/progress']],
] as const)(
  'data for %s: what fits first, the same data once, what is too small last',
  (category, names) => {
    const draft = {
      category,
      domain: 'training',
      trigger: { kind: 'api', endpoint: 'training.start' },
    } as const;
    expect(calibrationRows(draft, ktrdr).map(({ name }) => name)).toEqual(names);
  },
);

test('what is too small says why', () => {
  const draft = {
    category: 'cancellation',
    trigger: { kind: 'api', endpoint: 'training.start' },
  } as const;
  expect(calibrationRows(draft, ktrdr).at(-1)).toMatchObject({
    tooSmall: true,
    size: '~258 samples · ~2 s',
    why: 'too small: nothing to cancel',
  });
});

test.each([
  [{ loaves: 60 }, '~60 loaves · ~6 s'],
  [{ loaves: 3 }, '~3 loaves · ~1 s · too small: nothing to recall'],
  [{ loaves: 0 }, ''],
])('the live estimate of %j', (parameters, text) => {
  const draft = {
    category: 'cancellation',
    trigger: { kind: 'api', endpoint: 'orders.place' },
  } as const;
  const model = bakery.calibrationModels['loaves'];
  expect(model && liveEstimate(model, parameters, draft, bakery)).toBe(text);
});

describe('what is proposed can be written, whatever the trigger', () => {
  const cases = ['ktrdr', 'bakery'].flatMap((system) =>
    categories.map((one) => [system, one] as const),
  );
  test.each(cases)('%s, %s', (system, category) => {
    const profile = profileOf(system);
    for (const [endpoint, { domain }] of Object.entries(profile.endpoints)) {
      const start: Draft = {
        name: 'Any name',
        domain,
        category,
        trigger: { kind: 'api', endpoint },
      };
      if (!servable(category, start, profile)) continue;
      // Nobody knows how it refuses, so nothing is proposed.
      if (category === 'error' && refusalStatuses(start, profile).length === 0) continue;
      const { problems } = checkAnswers(proposed(start, profile), profile);
      expect([endpoint, problems]).toEqual([endpoint, []]);
    }
  });
});
