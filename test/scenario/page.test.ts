import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { scaffold } from '../../src/scaffold.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { pointsOf } from '../../src/scenario/model.ts';
import { openProject, readTemplates } from '../../src/io/project.ts';
import { bakery, root } from '../support/ktrdr.ts';

const order = {
  name: 'Order From The Page',
  domain: 'orders',
  category: 'smoke',
  trigger: {
    kind: 'ui',
    page: '/shop',
    actions: [
      { fill: { label: 'Loaves', value: '{loaves}' } },
      { click: 'Order' },
      { waitFor: 'taken' },
    ],
    starts: 'orders.place',
  },
  flow: ['counter', 'oven'],
  outcome: [{ state: { path: '.order.phase', equals: 'ready' } }],
  calibration: 'orders/smoke',
};

function resolved(change: object = {}) {
  const { answers, problems } = checkAnswers({ ...order, ...change }, bakery);
  expect(problems).toEqual([]);
  if (!answers) throw new Error('no answers');
  const result = resolve(draft(answers, 'bakery'), bakery).resolved;
  if (!result) throw new Error('not resolved');
  return result;
}

function visit(change: object = {}) {
  const found = resolved(change)
    .steps.flatMap(({ acts }) => acts)
    .find((act) => act.kind === 'ui');
  if (!found) throw new Error('no visit');
  return found;
}

function pointIds(change: object = {}): readonly string[] {
  return pointsOf(resolved(change).steps).map(({ point }) => point.id);
}

async function uiFile(change: object = {}): Promise<string> {
  const layout = { output: 'generated', index: 'docs/index.md', guide: 'docs/guide.md' };
  const files = await scaffold(resolved(change), readTemplates(openProject(root)), layout);
  return files.find(({ path }) => path.endsWith('/ui.mjs'))?.text ?? '';
}

test('what the page starts is judged before what the page shows, and followed by its id', () => {
  expect(pointIds().slice(0, 6)).toEqual([
    'page-opens',
    'accepted',
    'has-id',
    'page-used',
    'page-unbroken',
    'completes',
  ]);
  expect(visit()).toMatchObject({
    service: 'counter',
    page: '/shop',
    watch: [{ name: 'start', method: 'POST' }],
    actions: [
      { fill: { text: 'Loaves', value: expect.stringMatching(/^\d+$/) as string } },
      { click: { text: 'Order' } },
      { waitFor: { text: 'taken', within: 10 } },
    ],
  });
});

describe('outcomes', () => {
  test.each<[what: string, ui: object, watch: number, texts: readonly string[], more: number]>([
    ['a text is awaited in the end', { text: 'thank  you' }, 1, ['thank you'], 1],
    ['a text that must not be there is not awaited', { text: { absent: 'Oh no' } }, 1, [], 1],
    ['a text that an action waits for is not asked for twice', { text: 'take' }, 1, [], 0],
    ['a request has a name of its own', { request: { path: '/orders/{no}' } }, 2, [], 1],
    [
      'the starting request is known',
      { request: { method: 'POST', path: '/orders', status: 201 } },
      1,
      [],
      0,
    ],
    ['both at once', { text: 'bye', request: { path: '/x', status: { lt: 400 } } }, 2, ['bye'], 2],
  ])('%s', (_what, ui, watch, texts, more) => {
    const change = { outcome: [...order.outcome, { ui }] };
    expect(visit(change).watch).toHaveLength(watch);
    expect(visit(change).texts).toEqual(texts);
    expect(pointIds(change)).toHaveLength(pointIds().length + more);
  });
});

test('a page that starts nothing is opened and used', () => {
  const look = { kind: 'ui', page: '/shop' };
  const change = { trigger: look, calibration: undefined, outcome: [{ ui: { text: 'Bread' } }] };
  expect(pointIds(change).slice(0, 3)).toEqual(['page-opens', 'page-unbroken', 'outcome-text']);
});

test('whatever is typed stands in the file as data', async () => {
  const hostile = [
    '"; process.exit(7); //',
    "'`${process.exit(7)}`",
    '</script><script>alert(1)</script>',
    '*/ } \u2028 \u2029 {{hash}} {{> runtime}} \\',
    '$(touch x) 🎉 é',
  ];
  const actions = hostile.flatMap((text) => [
    { click: text },
    { fill: { css: text, value: text } },
    { waitFor: { text, within: 3 } },
  ]);
  const text = await uiFile({
    trigger: { ...order.trigger, page: `/shop?${encodeURI(hostile[0] ?? '')}`, actions },
  });
  const [, listed = ''] = /^const actions = (\[[^]*?^\]);$/m.exec(text) ?? [];
  const read: unknown = JSON.parse(listed.replace(/,\n\]$/, '\n]'));
  expect(read).toEqual(
    hostile.flatMap((one) => {
      const shown = one.replaceAll(/\s+/gu, ' ').trim();
      return [
        { click: { text: shown } },
        { fill: { css: one, value: one } },
        { waitFor: { text: shown, within: 3 } },
      ];
    }),
  );
  expect(text).not.toMatch(/[\u2028\u2029]/);
});
