import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs } from './harness.ts';

afterAll(sweep);

const routes = {
  'GET /op': { json: { status: 'running', n: 1 } },
  'GET /cut': { cut: 'at-once' },
} as const;
const known = 'check k k r .n gte 2 defect=never-right';

describe.concurrent('the closing line names what is new before what is known', () => {
  test.each<[string, string[], number, string]>([
    [
      'only the known defect',
      [known],
      1,
      '# ❌ Issue: backend: k: .n = 1 (known defect: never-right)',
    ],
    [
      'a red point after it',
      [known, 'check c c r .status equals done'],
      1,
      '# ❌ Issue: backend: c: .status = "running"',
    ],
    [
      'a guard after it: the defect makes it failed, the guard is what is new',
      [known, 'guard g g r .status equals done'],
      1,
      '# ❌ Issue: backend: g: .status = "running"',
    ],
    [
      'a guard that is the defect',
      ['guard g g r .status equals done defect=never-right'],
      1,
      '# ❌ Issue: backend: g: .status = "running" (known defect: never-right)',
    ],
  ])('%s', async (_name, lines, code, last) => {
    const plan = lines.length;
    const result = await verbs(routes, plan, ['request r GET backend /op', ...lines]);
    expect(result.code).toBe(code);
    expect(result.lines.at(-1)).toBe(last);
  });
});

test('that there is no answer is not excused', async () => {
  const { points } = await verbs(routes, 2, [
    'request r GET backend /cut',
    'check k k r status equals 200 defect=never-right',
    'check l l r status equals 200',
  ]);
  expect(points.map(({ diag }) => diag['known-defect'])).toEqual([undefined, undefined]);
  expect(points[0]?.diag['verdict']).toBe('failed');
});

test('nor that a log cannot be seen', async () => {
  const { points } = await verbs(
    routes,
    1,
    [
      "beacon backend '/op?{nonce}' 'asked for {nonce}'",
      "log k k backend clean ids= errors='lit' within=0.1 defect=never-right",
    ],
    {
      env: { SCENARIO_LOG_BACKEND: 'file:service.log' },
      files: { 'service.log': 'yesterday\n' },
    },
  );
  expect(points[0]?.diag['actual']).toContain('does not show what the service does');
  expect(points[0]?.diag['known-defect']).toBeUndefined();
});
