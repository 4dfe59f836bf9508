import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { faultsOf } from '../../src/prove/derive.ts';
import { reportReply, type PageExchange } from '../../src/prove/page-report.ts';
import { sendingActs } from '../../src/prove/sending.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakery } from '../support/ktrdr.ts';

const { answers } = checkAnswers(
  {
    name: 'Order From The Page',
    domain: 'orders',
    category: 'smoke',
    trigger: {
      kind: 'ui',
      page: '/shop',
      actions: [{ click: 'Order' }, { waitFor: 'taken' }],
      starts: 'orders.place',
    },
    flow: ['counter'],
    outcome: [
      { ui: { text: 'thank you' } },
      { ui: { text: { absent: 'sold out (today)' } } },
      { ui: { request: { path: '/stock', status: 200 } } },
    ],
    calibration: 'orders/smoke',
  },
  bakery,
);
const scenario = answers && resolve(draft(answers, 'bakery'), bakery).resolved;
if (!scenario) throw new Error('not resolved');

const report = {
  page: { path: '/shop', status: 200 },
  asked: {
    start: {
      method: 'POST',
      path: '/orders',
      status: 201,
      times: 1,
      body: { order: { no: 'A-17' } },
    },
    request: { method: 'GET', path: '/stock', status: 200, times: 1, body: 'much' },
  },
  text: 'order A-17 taken, thank you',
  exceptions: [],
};
// Of the other acts nothing is known: their points count as red, which is later than those of the page.
const recording = sendingActs(scenario).map((act) =>
  act.kind === 'ui' ? [reportReply(report)] : [],
);
const faults = faultsOf(scenario, recording).filter(({ plant }) => plant.kind === 'page');

/** What becomes of a reply to the page when the fault of this name is planted. */
function planted(name: string, exchange: PageExchange, point?: string) {
  const fault = faults.find(
    (one) => one.name === name && (point === undefined || one.point === point),
  );
  if (fault?.plant.kind !== 'page') throw new Error(`no fault ${name}`);
  return fault.plant.change(exchange);
}

const html = '<body><p>hi</p><script>start()</script></body>';
const page = { method: 'GET', path: '/shop', reply: { ...reportReply(null), text: html } };
const start = {
  method: 'POST',
  path: '/orders',
  reply: { ...reportReply({ order: { no: 'A-17' } }), status: 201 },
};

test('each point on a page has faults of its own', () => {
  const points = new Set(faults.map(({ point }) => point));
  expect([...points].toSorted()).toEqual([
    'accepted',
    'has-id',
    'outcome-request-status',
    'outcome-text',
    'outcome-text-2',
    'page-opens',
    'page-unbroken',
    'page-used',
  ]);
});

describe('where a fault is planted', () => {
  test.each<[name: string, point: string | undefined, changed: object]>([
    ['buttons-dead', undefined, { text: '<body><p>hi</p></body>' }],
    ['status-500-good-body', 'page-opens', { status: 500, text: html }],
    [
      'text-planted',
      undefined,
      { text: expect.stringContaining('<p>sold out (today)</p>') as string },
    ],
    [
      'page-script-breaks',
      undefined,
      { text: expect.stringContaining('throw new Error') as string },
    ],
    ['text-missing', 'page-used', { text: expect.stringContaining('"taken"') as string }],
    ['asked-twice', undefined, { text: expect.stringContaining('"POST"') as string }],
  ])('%s: in the page, and nowhere else', (name, point, changed) => {
    expect(planted(name, page, point)).toMatchObject(changed);
    expect(planted(name, start, point)).toEqual(start.reply);
  });

  test.each<[name: string, point: string, changed: object]>([
    ['status-500-good-body', 'accepted', { status: 500, text: '{"order":{"no":"A-17"}}' }],
    ['field-missing', 'accepted', { status: 201, text: '{"order":{}}' }],
  ])('%s: in the answer to the request, and nowhere else', (name, point, changed) => {
    expect(planted(name, start, point)).toMatchObject(changed);
    expect(planted(name, page, point)).toEqual(page.reply);
  });
});
