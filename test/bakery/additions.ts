import type { ScenarioFile } from '../../src/scenario/scenario.ts';

/** Steps of its own for a scenario of the made-up bakery: every kind, lists, and comparisons with what was captured. */
export const bakerySteps: NonNullable<ScenarioFile['additions']> = [
  {
    id: 'menu',
    title: 'Read what there is',
    after: 'start',
    request: { endpoint: 'menu.read' },
    captures: [
      { name: 'bread', path: '.breads[0].name' },
      { name: 'grams', path: '.breads[0].grams' },
    ],
    expect: [
      { id: 'few-breads', path: '.breads', size: { gte: 1, lte: 9 } },
      { path: '.breads', every: { path: '.grams', gt: 0 } },
      { path: '.breads', some: { path: '.name', sameAs: 'bread', matches: '^r' } },
    ],
  },
  {
    id: 'second',
    title: 'Order some more of it',
    request: { endpoint: 'orders.place', body: { bread: '{bread}', loaves: 40 } },
  },
  {
    id: 'second-baked',
    text: 'the second order is ready',
    poll: {
      endpoint: 'orders.look',
      params: { id: '{second_id}' },
      until: { path: '.phase', equals: 'ready' },
      within: 20,
    },
    series: [
      { path: '.phase', passesThrough: 'baking', id: 'was-baking' },
      { path: '.phase', phases: ['queued', 'baking', 'ready'] },
      { path: '.done', neverFalls: true },
    ],
    expect: [
      { path: '.no', differsFrom: 'id' },
      { path: '.basket.loaves', lt: { capture: 'grams' } },
    ],
  },
  {
    id: 'stays-baked',
    hold: {
      service: 'counter',
      path: '/orders/{id}',
      while: [
        { path: '.phase', equals: 'ready' },
        { path: '.no', sameAs: 'id' },
      ],
      for: 1,
    },
  },
  {
    id: 'nobody',
    title: 'Look at an order that nobody placed',
    at: 'till',
    request: { endpoint: 'orders.look', params: { id: 'Z-1 {x' } },
    expect: [{ status: 404, path: '.problem.text', equals: 'nobody ordered Z-1 {x' }],
  },
];
