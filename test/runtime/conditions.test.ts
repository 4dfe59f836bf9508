import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, word, type Reply } from './harness.ts';

afterAll(sweep);

const body = {
  text: 'running',
  quoted: '"x"',
  number: 51.2,
  whole: 100,
  numeral: '100',
  yes: true,
  nothing: null,
  list: ['a', 1, null, { k: 'v' }],
  empty: [],
  deep: { list: [{ 'odd key': 'found', '$(x)': 1 }] },
  runs: [1, 2, 3].map((done) => ({
    state: 'running',
    done,
    'odd key': [done],
    ...(done === 2 ? { note: 'x' } : {}),
  })),
  trace: ['fine', { message: 'Traceback (most recent call last)' }],
  // eslint-disable-next-line unicorn/no-thenable
  état: 'prêt',
};

type Case = [holds: boolean, condition: string[]];

const yes = (...condition: string[]): Case => [true, condition];
const no = (...condition: string[]): Case => [false, condition];

const cases: Case[] = [
  yes('status', 'equals', '200'),
  no('status', 'equals', '"200"'),
  no('status', 'equals', '500'),
  yes('status', 'in', '[200, 201]'),
  no('status', 'in', '[]'),
  yes('.text', 'equals', 'running'),
  yes('.text', 'equals', '"running"'),
  no('.text', 'equals', 'run'),
  no('.text', 'equals', 'RUNNING'),
  yes('.quoted', 'equals', String.raw`"\"x\""`),
  yes('.number', 'equals', '51.2'),
  yes('.whole', 'equals', '1e2'),
  no('.whole', 'equals', '0100'),
  no('.whole', 'equals', '"100"'),
  no('.numeral', 'equals', '100'),
  yes('.numeral', 'equals', '"100"'),
  yes('.yes', 'equals', 'true'),
  no('.yes', 'equals', '"true"'),
  no('.yes', 'equals', '1'),
  yes('.nothing', 'equals', 'null'),
  no('.missing', 'equals', 'null'),
  no('.missing', 'equals', ''),
  yes('.list', 'equals', '["a",1,null,{"k":"v"}]'),
  yes('.text', 'in', '["running","done"]'),
  no('.text', 'in', '["done"]'),
  no('.missing', 'in', '[null]'),
  yes('.text', 'matches', '^run'),
  no('.text', 'matches', '^Run'),
  no('.whole', 'matches', '1'),
  no('.missing', 'matches', ''),
  yes('.trace', 'lacks', 'password'),
  no('.trace', 'lacks', 'Traceback'),
  no('.', 'lacks', 'message'),
  no('body', 'lacks', 'Traceback'),
  no('.missing', 'lacks', 'x'),
  yes('.list', 'contains', 'a'),
  yes('.list', 'contains', '1'),
  no('.list', 'contains', '"1"'),
  yes('.list', 'contains', '{"k":"v"}'),
  no('.empty', 'contains', 'a'),
  no('.text', 'contains', 'run'),
  no('.missing', 'contains', 'a'),
  yes('.text', 'exists', 'true'),
  no('.text', 'exists', 'false'),
  no('.nothing', 'exists', 'true'),
  yes('.nothing', 'exists', 'false'),
  no('.missing', 'exists', 'true'),
  yes('.missing', 'exists', 'false'),
  yes('.text.deeper', 'exists', 'false'),
  yes('.number', 'gt', '51'),
  no('.number', 'gt', '51.2'),
  yes('.number', 'gte', '51.2'),
  yes('.number', 'lt', '52'),
  no('.number', 'lt', '51.2'),
  yes('.number', 'lte', '51.2'),
  yes('.number', 'gt', '0', 'lt', '100'),
  no('.whole', 'gt', '0', 'lt', '100'),
  no('.missing', 'lt', '100'),
  no('.nothing', 'lt', '100'),
  no('.text', 'gt', '100'),
  no('.numeral', 'gte', '100'),
  no('.yes', 'gte', '0'),
  yes('.deep.list[0]["odd key"]', 'equals', 'found'),
  yes('.deep.list[0]["$(x)"]', 'equals', '1'),
  yes('.deep["list"][0]["odd key"]', 'exists', 'true'),
  no('.deep.list[1]["odd key"]', 'exists', 'true'),
  no('.deep[0]', 'exists', 'true'),
  yes('.["état"]', 'equals', 'prêt'),
  yes('.', 'exists', 'true'),
  yes('.text', 'equals', 'running', 'and', '.whole', 'equals', '100'),
  no('.text', 'equals', 'running', 'and', '.whole', 'equals', '1'),
  yes('.text', 'equals', 'x', 'or', '.whole', 'equals', '100'),
  yes('.text', 'equals', 'x', 'and', '.whole', 'equals', '1', 'or', '.yes', 'equals', 'true'),
  yes('.yes', 'equals', 'true', 'or', '.text', 'equals', 'x', 'and', '.whole', 'equals', '1'),
  no('.text', 'equals', 'x', 'or', '.whole', 'equals', '1'),
  yes('header:X-Made-By', 'equals', 'test'),
  yes('header:x-made-by', 'matches', '^te'),
  no('header:Location', 'exists', 'true'),
  no('header:Location', 'equals', ''),
  yes('seconds', 'lt', '20'),
  yes('seconds', 'gte', '0'),
  yes('body', 'matches', '"running"'),
  yes('.list', 'size', 'equals', '4'),
  yes('.list', 'size', 'gte', '4', 'lt', '5'),
  no('.list', 'size', 'gt', '4'),
  yes('.empty', 'size', 'equals', '0'),
  yes('.deep', 'size', 'equals', '1'),
  no('.text', 'size', 'gte', '0'),
  no('.nothing', 'size', 'equals', '0'),
  no('.missing', 'size', 'gte', '0'),
  yes('.runs', 'every', '.state', 'equals', 'running'),
  yes('.runs', 'every', '.done', 'gte', '1', 'lte', '3', 'and', '.runs', 'size', 'equals', '3'),
  no('.runs', 'every', '.done', 'lte', '2'),
  no('.runs', 'every', '.note', 'equals', 'x'),
  no('.runs', 'every', '.nowhere', 'exists', 'true'),
  yes('.runs', 'every', '.nowhere', 'exists', 'false'),
  no('.empty', 'every', '.state', 'equals', 'running'),
  no('.empty', 'every', '.', 'exists', 'false'),
  no('.missing', 'every', '.state', 'exists', 'false'),
  no('.text', 'every', '.', 'exists', 'true'),
  yes('.runs', 'every', '.["odd key"][0]', 'in', '[1, 2, 3]'),
  yes('.runs', 'some', '.note', 'equals', 'x'),
  yes('.runs', 'some', '.done', 'gt', '1', 'lt', '3'),
  no('.runs', 'some', '.done', 'gt', '1', 'lt', '2'),
  no('.runs', 'some', '.state', 'matches', '^ru$'),
  yes('.list', 'some', '.', 'equals', 'a'),
  yes('.list', 'some', '.', 'matches', '^a$'),
  no('.empty', 'some', '.', 'exists', 'false'),
  no('.runs', 'some', '.state', 'equals', 'a "quoted" \\ $(x)\n'),
  no('.runs', 'every', '.done', 'lte', '2', 'or', '.text', 'equals', 'x'),
  yes('.runs', 'every', '.done', 'lte', '2', 'or', '.text', 'equals', 'running'),
  yes('.text', 'lacks', 'a=b', 'and', '.text', 'lacks', 'means=x'),
];

