import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Answer } from './harness.ts';

afterAll(sweep);

const routes: Record<string, Answer> = {
  'GET /health': { json: { ok: true, kind: 'old' } },
  'GET /op': [
    { json: { status: 'running', where: 'here' } },
    { json: { status: 'running', where: 'here' } },
    { json: { status: 'completed', where: 'here' } },
  ],
  'GET /late': [{ json: { status: 'running' } }, { json: { status: 'completed', where: 'here' } }],
};
const ready = "ready backend /health .ok equals true cure='start it'";
const check = ['preflight', 'request r GET backend /health', 'check c c r status equals 200'];
const down = (origin: string): string[] => [
  `service other OTHER_URL default=${origin}`,
  "down other /health cure='stop it'",
];
const mode = "mode HOUSE_STATE dark 'the light: off' default=lit cure='switch it off'";

describe.concurrent('preflight sees how the system is set up', () => {
  test.each<[string, string[], number, string, Record<string, string>]>([
    ['the version', ["setup backend 'the old one' .kind equals old cure='x'"], 0, 'passed', {}],
    [
      'another version',
      ["setup backend 'the new one' .new exists true cure='upgrade'"],
      4,
      'Bail out! misconfigured: backend: the new one: .new is missing',
      {},
    ],
    [
      'another version, whose health check says other things: not blocked for that',
      [
        'ready backend /health .ok equals false cure=x',
        'setup backend new .new exists true cure=y',
      ],
      4,
      'Bail out! misconfigured: backend: new: .new is missing',
      {},
    ],
    [
      'a service that is not ready, of the right version',
      [
        'ready backend /health .ok equals false cure=x',
        'setup backend old .kind equals old cure=y',
      ],
      3,
      'Bail out! blocked: backend is not ready',
      {},
    ],
    [
      'another version beside a service that cannot be reached: blocked first',
      [
        ready,
        'setup backend new .new exists true cure=y',
        'service other OTHER_URL default=http://127.0.0.1:9',
        "ready other /health .ok equals true cure='start it'",
        'setup other new .new exists true cure=y',
      ],
      3,
      'Bail out! blocked: other does not answer',
      {},
    ],
    ['a service that is down', down('http://127.0.0.1:9'), 0, 'passed', {}],
    ['the mode that a variable names', [mode], 0, 'passed', { HOUSE_STATE: 'dark' }],
    [
      'another mode',
      [mode],
      4,
      'Bail out! misconfigured: the light: off: HOUSE_STATE is lit (environment), not dark',
      { HOUSE_STATE: 'lit' },
    ],
    [
      'a mode that nothing tells',
      [mode],
      3,
      'Bail out! blocked: the light: off: HOUSE_STATE is not set',
      {},
    ],
    ['the default mode, of which nothing is said', [mode.replace('lit', 'dark')], 0, 'passed', {}],
  ])('%s', async (_name, lines, code, said, env) => {
    const first = lines.some((line) => line.startsWith('ready ')) ? [] : [ready];
    const result = await verbs(routes, 1, [...first, ...lines, ...check], { env });
    expect(result.stdout).toContain(said);
    expect(result.code).toBe(code);
  });

  test('a service that must be down and answers is misconfigured, with the cure', async () => {
    const { stdout, code } = await verbs(routes, 1, [
      ready,
      "down backend /health cure='stop it'",
      ...check,
    ]);
    expect(stdout).toMatch(/# cure: stop it\nBail out! misconfigured: backend must not answer/);
    expect(code).toBe(4);
  });
});

describe.concurrent('a requirement before its poll', () => {
  const poll = (path: string): string =>
    `poll final p p GET backend ${path} every=1 within=600 until .status equals completed ends .status equals completed`;
  const needed = (where: string): string =>
    `require 'it runs here' final .where equals ${where} cure=move`;

  test('is asked of the first look', async () => {
    const { stdout, code, received } = await verbs(routes, 1, [needed('there'), poll('/op')]);
    expect(stdout).toContain('Bail out! misconfigured: backend: it runs here: .where = "here"');
    expect(received.length).toBe(1);
    expect(code).toBe(4);
  });

  test.each([
    ['/op', 'here', 0, 3],
    ['/late', 'here', 0, 2],
    ['/late', 'there', 4, 2],
  ] as const)(
    '%s, which should be %s: exit %i after %i looks',
    async (path, where, code, looks) => {
      const result = await verbs(routes, 1, [needed(where), poll(path)]);
      expect([result.code, result.received.length]).toEqual([code, looks]);
    },
  );

  test('without one the script is wrong', async () => {
    const { code } = await verbs(routes, 1, [needed('here'), ...check.slice(1)]);
    expect(code).toBe(2);
  });
});
