import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexPage, type IndexRow } from '../../src/files/index-page.ts';
import { root } from '../support/ktrdr.ts';

const groups = {
  orders: { title: 'Orders', refs: '^[0-9]' },
  menu: { title: 'Menu | of the day', refs: '^M' },
};
const places = { index: 'docs/testing/SCENARIOS.md', output: 'generated' };

function row(id: string, more: Partial<IndexRow> = {}): IndexRow {
  const [domain = ''] = id.split('/');
  return {
    id,
    name: id.toUpperCase(),
    domain,
    category: 'smoke',
    durationSeconds: 2,
    standing: { status: 'not-run' },
    ...more,
  };
}

test('grouped by domain in the order of the profile; by a legacy id where that says so; refs first, as a person counts', async () => {
  const rows = [
    row('cellar/unknown-domain'),
    row('menu/plain'),
    row('orders/ten', { ref: '1.10' }),
    row('orders/two', { ref: '1.2' }),
    row('menu/listed-with-orders', { ref: '1.4' }),
    row('orders/b'),
    row('orders/a', {
      standing: {
        status: 'passed',
        target: 'sandbox',
        lastRun: '2026-11-22',
        proof: '3/3',
        took: { p50: 3.4, p95: 5 },
        flaky: true,
      },
    }),
    row('menu/m', { ref: 'M2|1' }),
  ];
  const page = indexPage('# Ours\n', rows, places, groups);
  await expect(page).toMatchFileSnapshot(join(root, 'test/golden/index/grouped.md'));
  expect(indexPage(page, rows.toReversed(), places, groups)).toBe(page);
});

test('an index without scenarios has an empty table', async () => {
  const page = indexPage(undefined, [], places, groups);
  await expect(page).toMatchFileSnapshot(join(root, 'test/golden/index/empty.md'));
});
