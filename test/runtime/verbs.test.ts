import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Answer, type Options } from './harness.ts';

afterAll(sweep);

/** An operation whose looks are given as `status percentage`. */
function operation(...looks: string[]): Record<string, Answer> {
  return {
    'GET /op': looks.map((look) => {
      const [status, percentage] = look.split(' ');
      return { json: { data: { status, progress: { percentage: Number(percentage) } } } };
    }),
    'POST /start': {
      json: {
        success: true,
        id: 'op_1',
        count: 7,
        big: 2 ** 70,
        gap: '',
        none: null,
        two: 'a\nb',
        path: '../../x y?#',
      },
    },
    GET: { json: { ok: true } },
  };
}

const ends = `ends .data.status in '["completed","failed","cancelled"]'`;
const poll = (more: string, until = '.data.status equals completed', within = 400): string =>
  `poll p p 'it completes' GET backend /op every=1 within=${within} progress=.data.progress.percentage until ${until} ${ends} ${more}`;
const hold =
  'hold h h "it stays cancelled" GET backend /op every=1 for=3 while .data.status equals cancelled';
/** Long enough for some looks on a busy machine. */
const longHold = hold.replace('for=3', 'for=300');
const late = poll('', '.data.status equals completed', 4);

/** What a script comes to: its exit code, and its points as `ok id` or `verdict id` or `not-reached id`. */
type Case = [name: string, looks: string[], lines: string[], code: number, points: string[]];

const rising = [
  'running 10',
  'running 20',
  'running 30',
  'running 40',
  'running 50',
  'running 60',
  'running 70',
];

