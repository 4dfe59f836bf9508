import { afterAll, describe, expect, test } from 'vitest';
import { api, frame, run, sweep, verbs, type Answer } from './harness.ts';

afterAll(sweep);

const routes: Record<string, Answer> = {
  'GET /ready': { json: { status: 'ok' } },
  'GET /good': { json: { status: 'completed', n: 'abc', list: [], ok: true } },
  'GET /bad': { status: 500, json: { status: 'completed' } },
  'GET /no': { status: 400, json: { detail: "Strategy 'x' not found" } },
  'GET /gone': { status: 404, json: { detail: 'Not Found' } },
  'GET /false': { json: { ok: false, status: 'not completed' } },
  'GET /cut': { cut: 'at-once' },
  'GET /half': { cut: 'in-the-body', json: { status: 'completed' } },
  'GET /redirect': { status: 302, headers: { location: '/good' }, body: '' },
  'GET /never': { after: 60_000, json: {} },
};

const profile = [
  "classify misconfigured 'Strategy .* not found' cure='install the strategy'",
  'unknown-route 404 \'"detail":"Not Found"\'',
];

describe.concurrent('a verdict', () => {
  test.each<[verdict: string, code: number, bailout: boolean, lines: string[]]>([
    ['passed', 0, false, ['request r GET backend /good', 'check c c r status equals 200']],
    ['failed', 1, false, ['request r GET backend /good', 'check c c r status equals 201']],
    ['failed', 1, false, ['request r GET backend /cut', 'check c c r status equals 200']],
    ['failed', 1, false, ['request r GET backend /half', 'check c c r status equals 200']],
    ['failed', 1, false, ['request r GET backend /redirect', 'check c c r status equals 200']],
    [
      'failed',
      1,
      false,
      ['request r GET backend /never within=0.3', 'check c c r status equals 200'],
    ],
    ['failed', 1, false, ['request r GET backend /no under-test', 'check c c r status equals 200']],
    ['invalid', 2, true, ['request r GET backend /gone', 'check c c r status equals 200']],
    [
      'failed',
      1,
      false,
      ['request r GET backend /gone under-test', 'check c c r status equals 200'],
    ],
    ['invalid', 2, true, ['request r GET backend /good']],
    [
      'invalid',
      2,
      true,
      [
        'request r GET backend /good',
        'check c c r status equals 200',
        'check d d r status equals 200',
      ],
    ],
    ['invalid', 2, true, ['request r GET nobody /good', 'check c c r status equals 200']],
    [
      'invalid',
      2,
      true,
      ['request r GET backend @evil.example/good', 'check c c r status equals 200'],
    ],
    ['invalid', 2, true, ['check c c r status equals 200']],
    ['invalid', 2, true, ['reqest r GET backend /good']],
    ['invalid', 2, true, ['exit 0']],
    [
      'invalid',
      2,
      true,
      ['request r GET backend /good', 'check c c r status equals 200', 'exit 0'],
    ],
    ['invalid', 2, true, ['if true; then']],
    ['misconfigured', 4, true, ['request r GET backend /no', 'check c c r status equals 200']],
    ['misconfigured', 4, true, ['request r GET backend /no', 'capture id c c r .id']],
    [
      'misconfigured',
      4,
      true,
      ['poll p p p GET backend /no every=1 within=4 until .a exists true ends .b exists true'],
    ],
    [
      'failed',
      1,
      false,
      [
        'poll p p p GET backend /no every=1 within=4 under-test until .a exists true ends .b exists true',
      ],
    ],
    [
      'timed-out',
      5,
      false,
      [
        'poll p p p GET backend /good every=1 within=1 until .status equals x ends .status equals y',
      ],
    ],
    [
      'inconclusive',
      6,
      false,
      ['request r GET backend /good', 'guard c c r .status equals running'],
    ],
  ])('%s is exit %i (%#)', async (verdict, code, bailout, lines) => {
    const result = await verbs(routes, 1, [...profile, "step 'First'", ...lines]);
    expect([result.code, result.bailout]).toEqual([
      code,
      bailout ? expect.stringContaining(`${verdict}: `) : false,
    ]);
    expect(result.events.at(-1)).toMatchObject({ event: 'verdict', verdict, exit: code });
    expect([result.lines[0], result.lines[1], result.tapOk]).toEqual([
      'TAP version 14',
      '1..1',
      code === 0,
    ]);
    expect(result.lines.at(-1)).toMatch(
      code === 0 ? /^# ✅ Integration test passed$/ : /^# ❌ Issue: /,
    );
    const bail = result.lines.findIndex((l) => l.startsWith('Bail out!'));
    if (bail >= 0) expect(result.lines.slice(bail + 1)).toHaveLength(1);
  });

  test.each<[what: string, lines: string[], cure: string]>([
    [
      'a service that is down',
      [
        'service other OTHER_URL default=http://127.0.0.1:1',
        "ready other /ready status equals 200 cure='start other'",
      ],
      'start other',
    ],
    ['a service that is not ready', ["ready backend /false .ok equals true cure='wait'"], 'wait'],
    [
      'a service that answers 500',
      ["ready backend /bad .status equals completed cure='restart'"],
      'restart',
    ],
    [
      'a health check without its field',
      ["ready backend /good .healthy equals true cure='update'"],
      'update',
    ],
    ['a tool that is missing', ["tool no-such-tool cure='install it'"], 'install it'],
    [
      'a log that cannot be read',
      [
        'service l L default=http://127.0.0.1:1 log=file:/no/such/file',
        "log-readable l cure='mount it'",
      ],
      'mount it',
    ],
    [
      'a log of an unknown kind',
      ['service l L default=http://127.0.0.1:1 log=journal:x', "log-readable l cure='mount it'"],
      'mount it',
    ],
  ])('blocked: %s, with its cure, before the first step', async (_, lines, cure) => {
    const result = await verbs(routes, 1, [
      ...lines,
      'preflight',
      "step 'First'",
      'request r GET backend /good',
      'check c c r status equals 200',
    ]);
    expect([result.code, result.bailout, result.points]).toEqual([
      3,
      expect.stringContaining('blocked: '),
      [],
    ]);
    expect(result.stdout).toContain(`# cure: ${cure}`);
    expect(result.stderr).toContain(cure);
    expect(
      result.received.some((r) => r.url === '/good' && !lines.some((l) => l.includes('/good'))),
    ).toBe(false);
  });

  test('blocked names everything that is in the way', async () => {
    const result = await verbs(routes, 1, [
      "tool aaa cure='get a'",
      "tool bbb cure='get b'",
      'preflight',
      "step 's'",
    ]);
    expect(result.lines.filter((l) => l.startsWith('# '))).toEqual([
      '# blocked: the command aaa is missing',
      '# cure: get a',
      '# blocked: the command bbb is missing',
      '# cure: get b',
      '# ❌ Issue: blocked: the command aaa is missing',
    ]);
  });

  test('ready tries again', async () => {
    const result = await verbs(
      {
        'GET /ready': [{ status: 503 }, { status: 503 }, { json: { ok: true } }],
        'GET /good': { json: {} },
      },
      1,
      [
        'ready backend /ready .ok equals true retries=2 wait=0.1 cure=x',
        'preflight',
        "step 's'",
        'request r GET backend /good',
        'check c c r status equals 200',
      ],
    );
    expect([result.code, result.received.length]).toEqual([0, 4]);
  });

  test('a request without reply that nobody asks about is red, also to a plain TAP consumer', async () => {
    const last = await verbs(routes, 1, [
      "step 's'",
      'request r GET backend /good',
      'check c c r status equals 200',
      "step 't'",
      'request q GET backend /cut',
    ]);
    expect([last.code, last.tapOk, last.bailout]).toEqual([
      1,
      false,
      expect.stringContaining('no reply'),
    ]);
    const before = await verbs(routes, 1, [
      "step 's'",
      'request q GET backend /cut',
      "step 't'",
      'request r GET backend /good',
      'check c c r status equals 200',
    ]);
    expect([before.code, before.points.map((p) => p.diag['reason'])]).toEqual([1, ['not-reached']]);
  });

  test('no reply is told once, and what follows was not reached', async () => {
    const result = await verbs(routes, 3, [
      "step 's'",
      'request q GET backend /cut',
      'check c c q status equals 200',
      'check d d q status equals 200',
      'check e e q .a exists true',
    ]);
    expect(result.points.map((p) => p.diag['actual'] ?? p.diag['reason'])).toEqual([
      expect.stringMatching(/^no reply: /),
      'not-reached',
      'not-reached',
    ]);
  });

  test('a script made for another protocol is refused', async () => {
    const script = frame([], 0).replace('runtime.sh" 1 ', 'runtime.sh" 2 ');
    const result = await run(script);
    expect([result.code, result.stdout, result.stderr]).toEqual([
      2,
      '',
      expect.stringContaining(
        'made for protocol 2, this runtime speaks 1: run `scenario check --write`',
      ),
    ]);
  });

  test('the runtime written into the script works too', async () => {
    const { readFile } = await import('node:fs/promises');
    const { runtimeFile } = await import('./harness.ts');
    const service = await api(routes);
    const script = frame(
      [
        `service backend API_URL default=${service.origin}`,
        "step 's'",
        'request r GET backend /good',
        'check c c r status equals 200',
      ],
      1,
    ).replace(/^\. .*$/m, () => ['set -- 1 "$@"'].join('\n'));
    const [shebang = '', set = '', ...rest] = script.split('\n');
    const whole = [shebang, set, await readFile(runtimeFile, 'utf8'), ...rest].join('\n');
    const results = [
      await run(whole),
      await run(whole, { via: (path) => ({ command: 'bash', args: [path] }) }),
    ];
    await service.close();
    expect(results.map((r) => r.code)).toEqual([0, 0]);
  });
});

