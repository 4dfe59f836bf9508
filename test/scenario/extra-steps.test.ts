import { describe, expect, test } from 'vitest';
import { resolveText } from '../../src/scenario/read.ts';
import { capturedIn } from '../../src/scenario/steps.ts';
import { pointsOf } from '../../src/scenario/model.ts';
import { stringify } from 'yaml';
import { Told } from '../../src/errors.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakerySteps } from '../bakery/additions.ts';
import { bakery } from '../support/ktrdr.ts';

function read(additions: readonly object[]) {
  const file = { schema: 1, profile: 'bakery', answers: bakeryAnswers.smoke, additions };
  return resolveText(
    stringify(file, { aliasDuplicateObjects: false }),
    'orders/baking-smoke',
    'scenario.yaml',
    bakery,
  ).resolved;
}

function told(additions: readonly object[]): string {
  try {
    read(additions);
  } catch (error) {
    if (error instanceof Told) return error.detail ?? '';
    throw error;
  }
  return 'nothing is wrong';
}

test('steps stand where they should, each with its points', () => {
  const { steps } = read(bakerySteps);
  expect(steps.map(({ title }) => title)).toEqual([
    'Place an order',
    'Read what there is',
    expect.stringContaining('Wait until'),
    'Order some more of it',
    'Wait until .phase is ready',
    expect.stringContaining('See that it stays so'),
    'Look at an order that nobody placed',
    'Read the logs',
  ]);
  expect(pointsOf(steps).map(({ point }) => point.id)).toEqual(
    expect.arrayContaining([
      'menu-accepted',
      'menu-bread',
      'few-breads',
      'menu-breads',
      'menu-breads-2',
      'second-accepted',
      'second-id',
      'second-baked',
      'second-baked-phases-2',
      'was-baking',
      'second-baked-never-falls-3',
      'second-baked-no',
      'stays-baked',
      'nobody-problem-text',
    ]),
  );
});

test('what a step starts is undone, and its id tells its lines in the log', () => {
  const acts = read(bakerySteps).steps.flatMap((step) => step.acts);
  expect(acts.filter(({ kind }) => kind === 'cleanup')).toMatchObject([
    { path: '/orders/{id}/recall' },
    { path: '/orders/{second_id}/recall' },
  ]);
  expect(acts.find(({ kind }) => kind === 'log')).toMatchObject({
    look: { ids: ['id', 'second_id'] },
  });
});

const menu = { id: 'menu', request: { endpoint: 'menu.read' } };

test('a step that is repeated has the points of each round, and of all together', () => {
  const { steps } = read([
    {
      id: 'order',
      request: { endpoint: 'orders.place' },
      repeat: { times: 3, differs: ['.order.no'] },
    },
    {
      id: 'menu',
      after: 'order',
      request: { endpoint: 'menu.read' },
      repeat: { times: 2, same: ['.day'], near: [{ path: '.breads[0].grams', percent: 5 }] },
    },
  ]);
  const own = steps.filter(({ added }) => added !== undefined);
  expect(own.map(({ title }) => title)).toEqual([
    'Place an order, 3 times',
    'Read the menu, 2 times',
  ]);
  expect(own[0]?.acts.filter(({ kind }) => kind === 'cleanup')).toHaveLength(3);
  expect(capturedIn(own)).toEqual(expect.arrayContaining(['order_1_id', 'order_3_id']));
  expect(own[0]?.acts.filter(({ kind }) => kind === 'check')).toHaveLength(3 + 1 + 2);
  expect(own[0]?.acts.filter(({ kind }) => kind === 'take')).toHaveLength(2);
  expect(pointsOf(own.slice(1)).map(({ point }) => point.text)).toEqual([
    expect.stringContaining('read the menu'),
    'round 1 tells .day',
    'round 1 tells .breads[0].grams',
    expect.stringContaining('read the menu'),
    'round 2: .day is that of the first',
    'round 2: .breads[0].grams is within 5 % of that of round 1',
  ]);
});

