import { afterAll, describe, expect, test } from 'vitest';
import { api, frame, run, sweep, verbs, type Answer } from './harness.ts';

afterAll(sweep);

const routes: Record<string, Answer> = {
  'GET /op': { json: { id: 'op_1', n: 0, detail: 'Invalid mode: ""' } },
};

describe.concurrent('the issue names where the entity was lost', () => {
  const see = (id: string, value: string, at: string): string =>
    `check ${id} 'the ${at} knows it' r .id equals ${value} at=${at} sighting`;

  test.each<[string, string[], string]>([
    [
      'after the one that took it',
      ['capture id got got r .id at=till', see('a', 'op_2', 'oven')],
      '# ❌ Issue: oven: the oven knows it: seen by till, never by oven (.id = "op_1")',
    ],
    [
      'after the last that saw it',
      ['capture id got got r .id at=till', see('a', 'op_1', 'oven'), see('b', 'op_2', 'basket')],
      '# ❌ Issue: basket: the basket knows it: seen by oven, never by basket (.id = "op_1")',
    ],
    [
      'not in a log without errors, after one that saw it',
      [
        'capture id got got r .id at=till',
        see('a', 'op_1', 'oven'),
        "log l l backend clean ids= errors='broke'",
      ],
      '# ❌ Issue: Demo case: l: 1 such lines, the first: "it broke"',
    ],
    [
      'not in a check that sees nothing',
      ['capture id got got r .id at=till', see('a', 'op_2', 'oven').replace(' sighting', '')],
      '# ❌ Issue: oven: the oven knows it: .id = "op_1"',
    ],
  ])('%s', async (_name, lines, last) => {
    const result = await verbs(routes, lines.length, ['request r GET backend /op', ...lines], {
      env: { SCENARIO_LOG_BACKEND: 'file:service.log' },
      files: { 'service.log': 'it broke\n' },
    });
    expect(result.lines.at(-1)).toBe(last);
  });
});

describe.concurrent('troubleshooting: what fits is told on stderr, and nothing else', () => {
  const entry = (name: string, ...signs: string[]): string =>
    `trouble 'it is ${name}' cause='cause of ${name}' cure='first' cure='then' ${signs.join(' ')}`;
  const entries = [
    entry('point', 'point=c', 'point=other'),
    entry('reply', "matches='Invalid mode'"),
    entry('verdict', 'verdict=failed'),
    entry('verdict', 'verdict=failed', 'point=c'),
    entry('both', 'verdict=blocked', 'point=c'),
    entry('elsewhere', 'point=other'),
    entry('absent', "matches='no such text'"),
  ];

  test('at a red point: by its id, its reply, its verdict, each once', async () => {
    const { stderr, stdout } = await verbs(routes, 1, [
      ...entries,
      'request r GET backend /op',
      'check c c r .n equals 1',
    ]);
    const told = stderr.split('\n').filter((line) => /^(perhaps| {2}try): /.test(line));
    expect(told).toEqual(
      ['point', 'reply', 'verdict'].flatMap((name) => [
        `perhaps: it is ${name}: cause of ${name}`,
        '  try: first',
        '  try: then',
      ]),
    );
    expect(stdout).not.toContain('perhaps');
  });

  test('when blocked: by what is in the way', async () => {
    const { stderr } = await run(
      frame(
        [
          'service backend API_URL default=http://127.0.0.1:9',
          "ready backend /health .ok equals true cure='start it'",
          entry('away', 'verdict=blocked', "matches='does not answer'"),
          'preflight',
        ],
        0,
      ),
    );
    expect(stderr).toContain('perhaps: it is away: cause of away\n  try: first\n');
  });

  test('not when all is well', async () => {
    const { stderr } = await verbs(routes, 1, [
      entry('reply', "matches='Invalid mode'"),
      'request r GET backend /op',
      'check c c r .n equals 0',
    ]);
    expect(stderr).not.toContain('perhaps');
  });
});

describe.concurrent('production', () => {
  const production = async (
    pattern: string,
    args: string[],
  ): Promise<{ code: number | null; stdout: string; asked: number }> => {
    const service = await api({ 'GET /health': { json: { ok: true } } });
    try {
      const lines = [
        `service backend API_URL default=${service.origin} production='//trade[.]' production='${pattern}'`,
        "ready backend /health .ok equals true cure='start it'",
        'preflight',
        'request r GET backend /health',
        'check c c r status equals 200',
      ];
      const { code, stdout } = await run(frame(lines, 1), { args });
      return { code, stdout, asked: service.received.length };
    } finally {
      await service.close();
    }
  };

  test('is blocked before anything is asked, with the cure', async () => {
    const { code, stdout, asked } = await production('127[.]0', []);
    expect(stdout).toMatch(/# cure: set API_URL to another address; .*--allow-production/);
    expect(stdout).toContain('Bail out! blocked: backend is production: http://127.0.0.1:');
    expect([code, asked]).toEqual([3, 0]);
  });

  test('unless it is allowed, or another address', async () => {
    const results = await Promise.all([
      production('127[.]0', ['--allow-production']),
      production('10[.]1', []),
    ]);
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
  });
});
