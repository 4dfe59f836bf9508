import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs } from './harness.ts';

afterAll(sweep);

const look = ["step 's'", 'request r GET backend /r', 'check c c r status equals 200'];

describe.concurrent('what a person must allow', () => {
  test.each<[string, { args?: string[]; env?: Record<string, string> }, number]>([
    ['nothing', {}, 3],
    ['one of two', { args: ['--allow-destructive'] }, 3],
    ['both by flags', { args: ['--allow-destructive', '--allow-cost'] }, 0],
    ['both by a setting', { env: { SCENARIO_ALLOW: 'destructive,cost' } }, 0],
    ['one each', { args: ['--allow-cost'], env: { SCENARIO_ALLOW: 'destructive' } }, 0],
    ['others', { env: { SCENARIO_ALLOW: 'external, destructive-not' } }, 3],
  ])('allowed is %s', async (_, given, code) => {
    const result = await verbs(
      { 'GET /r': { json: {} } },
      1,
      [
        "permission destructive 'it rewrites the cache'",
        "permission cost 'a quota'",
        'preflight',
        ...look,
      ],
      given,
    );
    expect([result.code, result.received.length > 0]).toEqual([code, code === 0]);
    if (code === 3) expect(result.stdout).toMatch(/--allow-[^]*Bail out! blocked: not allowed/);
  });

  test('a permission that there is not is a mistake of the script', async () => {
    const result = await verbs({}, 1, ["permission money 'x'", 'preflight', ...look]);
    expect(result.code).toBe(2);
  });
});

describe.concurrent('what was changed is brought back', () => {
  const change = [
    "step 'Change it'",
    'request was GET backend /mode',
    'capture mode m m was .mode',
    'request set PUT backend /mode json <<\'JSON\'\n{"mode": "other"}\nJSON',
    'cleanup \'the mode as it was\' PUT backend /mode json fill restore <<\'JSON\'\n{"mode": "{mode}"}\nJSON',
    ...look,
  ];
  const routes = { 'GET /mode': { json: { mode: 'a "b"' } }, 'PUT /mode': { json: {} } };

  test.each([
    ['green', 200],
    ['red', 500],
  ])('after a %s run', async (_, status) => {
    const result = await verbs({ ...routes, 'GET /r': { status, json: {} } }, 2, change);
    expect(result.code).toBe(status === 200 ? 0 : 1);
    const last = result.received.at(-1);
    expect([last?.method, last?.url, last?.body.toString()]).toEqual([
      'PUT',
      '/mode',
      JSON.stringify({ mode: 'a "b"' }),
    ]);
  });

  test('and when that fails, no run is green, and it is told', async () => {
    const result = await verbs(
      { ...routes, 'PUT /mode': [{ json: {} }, { status: 404, json: {} }], 'GET /r': { json: {} } },
      2,
      change,
    );
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/not restored: the mode as it was: HTTP 404/);
    expect(result.stderr).toMatch(/NOT RESTORED: .*by hand: curl/);
    expect(result.lines.at(-1)).toMatch(/^# ❌ Issue: backend: not restored/);
  });

  test('an ordinary cleanup may find nothing left', async () => {
    const result = await verbs({ 'GET /r': { json: {} } }, 1, [
      ...look,
      "cleanup 'cancel it' DELETE backend /gone",
    ]);
    expect(result.code).toBe(0);
  });
});