describe('what a scenario asks of who runs it', () => {
  const own = { needs: { destructive: 'it empties the oven' }, locks: ['oven', 'log:counter'] };
  const setup = [
    {
      id: 'warm',
      request: { service: 'counter', method: 'PUT', path: '/oven', body: { degrees: 200 } },
      captures: [{ name: 'degrees', path: '.before' }],
      expect: [{ status: 200 }],
      restore: { service: 'counter', path: '/oven', body: { degrees: '{degrees}' } },
    },
  ];
  const file = { schema: 1, profile: 'bakery', answers: bakeryAnswers.smoke, setup, ...own };
  const { resolved } = resolveText(
    stringify(file, { aliasDuplicateObjects: false }),
    'orders/baking-smoke',
    'scenario.yaml',
    bakery,
  );

  test('permissions and locks', () => {
    expect(resolved.needs).toEqual([{ permission: 'destructive', reason: 'it empties the oven' }]);
    expect(resolved.locks).toEqual(['log:counter', 'oven']);
    expect(resolved.prerequisites.join()).toContain('--allow-destructive');
  });

  test('a setup comes first, and what it changed is brought back', () => {
    const [first] = resolved.steps;
    expect(first?.acts.map(({ kind }) => kind)).toEqual(['request', 'capture', 'cleanup', 'check']);
    expect(first?.acts[2]).toEqual({
      kind: 'cleanup',
      text: 'bring back what warm changed',
      method: 'PUT',
      service: 'counter',
      path: '/oven',
      body: { degrees: '{degrees}' },
      fill: true,
      restore: true,
    });
  });

  test('facts of the profile ask too', () => {
    const endpoints = {
      ...bakery.endpoints,
      'menu.read': { ...bakery.endpoints['menu.read'], needs: { cost: 'ink' }, locks: ['menu'] },
    } as typeof bakery.endpoints;
    const { needs, locks } = resolveText(
      stringify({ ...file, additions: [menu] }, { aliasDuplicateObjects: false }),
      'orders/baking-smoke',
      'scenario.yaml',
      { ...bakery, endpoints },
    ).resolved;
    expect(needs.map(({ permission }) => permission)).toEqual(['destructive', 'cost']);
    expect(locks).toEqual(['log:counter', 'menu', 'oven']);
  });
});

describe('what is wrong is told with its line and the nearest name', () => {
  test.each<[string, object[], RegExp]>([
    [
      'an endpoint',
      [{ id: 'm', request: { endpoint: 'menu.reed' } }],
      /:\d+:\d+ .*menu\.reed[^]*menu\.read/,
    ],
    ['a reply', [{ ...menu, after: 'strat' }], /no reply named "strat"[^]*start/],
    [
      'a capture in an address',
      [{ id: 'l', request: { endpoint: 'orders.look', params: { id: '{idd}' } } }],
      /nothing is captured as idd[^]*did you mean "id"/,
    ],
    [
      'a capture in a comparison',
      [{ ...menu, expect: [{ path: '.day', sameAs: 'i' }] }],
      /nothing is captured as i before this[^]*id/,
    ],
    [
      'a variable that nothing fills',
      [{ id: 'l', request: { service: 'counter', path: '/orders/{no}' } }],
      /nothing fills the variable \{no\}/,
    ],
    [
      'a variable that is none',
      [{ id: 'm', request: { endpoint: 'menu.read', params: { id: 1 } } }],
      /has no variable "id"/,
    ],
    [
      'a service',
      [{ id: 'm', request: { service: 'conter', path: '/x' } }],
      /unknown service "conter"[^]*counter/,
    ],
    ['an address', [{ id: 'm', request: {} }], /neither an endpoint nor a path/],
    [
      'two addresses',
      [{ id: 'm', request: { endpoint: 'menu.read', path: '/x' } }],
      /only one of them/,
    ],
    [
      'two acts',
      [{ ...menu, hold: { path: '/x', while: { path: '.a', exists: true }, for: 1 } }],
      /more than one thing/,
    ],
    [
      'a series of one look',
      [{ ...menu, series: [{ path: '.day', steady: true }] }],
      /judges many looks[^]*poll or hold/,
    ],
    [
      'a series with two rules',
      [{ ...menu, series: [{ path: '.day', steady: true, endsAt: 1 }] }],
      /exactly one of distinct/,
    ],
    ['an id that is taken', [{ ...menu, id: 'accepted' }], /accepted is taken/],
    [
      'a name that is taken',
      [{ ...menu, captures: [{ name: 'id', path: '.day' }] }],
      /name id is taken/,
    ],
    [
      'a reply about which nothing is said',
      [{ id: 'm', request: { path: '/menu' } }],
      /green whatever came/,
    ],
    [
      'a field without a comparator',
      [{ ...menu, expect: [{ path: '.day' }] }],
      /not what must hold/,
    ],
    [
      'a criterion with the words of a step',
      [{ id: 'm', after: 'start', manual: true }],
      /belongs to a step/,
    ],
    [
      'a capture that comes later',
      [
        { ...menu, after: 'start', expect: [{ path: '.day', sameAs: 'x' }] },
        { id: 'n', request: { endpoint: 'menu.read' }, captures: [{ name: 'x', path: '.day' }] },
      ],
      /nothing is captured as x/,
    ],
    [
      'data that nobody gives',
      [{ id: 'o', request: { endpoint: 'orders.place', calibration: 'orders/parti' } }],
      /unknown calibration[^]*orders\/party/,
    ],
    [
      'a restore of what changes nothing',
      [
        {
          id: 'h',
          hold: { path: '/menu', while: { path: '.day', exists: true }, for: 1 },
          restore: { path: '/menu' },
        },
      ],
      /this step sends none/,
    ],
  ])('%s', (_, additions, said) => {
    expect(told(additions)).toMatch(said);
  });
});