function batch(reply: Reply, list: Case[], more: string[] = []): Promise<string[]> {
  const lines = list.flatMap(([, condition], i) => [
    `step 's${i}'`,
    // A red point stops a script: each condition is asked as a defect that is known.
    `check c${i} 'c${i}' r ${condition.map((c) => word(c)).join(' ')} defect=d`,
  ]);
  return verbs({ 'GET /r': reply }, list.length, [
    'step Ask',
    'request r GET backend /r',
    ...more,
    ...lines,
  ]).then((result) =>
    list.map(
      ([, condition], i) => `${result.points[i]?.ok ? 'holds' : 'fails'}: ${condition.join(' ')}`,
    ),
  );
}

const wanted = (list: Case[]): string[] =>
  list.map(([holds, c]) => `${holds ? 'holds' : 'fails'}: ${c.join(' ')}`);

describe.concurrent('a condition', () => {
  const quarters = [0, 1, 2, 3].map((part) => cases.filter((_, i) => i % 4 === part));
  test.each(quarters.map((list, i) => [i + 1, list] as const))(
    'compares values of the same JSON type, and a missing field satisfies nothing: part %i',
    async (_, list) => {
      expect(await batch({ json: body, headers: { 'X-Made-By': 'test' } }, list)).toEqual(
        wanted(list),
      );
    },
  );

  const broken: [why: string, reply: Reply][] = [
    ['an empty body', { body: '' }],
    ['blank', { body: ' \n' }],
    ['truncated', { body: '{"text":"running","yes":true' }],
    ['two documents', { body: '{"text":"running"} {"text":"running"}' }],
    ['HTML', { body: '<html>{"text":"running"}</html>' }],
    ['NaN', { body: '{"text":"running","x":NaN}' }],
    ['nan', { body: '{"text":"running","x":nan}' }],
    ['Infinity', { body: '{"text":"running","x":-Infinity}' }],
    ['text', { body: 'running' }],
  ];
  test.each(broken)('on a body that is not JSON fails: %s', async (_, reply) => {
    const list = [
      no('.text', 'equals', 'running'),
      no('.text', 'exists', 'true'),
      no('.text', 'lacks', 'x'),
      no('.', 'exists', 'true'),
    ];
    expect(await batch(reply, list)).toEqual(wanted(list));
  });

  test('on an error reply believes the body only beside its status', async () => {
    const list = [
      no('.text', 'equals', 'running'),
      no('body', 'matches', 'running'),
      no('.text', 'lacks', 'x'),
      no('status', 'equals', '200', 'or', '.text', 'equals', 'running'),
      yes('status', 'equals', '500', 'and', '.text', 'equals', 'running'),
      no('status', 'equals', '404', 'and', '.text', 'equals', 'running'),
      yes('status', 'in', '[400,500]'),
      yes('.text', 'equals', 'running'),
    ];
    // The fifth point holds and names the status, and so vouches for the later ones.
    expect(await batch({ status: 500, json: body }, list.slice(0, 4))).toEqual(
      wanted(list.slice(0, 4)),
    );
    expect(await batch({ status: 500, json: body }, list.slice(4))).toEqual(
      wanted([
        list[4] ?? yes(),
        no('status', 'equals', '404', 'and', '.text', 'equals', 'running'),
        ...list.slice(6),
      ]),
    );
  });

  test('compares with what was captured', async () => {
    const list = [
      yes('.text', 'same-as', 'name'),
      no('.quoted', 'same-as', 'name'),
      yes('.whole', 'same-as', 'count'),
      no('.numeral', 'same-as', 'count'),
      no('.missing', 'same-as', 'name'),
    ];
    const result = await verbs({ 'GET /r': { json: body } }, list.length + 2, [
      'step Ask',
      'request r GET backend /r',
      "capture name n 'name' r .text",
      "capture count c 'count' r .whole",
      ...list.map(([, c], i) => `check c${i} 'c' r ${c.map((w) => word(w)).join(' ')} defect=d`),
    ]);
    expect(result.points.slice(2).map((p) => p.ok)).toEqual(list.map(([holds]) => holds));
  });

  test.each([
    ['a path that is a program', ".text|env equals 'x'"],
    ['a path with a slice', '.list[0:1] exists true'],
    ['a negative index', '.list[-1] exists true'],
    ['a path without a dot', 'text equals x'],
    ['a broken key', `'.["a]' exists true`],
    ['a key with an expansion', `'.["\\(1)"]' exists true`],
    ['an order against text', '.whole gt many'],
    ['in without a list', '.text in running'],
    ['a broken pattern', `.text matches '('`],
    ['a broken pattern, on a missing field', `.missing lacks '('`],
    ['exists maybe', '.text exists maybe'],
    ['an unknown comparator', '.text is running'],
    ['an unfinished condition', '.text equals'],
    ['an unfinished and', '.text equals running and'],
    ['a field of something else', 'exit equals 0'],
    ['an unknown capture', '.text same-as nobody'],
    ['an unknown word', '.text equals running colour=red'],
  ])('that is %s makes the script invalid', async (_, condition) => {
    const result = await verbs({ 'GET /r': { json: body } }, 1, [
      'step Ask',
      'request r GET backend /r',
      `check c 'c' r ${condition}`,
    ]);
    expect([result.code, result.bailout]).toEqual([2, expect.stringContaining('invalid: ')]);
    expect(result.points).toEqual([]);
  });

  test('that fails says what was asked and what was there', async () => {
    const result = await verbs({ 'GET /r': { json: body } }, 1, [
      'step Ask component=worker',
      'request r GET backend /r?x=1',
      `check c 'it is done' r .text equals completed and .missing exists true`,
    ]);
    expect(result.points[0]?.diag).toMatchObject({
      id: 'c',
      expected: '.text equals completed and .missing exists true',
      actual: '.text = "running"; .missing is missing',
      component: 'worker',
      verdict: 'failed',
      class: 'CODE_BUG',
    });
    expect(String(result.points[0]?.diag['request'])).toMatch(
      /^curl -s '?http:\/\/127\.0\.0\.1:\d+\/r\?x=1'?$/,
    );
    expect(result.lines.at(-1)).toBe(
      '# ❌ Issue: worker: it is done: .text = "running"; .missing is missing',
    );
  });
});