const cases: Case[] = [
  ['poll reaches its state', ['running 10', 'completed 100'], [poll('')], 0, ['ok']],
  ['poll: the state is there at once', ['completed 100'], [poll('')], 0, ['ok']],
  ['poll: another end fails at once', ['running 10', 'failed 20'], [poll('')], 1, ['failed']],
  [
    'poll: an early end is inconclusive',
    ['completed 100'],
    [poll('early .data.status equals completed', '.data.progress.percentage equals 50')],
    6,
    ['inconclusive'],
  ],
  [
    'poll: an end that is not the early one fails',
    ['failed 30'],
    [poll('early .data.status equals completed', '.data.progress.percentage equals 50')],
    1,
    ['failed'],
  ],
  ['poll: the bound, still rising', rising, [late], 5, ['timed-out CALIBRATION rising']],
  ['poll: the bound, stuck', ['running 20'], [late], 5, ['timed-out CODE_BUG flat']],
  [
    'poll: what follows a bound was not reached',
    ['running 10'],
    [
      late,
      'check c c p .data.status equals completed',
      'series s s p .data.progress.percentage ends-at 100',
    ],
    5,
    ['timed-out CODE_BUG flat', 'not-reached', 'not-reached'],
  ],
  [
    'poll: what follows a wrong end is shown',
    ['failed 20'],
    [poll(''), 'check c c p .data.status equals failed'],
    1,
    ['failed', 'ok'],
  ],
  ['hold stays', ['cancelled 5'], [hold], 0, ['ok']],
  ['hold breaks', ['cancelled 5', 'cancelled 5', 'completed 100'], [longHold], 1, ['failed']],
  [
    'a hold without time looks twice',
    ['cancelled 5', 'failed 5'],
    [hold.replace('for=3', 'for=0')],
    1,
    ['failed'],
  ],
  [
    'elapsed is in the time of the system',
    ['running 1', 'running 2', 'completed 100'],
    [poll(''), 'check c c p elapsed gte 1.9'],
    0,
    ['ok', 'ok'],
  ],

  ['capture a text', [], ['request r POST backend /start', 'capture id c c r .id'], 0, ['ok']],
  ['capture a number', [], ['request r POST backend /start', 'capture id c c r .count'], 0, ['ok']],
  [
    'capture that matches',
    [],
    ['request r POST backend /start', "capture id c c r .id matches '^op_'"],
    0,
    ['ok'],
  ],
  [
    'capture that does not match',
    [],
    ['request r POST backend /start', "capture id c c r .id matches '^x_'"],
    1,
    ['failed'],
  ],
  [
    'capture nothing',
    [],
    ['request r POST backend /start', 'capture id c c r .missing'],
    1,
    ['failed'],
  ],
  ['capture null', [], ['request r POST backend /start', 'capture id c c r .none'], 1, ['failed']],
  [
    'capture an empty text',
    [],
    ['request r POST backend /start', 'capture id c c r .gap'],
    1,
    ['failed'],
  ],
  [
    'capture true',
    [],
    ['request r POST backend /start', 'capture id c c r .success'],
    1,
    ['failed'],
  ],
  [
    'capture two lines',
    [],
    ['request r POST backend /start', 'capture id c c r .two'],
    1,
    ['failed'],
  ],
  [
    'capture a number that jq would round',
    [],
    ['request r POST backend /start', 'capture id c c r .big'],
    1,
    ['failed'],
  ],
  ['capture an object', [], ['request r POST backend /start', 'capture id c c r .'], 1, ['failed']],

  [
    'guard holds',
    ['running 10'],
    ['request r GET backend /op', 'guard g g r .data.status equals running'],
    0,
    ['ok'],
  ],
  [
    'guard fails',
    ['running 10'],
    ['request r GET backend /op', 'guard g g r .data.status equals x'],
    6,
    ['inconclusive'],
  ],
  [
    'what a reply says beside a guard that fails counts for nothing',
    ['running 10'],
    [
      'request r GET backend /op',
      'guard g g r .data.status equals x',
      'check c c r .data.status equals y',
    ],
    6,
    ['inconclusive', 'not-reached'],
  ],
  [
    'a failed check on another reply outweighs a guard',
    ['running 10', 'running 10'],
    [
      'request r GET backend /op',
      'request q GET backend /op',
      'guard g g r .data.status equals x',
      'check c c q .data.status equals y',
    ],
    1,
    ['inconclusive', 'failed'],
  ],
  [
    'a failed step stops the next',
    ['running 10'],
    [
      'request r GET backend /op',
      'check c c r status equals 404',
      'check d d r .data.status equals running',
      "step 'next'",
      'request q GET backend /op',
      'check e e q status equals 200',
    ],
    1,
    ['failed', 'ok', 'not-reached'],
  ],
  [
    'within a failed step nothing is sent',
    ['running 10'],
    [
      'request r GET backend /op',
      'check c c r status equals 404',
      'request q GET backend /op',
      'check e e q status equals 200',
      poll(''),
    ],
    1,
    ['failed', 'not-reached', 'not-reached'],
  ],
  [
    'a stale reply of an earlier step does not stand in',
    ['running 10'],
    [
      'request r GET backend /op',
      "step 'two'",
      'request q GET backend /op',
      'check c c q status equals 404',
      'request r GET backend /op',
      'check e e r status equals 200',
    ],
    1,
    ['failed', 'not-reached'],
  ],
  [
    'a known defect is red and stops nothing',
    ['running 10'],
    [
      'request r GET backend /op',
      'check c c r status equals 404 defect=KD-1',
      "step 'next'",
      'check d d r status equals 200',
    ],
    1,
    ['failed', 'ok'],
  ],
  [
    'require holds',
    ['running 10'],
    [
      'request r GET backend /op',
      "require 'it runs' r .data.status equals running cure=x",
      'check d d r status equals 200',
    ],
    0,
    ['ok'],
  ],
  [
    'require fails',
    ['running 10'],
    [
      'request r GET backend /op',
      "require 'it runs' r .data.status equals no cure='set it'",
      'check d d r status equals 200',
    ],
    4,
    [],
  ],

  [
    'series distinct',
    ['running 10', 'running 20', 'completed 30'],
    [poll(''), 'series s s p .data.progress.percentage distinct 3'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series too few distinct',
    ['running 10', 'running 10', 'completed 30'],
    [poll(''), 'series s s p .data.progress.percentage distinct 3'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series never-over',
    ['running 10', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-over 100'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series over',
    ['running 10', 'running 100.5', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-over 100'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series of what is missing is not below',
    ['running 10', 'completed 100'],
    [poll(''), 'series s s p .data.missing never-over 100'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series of text is not below',
    ['running 10', 'completed 100'],
    [poll(''), 'series s s p .data.status never-over 100'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series strictly-between',
    ['running 0', 'running 50', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage strictly-between 0 100'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series nothing between',
    ['running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage strictly-between 0 100'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series ends-at',
    ['running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage ends-at 100'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series ends elsewhere',
    ['running 100', 'completed 99.5'],
    [poll(''), 'series s s p .data.progress.percentage ends-at 100'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series never-falls',
    ['running 0', 'running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series falls',
    ['running 50', 'running 40', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series restarts as known',
    ['running 5', 'running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls restart=5'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series restarts twice',
    ['running 5', 'running 0', 'running 3', 'running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls restart=5'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series restarts from too high',
    ['running 6', 'running 0', 'completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls restart=5'],
    1,
    ['ok', 'failed'],
  ],
  [
    'one look is no series',
    ['completed 100'],
    [poll(''), 'series s s p .data.progress.percentage never-falls'],
    1,
    ['ok', 'failed'],
  ],
  [
    'series of phases',
    ['pending 0', 'running 5', 'running 7', 'completed 100'],
    [poll(''), `series s s p .data.status phases '["pending","queued","running","completed"]'`],
    0,
    ['ok', 'ok'],
  ],
  [
    'a phase comes again',
    ['running 5', 'pending 7', 'completed 100'],
    [poll(''), `series s s p .data.status phases '["pending","running","completed"]'`],
    1,
    ['ok', 'failed'],
  ],
  [
    'a phase that is none of them',
    ['running 5', 'completed 100'],
    [poll(''), `series s s p .data.status phases '["pending","completed"]'`],
    1,
    ['ok', 'failed'],
  ],
  [
    'a series passes through',
    ['pending 0', 'running 5', 'completed 100'],
    [poll(''), `series s s p .data.status passes-through '"running"'`],
    0,
    ['ok', 'ok'],
  ],
  [
    'a series does not pass through',
    ['pending 5', 'completed 100'],
    [poll(''), `series s s p .data.progress.percentage passes-through 50`],
    1,
    ['ok', 'failed'],
  ],
  [
    'series steady',
    ['cancelled 5'],
    [hold, 'series s s h .data.progress.percentage steady'],
    0,
    ['ok', 'ok'],
  ],
  [
    'series not steady',
    ['cancelled 5', 'cancelled 6'],
    [hold, 'series s s h .data.progress.percentage steady'],
    1,
    ['ok', 'failed'],
  ],

  [
    'cli passes',
    [],
    [
      "cli c within=5 -- printf '%s' 'one two'",
      'check e e c exit equals 0',
      "check o o c stdout equals 'one two'",
      "check r r c stderr equals ''",
    ],
    0,
    ['ok', 'ok', 'ok'],
  ],
  [
    'cli prints JSON',
    [],
    [`cli c within=5 -- printf '%s' '{"n": 3}'`, 'check e e c .n equals 3'],
    0,
    ['ok'],
  ],
  [
    'cli fails with good-looking output',
    [],
    ["cli c within=5 -- bash -c 'echo done; exit 3'", 'check o o c stdout equals done'],
    1,
    ['failed'],
  ],
  [
    'cli fails as expected',
    [],
    [
      "cli c within=5 -- bash -c 'echo done; exit 3'",
      'check o o c exit equals 3 and stdout equals done',
    ],
    0,
    ['ok'],
  ],
  [
    'cli on stderr',
    [],
    ["cli c within=5 -- bash -c 'echo oops >&2'", 'check o o c stderr matches oops'],
    0,
    ['ok'],
  ],
  [
    'cli that does not end',
    [],
    ['cli c within=0.3 -- sleep 30', 'check e e c exit equals 0', 'check o o c stdout lacks x'],
    1,
    ['failed', 'not-reached'],
  ],
  [
    'cli that is not there',
    [],
    ['cli c within=5 -- no-such-command-here', 'check e e c exit equals 0'],
    1,
    ['failed'],
  ],

  ['file is there', [], ['file f f data/x.json exists'], 0, ['ok']],
  ['file is not there', [], ['file f f data/y.json exists'], 1, ['failed']],
  ['file is a folder', [], ['file f f data exists'], 1, ['failed']],
  ['file is older than the run', [], ['file f f data/x.json newer'], 1, ['failed']],
  [
    'file is newer than the run',
    [],
    ["cli c within=5 -- bash -c 'sleep 0.05; echo 1 > data/new'", 'file f f data/new newer'],
    0,
    ['ok'],
  ],
  ['file is big enough', [], ['file f f data/x.json min-bytes 10'], 0, ['ok']],
  ['file is too small', [], ['file f f data/x.json min-bytes 1000'], 1, ['failed']],
  ['file value', [], ['file f f data/x.json value .n gte 3 and .name equals x'], 0, ['ok']],
  ['file value fails', [], ['file f f data/x.json value .n gt 3'], 1, ['failed']],
  [
    'file value of CSV',
    [],
    [
      `file f f data/x.csv value '.[1]["close, last"]' lt 1.5 and '.[0].day' equals '"2024-01-01"' and '.[1].note' equals 'a "b"'`,
      'file g g data/x.csv value . size equals 2',
      'file h h data/x.csv value . size gte 3',
    ],
    1,
    ['ok', 'ok', 'failed'],
  ],
  ['file is no CSV', [], ['file f f data/bad.csv value . size gte 0'], 1, ['failed']],
  [
    'file value of YAML',
    [],
    [
      `file f f data/x.yaml value .model.layers equals '[64,32]' and '.model["learning rate"]' lt 0.1 and .day equals 2024-01-01`,
      'file g g data/x.yaml value .model.layers[0] equals 63',
    ],
    1,
    ['ok', 'failed'],
  ],
  ['file is no plain YAML', [], ['file f f data/bad.yaml value .a exists true'], 1, ['failed']],
  ['file is no JSON', [], ['file f f data/bad.json value .n gt 3'], 1, ['failed']],

  [
    'script exits 0',
    [],
    ['request r POST backend /start', 'capture id c c r .id', 'script s s good.sh'],
    0,
    ['ok', 'ok'],
  ],
  ['script exits 1', [], ['script s s bad.sh'], 1, ['failed']],
  [
    'manual is no point',
    [],
    ["manual m 'look at it'", 'request r GET backend /x', 'check c c r status equals 200'],
    0,
    ['ok'],
  ],
];

const files: Options['files'] = {
  'data/x.json': '{"n": 3, "name": "x"}',
  'data/bad.json': '{"n": 30',
  'data/x.csv': 'day,"close, last",note\r\n2024-01-01,1.5,\r\n2024-01-02,1.25,"a ""b"""\r\n',
  'data/bad.csv': 'a,b\n1,2,3\n',
  'data/x.yaml':
    '# made up\nday: 2024-01-01\nmodel:\n  layers:\n  - 64\n  - 32 # the last\n  "learning rate": 0.05\n',
  'data/bad.yaml': 'a: &b 1\n',
  'generated/demo/case/good.sh': '[ "$id" = op_1 ] && [ -n "$API_URL" ]',
  'generated/demo/case/bad.sh': 'echo "it is not so"; exit 1',
};

describe.concurrent('a verb', () => {
  test.each(cases)('%s', async (_, looks, lines, code, points) => {
    const plan = Math.max(1, points.length);
    const result = await verbs(operation(...looks), plan, ['preflight', "step 'First'", ...lines], {
      files: files ?? {},
    });
    const seen = result.points.map((p) =>
      p.ok
        ? 'ok'
        : p.diag['reason'] === undefined
          ? [
              p.diag['verdict'],
              ...(p.diag['progress'] ? [p.diag['class'], p.diag['progress']] : []),
            ].join(' ')
          : String(p.diag['reason']),
    );
    expect([result.code, seen, result.stderr.includes('command not found')]).toEqual([
      code,
      points,
      false,
    ]);
    expect(result.lines.slice(0, 2)).toEqual(['TAP version 14', `1..${plan}`]);
    expect(result.tapOk).toBe(code === 0);
    expect(result.lines.at(-1)).toMatch(
      code === 0 ? /^# ✅ Integration test passed$/ : /^# ❌ Issue: /,
    );
  });

  test('poll looks once more when its time is over', async () => {
    const result = await verbs(operation('running 1', 'running 2'), 1, [
      "step 's'",
      poll('').replace('every=1 within=400', 'every=60 within=2'),
    ]);
    expect([result.code, result.received.length]).toEqual([5, 2]);
  });

  test.each([
    ['HTTP 500 with the good body', { status: 500, json: { data: { status: 'completed' } } }],
    ['HTML', { body: '<html>' }],
    ['no field of the end', { json: { data: { progress: 1 } } }],
    ['a redirect', { status: 302, headers: { location: '/op' }, body: '' }],
    [
      'a reply that is cut',
      { cut: 'in-the-body' as const, json: { data: { status: 'completed' } } },
    ],
    ['no reply', { cut: 'at-once' as const }],
  ])('poll and hold fail at once on %s', async (_, reply) => {
    for (const verb of [poll(''), hold]) {
      // oxlint-disable-next-line no-await-in-loop -- two runs, one after the other
      const result = await verbs({ 'GET /op': reply }, 1, ["step 's'", verb]);
      expect([result.code, result.received.length]).toEqual([1, 1]);
    }
  });

  test('a body takes captures with their JSON type where it asks for it, and only there', async () => {
    const body = { who: '{who}', n: '{n}', list: ['{who}', '{x}', 'a {who}'], '{who}': '$(x)' };
    const result = await verbs(
      { 'GET /r': { json: { who: 'a "b" \\ {n}', n: 7 } }, POST: { json: {} } },
      4,
      [
        "step 's'",
        'request r GET backend /r',
        'capture who w w r .who',
        'capture n n n r .n',
        `request a POST backend /a json fill <<'JSON'\n${JSON.stringify(body)}\nJSON`,
        'check c c a status equals 200',
        `request b POST backend /b json <<'JSON'\n${JSON.stringify(body)}\nJSON`,
        'check d d b status equals 200',
      ],
    );
    expect(result.code).toBe(0);
    const who = 'a "b" \\ {n}';
    expect(result.received.slice(1).map((one) => JSON.parse(one.body.toString()))).toEqual([
      { ...body, who, n: 7, list: [who, '{x}', 'a {who}'] },
      body,
    ]);
  });

  test('paths take captures percent-encoded, and other braces as they are', async () => {
    const result = await verbs({ ...operation(), GET: { json: { ok: true } } }, 2, [
      "step 's'",
      'request r POST backend /start',
      'capture p c c r .path',
      'request q GET backend \'/a/{p}/{unknown}/{}?x={p}&y=é "z"#f\'',
      'check d d q status equals 200',
    ]);
    expect([result.code, result.received.at(-1)?.url]).toEqual([
      0,
      '/a/..%2F..%2Fx%20y%3F%23/%7Bunknown%7D/%7B%7D?x=..%2F..%2Fx%20y%3F%23&y=%C3%A9%20%22z%22%23f',
    ]);
  });

  test('cleanup undoes what was started, last one first, whatever the end', async () => {
    const lines = [
      "step 's'",
      'request r POST backend /start',
      'capture id c c r .id',
      "cleanup 'one' DELETE backend '/op/{id}'",
      "cleanup 'two' POST backend /restore",
      "cleanup 'none' DELETE backend '/op/{later}/{missing}'",
      'check d d r status equals 500',
    ];
    const result = await verbs(
      { ...operation(), 'DELETE /op/op_1': { status: 404 }, 'POST /restore': { status: 503 } },
      2,
      [...lines, "step 'never'", 'request q POST backend /start', 'capture later e e q .id'],
    );
    expect(result.received.map((r) => `${r.method} ${r.url}`)).toEqual([
      'POST /start',
      'DELETE /op/%7Blater%7D/%7Bmissing%7D',
      'POST /restore',
      'DELETE /op/op_1',
    ]);
    expect(result.lines.filter((l) => l.startsWith('# cleanup'))).toEqual([
      '# cleanup: two: HTTP 503',
    ]);
    const left = await verbs(operation(), 2, lines, { args: ['--no-cleanup'] });
    expect(left.received.map((r) => r.method)).toEqual(['POST']);
  });

  test('cleanup without its id is left out', async () => {
    const result = await verbs(operation(), 2, [
      "step 's'",
      'request r POST backend /start',
      'capture id c c r .missing',
      "cleanup 'one' DELETE backend '/op/{id}'",
      'check d d r status equals 200',
    ]);
    expect([result.code, result.received.map((r) => r.method)]).toEqual([1, ['POST']]);
  });

  test('headers and bodies arrive', async () => {
    const result = await verbs(operation(), 1, [
      'variable TENANT default=blue',
      "step 's'",
      `request r POST backend /start json header='X-Tenant: {TENANT}' header='X-Two: "a\\b"' within=5 <<'JSON'`,
      '{"a": "$(touch x) `id` \\n {id}"}',
      'JSON',
      'check d d r status equals 200',
    ]);
    const request = result.received[0];
    expect(request?.body.toString()).toBe('{"a": "$(touch x) `id` \\n {id}"}');
    expect(request?.headers).toMatchObject({
      'x-tenant': 'blue',
      'x-two': '"a\\b"',
      'content-type': 'application/json',
    });
  });

  test('evidence holds each request, its reply, each look, and the events', async () => {
    const result = await verbs(operation('running 10', 'completed 100'), 2, [
      "step 'Start it'",
      'request r POST backend /start',
      'check d d r .success equals true',
      "step 'Wait'",
      poll(''),
    ]);
    expect(Object.keys(result.evidence).toSorted()).toEqual([
      '01-r.body',
      '01-r.headers',
      '01-r.request',
      '02-p.body',
      '02-p.headers',
      '02-p.ndjson',
      '02-p.request',
      'events.ndjson',
    ]);
    expect(result.evidence['01-r.request']).toMatch(
      /^curl -s -X POST http:\/\/127\.0\.0\.1:\d+\/start\n$/,
    );
    expect(result.evidence['01-r.body']).toContain('"success":true');
    const looks = (result.evidence['02-p.ndjson'] ?? '')
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as { status: number; body: unknown });
    expect(looks.map((l) => [l.status, l.body])).toEqual([
      [200, { data: { status: 'running', progress: { percentage: 10 } } }],
      [200, { data: { status: 'completed', progress: { percentage: 100 } } }],
    ]);
    expect(result.events.map((e) => e['event'])).toEqual([
      'scenario',
      'step',
      'request',
      'point',
      'step',
      'look',
      'look',
      'point',
      'verdict',
    ]);
    expect(result.events.find((e) => e['event'] === 'look')).toMatchObject({
      name: 'p',
      status: 'running',
      http: 200,
      progress: 10,
    });
    expect(result.events.at(-1)).toMatchObject({
      verdict: 'passed',
      exit: 0,
      planned: 2,
      executed: 2,
    });
  });

  test('secrets show nowhere, and arrive', async () => {
    const secret = 'tok/en "x" & y';
    const result = await verbs(
      { 'GET /who': (r) => ({ json: { you: r.headers['authorization'], success: false } }) },
      1,
      [
        'secret API_TOKEN',
        "step 's'",
        "request r GET backend /who header='Authorization: {API_TOKEN}'",
        'check d d r .success equals true and .you equals x',
      ],
      { env: { API_TOKEN: secret }, args: ['--verbose'] },
    );
    expect(result.received[0]?.headers['authorization']).toBe(secret);
    const everything = [result.stdout, result.stderr, ...Object.values(result.evidence)].join('\n');
    expect(everything).not.toContain('tok/en');
    expect(everything).toContain('[API_TOKEN]');
  });
});

describe.concurrent('a secret', () => {
  test('is not put where other users of the machine see it', async () => {
    const { readFile } = await import('node:fs/promises');
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      const { execFileSync } = await import('node:child_process');
      seen.push(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }));
    };
    const { api, frame, run } = await import('./harness.ts');
    const backend = await api({ 'GET /who': { json: {}, after: 500 } });
    const result = await run(
      frame(
        [
          `service backend API_URL default=${backend.origin}`,
          'secret API_TOKEN',
          "step 's'",
          "request r GET backend '/who?t={API_TOKEN}' header='Authorization: {API_TOKEN}'",
          'check d d r status equals 200',
          "cli c within=5 -- printf '%s' '{API_TOKEN}'",
          "check o o c stdout equals '{API_TOKEN}'",
        ],
        2,
      ),
      {
        env: { API_TOKEN: 'hush-hush-hush' },
        during: async () => {
          await backend.seen('GET');
          await look();
        },
      },
    );
    await backend.close();
    expect([result.code, backend.received[0]?.url]).toEqual([0, '/who?t=hush-hush-hush']);
    expect(seen.join('')).toContain('curl -q -K');
    expect(seen.join('')).not.toContain('hush-hush');
    expect(await readFile(`${result.folder}/evidence/01-r.request`, 'utf8')).not.toContain('hush');
  });

  test('is not compared', async () => {
    const result = await verbs(
      operation(),
      1,
      [
        'secret API_TOKEN',
        "step 's'",
        'request r POST backend /start',
        'check d d r .id same-as API_TOKEN',
      ],
      { env: { API_TOKEN: 'hush-hush' } },
    );
    expect(result.code).toBe(2);
  });
});

describe.concurrent('the ways to walk a script', () => {
  const lines = [
    'ready backend /ready status equals 200 cure=x',
    'preflight',
    "step 'Start' start=id",
    'request r POST backend /start',
    "check started 'it starts' r .success equals true",
    "capture id got 'it has an id # TODO' r .id",
    "cleanup 'stop' DELETE backend '/op/{id}'",
    "step 'Watch'",
    "poll p done 'it ends' GET backend '/op/{id}' every=1 within=4 until .data.status equals completed ends .data.status exists true means='too early'",
    "series s 'it rose' p .data.progress never-over 100",
    "manual look 'look at the chart'",
  ];
  const routes: Record<string, Answer> = {
    ...operation(),
    'GET /op/op_1': { json: { data: { status: 'completed', progress: 100 } } },
    'GET /op/a%20b': { json: { data: { status: 'completed', progress: 100 } } },
  };

  test('--list prints the plan and contacts nothing', async () => {
    const result = await verbs(routes, 4, lines, { args: ['--list'], scenario: ' observe=2' });
    expect([result.code, result.received, result.lines]).toEqual([
      0,
      [],
      [
        '1 started check it starts',
        '2 got capture it has an id # TODO',
        '3 done poll it ends (sanity: too early)',
        '4 s series it rose',
        '- look manual look at the chart',
      ],
    ]);
  });

  test('--help tells the use', async () => {
    const result = await verbs(routes, 4, lines, { args: ['--help'], scenario: ' observe=2' });
    expect([
      result.code,
      result.received,
      result.stdout.includes('--operation ID'),
      result.stdout.includes('Usage: '),
    ]).toEqual([0, [], true, true]);
  });

  test('--operation observes: the start leaves the plan, nothing is cancelled', async () => {
    const result = await verbs(routes, 4, lines, {
      args: ['--operation', 'a b'],
      scenario: ' observe=2',
    });
    expect(result.received.map((r) => `${r.method} ${r.url}`)).toEqual([
      'GET /ready',
      'GET /op/a%20b',
    ]);
    expect([result.code, result.lines[1], result.points.map((p) => p.name)]).toEqual([
      0,
      '1..2',
      ['it ends', 'it rose'],
    ]);
  });

  test('--operation where the category has nothing to observe', async () => {
    const result = await verbs(routes, 4, lines, { args: ['--operation=x'] });
    expect([result.code, result.stdout, result.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('--operation'),
    ]);
  });

  test.each([
    ['--verbos', 'did you mean --verbose?'],
    ['--no-clean', 'did you mean --no-cleanup?'],
    ['--lst', 'did you mean --list?'],
    ['whatever', 'known: --help'],
    ['--operation', 'needs the id'],
  ])('the flag %s is refused', async (flag, message) => {
    const result = await verbs(routes, 4, lines, { args: [flag] });
    expect([result.code, result.stdout, result.stderr]).toEqual([
      2,
      '',
      expect.stringContaining(message),
    ]);
  });
});
