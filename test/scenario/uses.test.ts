import { expect, test } from 'vitest';
import { pointsOf } from '../../src/scenario/model.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakerySteps } from '../bakery/additions.ts';
import { bakery } from '../support/ktrdr.ts';

function scenario(id: string, more: Partial<Scenario> = {}): Scenario {
  const { answers, ...rest } = { answers: bakeryAnswers.smoke, ...more };
  return { id, schema: 1, profile: 'bakery', answers, ...rest } as unknown as Scenario;
}

function resolved(main: Partial<Scenario>, others: readonly Scenario[]) {
  return resolve(scenario('orders/main', main), bakery, {
    ids: others.map(({ id }) => id),
    find: (id) => others.find((one) => one.id === id),
  });
}

const first = scenario('orders/first', {
  additions: bakerySteps,
  needs: { cost: 'flour' },
  locks: ['oven'],
});

test('the steps of the other one come first, under names of their own', () => {
  const { resolved: main, problems } = resolved(
    {
      uses: [
        {
          scenario: 'orders/first',
          as: 'eve',
          until: 'stays-baked',
          captures: [{ name: 'baked', path: '.basket.loaves' }],
        },
      ],
      additions: [
        {
          id: 'look',
          request: { endpoint: 'orders.look', params: { id: '{eve_second_id}' } },
          expect: [{ path: '.basket.loaves', lte: { capture: 'baked' } }],
        },
      ],
    },
    [first],
  );
  expect(problems).toEqual([]);
  const steps = main?.steps ?? [];
  expect(steps.map(({ title }) => title).slice(0, 7)).toEqual([
    'Place an order (Baking Smoke)',
    'Read what there is (Baking Smoke)',
    'Wait until the baking is completed (Baking Smoke)',
    'Order some more of it (Baking Smoke)',
    'Wait until .phase is ready (Baking Smoke)',
    'See that it stays so: .phase is ready and .no is the captured id (Baking Smoke)',
    'Place an order',
  ]);
  const ids = pointsOf(steps).map(({ point }) => point.id);
  expect(new Set(ids).size).toBe(ids.length);
  const acts = steps.flatMap((step) => step.acts);
  expect(acts.find((act) => 'id' in act && act.id === 'eve-stays-baked')).toMatchObject({
    path: '/orders/{eve_id}',
    while: [[{}, { field: '.no', comparisons: [{ name: 'same-as', value: 'eve_id' }] }]],
  });
  expect(acts.find((act) => 'reply' in act && act.reply === 'eve-second')).toMatchObject({
    body: { bread: '{eve_bread}', loaves: 40 },
  });
  expect(acts.filter(({ kind }) => kind === 'cleanup')).toHaveLength(3);
  expect(acts.find(({ kind }) => kind === 'log')).toMatchObject({
    look: { ids: ['eve_id', 'eve_second_id', 'id'] },
  });
  expect(main?.needs).toEqual([{ permission: 'cost', reason: 'flour' }]);
  expect(main?.locks).toContain('oven');
});

test.each<[string, Partial<Scenario>, readonly Scenario[], RegExp]>([
  [
    'one that is not there',
    { uses: ['orders/frist'] },
    [first],
    /no scenario "orders\/frist"[^]*orders\/first/,
  ],
  ['itself', { uses: ['orders/main'] }, [], /builds on itself: orders\/main → orders\/main/],
  [
    'one that builds on it',
    { uses: ['orders/first'] },
    [{ ...first, uses: ['orders/main'] }, scenario('orders/main')],
    /cannot be built on: builds on itself/,
  ],
  [
    'a reply that it does not give',
    { uses: [{ scenario: 'orders/first', until: 'finl' }] },
    [first],
    /no reply "finl"[^]*final/,
  ],
  [
    'the same name twice',
    { uses: ['orders/first', 'orders/first'] },
    [first],
    /name first is taken/,
  ],
])('building on %s is told', (_, main, others, said) => {
  const told = resolved(main, others).problems.map(
    ({ message, nearest }) => `${message} ${nearest ?? ''}`,
  );
  expect(told.join()).toMatch(said);
});

test('what was captured before the trigger can stand in its body', () => {
  const { resolved: main } = resolved(
    {
      uses: [{ scenario: 'orders/first', as: 'eve', until: 'menu' }],
      answers: {
        ...bakeryAnswers.smoke,
        trigger: { kind: 'api', endpoint: 'orders.place', body: { bread: '{eve_bread}' } },
      } as unknown as Scenario['answers'],
    },
    [first],
  );
  const start = main?.steps
    .flatMap((step) => step.acts)
    .find((act) => 'reply' in act && act.reply === 'start');
  expect(start).toMatchObject({ body: { bread: '{eve_bread}' }, fill: true });
});