/** Each is a script that looks like a check and isn't: here it's what one writes instead, and it is red. */
describe.concurrent('a trap', () => {
  test.each<[name: string, lines: string[], code: number]>([
    ['both branches pass', ['request r GET backend /false', 'check c c r .ok equals true'], 1],
    [
      'contains takes a part of a text',
      ['request r GET backend /false', 'check c c r .status contains completed'],
      1,
    ],
    ['no jq -e', ['request r GET backend /false', 'check c c r .status equals completed'], 1],
    ['null is less than 100', ['request r GET backend /good', 'check c c r .samples lt 100'], 1],
    ['or true', ['request r GET backend /false', 'check c c r .ok equals true || true'], 1],
    [
      'a poll falls through',
      [
        'poll p c c GET backend /false every=1 within=2 until .status equals completed ends .status equals failed',
      ],
      5,
    ],
    [
      'the status is ignored',
      ['request r GET backend /bad', 'check c c r .status equals completed'],
      1,
    ],
    [
      'a text is greater than a number',
      ['request r GET backend /good', 'check c c r .n gt 100'],
      1,
    ],
    ['all of nothing', ['request r GET backend /good', 'check c c r .list contains ok'], 1],
    [
      'an empty series',
      [
        'poll p c c GET backend /good every=1 within=2 until .status equals completed ends .status equals completed',
        'series s s p .progress never-over 100',
      ],
      1,
    ],
    ['an empty reply', ['request r GET backend /redirect', 'check c c r . exists false'], 1],
  ])('%s: red', async (_, lines, code) => {
    const plan = lines.filter((l) => /^(check|poll|series)/.test(l)).length;
    const result = await verbs(routes, plan, ["step 's'", ...lines]);
    expect([result.code, result.tapOk]).toEqual([code, false]);
  });

  test('a fixed sleep: no verb waits without looking', async () => {
    const { readFile } = await import('node:fs/promises');
    const { runtimeFile } = await import('./harness.ts');
    const runtime = await readFile(runtimeFile, 'utf8');
    const publicVerbs = [...runtime.matchAll(/^([a-z][a-z-]*)\(\)/gm)].map((m) => m[1]);
    expect(publicVerbs.toSorted()).toEqual(
      'any beacon browser capture check classify cleanup cli collect database down file files find finish follow guard hold launch lock log log-readable manual mode permission poll preflight query ready request require scenario script secret series service setup step take tool trouble ui unknown-route variable'.split(
        ' ',
      ),
    );
  });
});
