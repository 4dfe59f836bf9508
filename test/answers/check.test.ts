import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { cancellation, ktrdr } from '../support/ktrdr.ts';

/** The problems as lines: path, message, nearest name. */
function problems(raw: unknown): readonly string[] {
  return checkAnswers(raw, ktrdr).problems.map(
    ({ path, message, nearest }) =>
      `${path} | ${message}${nearest === undefined ? '' : ` | ${nearest}`}`,
  );
}

test("the seed's example holds", () => {
  expect(problems(cancellation)).toEqual([]);
});

describe('one thing wrong', () => {
  test.each<[string, object, RegExp]>([
    ['no name', { name: undefined }, /^name \| name is missing: a name such as/],
    ['a blank name', { name: ' \t' }, /^name \| name is empty/],
    ['a name of 300 characters', { name: 'x'.repeat(300) }, /^name \| name is longer than 120/],
    ['a name of symbols only', { name: '«★»!' }, /^name \| name has neither a letter nor a digit/],
    ['an emoji name', { name: '🚀' }, /^name \| name has neither/],
    ['a control character', { name: 'a\u0007b' }, /^name \| name holds a control character/],
    [
      'an escape sequence',
      { purpose: 'a\u001b[31mb' },
      /^purpose \| purpose holds a control character/,
    ],
    ['half a surrogate pair', { name: 'a\ud800b' }, /^name \| name holds a control character/],
    ['a number as name', { name: 4 }, /^name \| name must be text/],
    [
      'an unknown category',
      { category: 'cancelation' },
      /^category \| unknown category "cancelation" \| cancellation$/,
    ],
    [
      'an unknown domain',
      { domain: 'trainin' },
      /^domain \| unknown domain "trainin" \| training$/,
    ],
    [
      'an unknown endpoint',
      { trigger: { kind: 'api', endpoint: 'trainings.start' } },
      /^trigger.endpoint \| unknown endpoint "trainings.start" \| training.start$/,
    ],
    [
      'an unknown trigger kind',
      { trigger: { kind: 'apy' } },
      /^trigger.kind \| unknown trigger kind "apy" \| api$/,
    ],
    [
      'a page that the profile does not know',
      { trigger: { kind: 'ui', page: 'operation', starts: 'training.start' } },
      /^trigger.page \| unknown page "operation" \| operations$/,
    ],
    [
      'what a page starts, and does not',
      { trigger: { kind: 'ui', page: 'operations', starts: 'operations.get' } },
      /^trigger.starts \| unknown endpoint that starts an operation "operations.get"/,
    ],
    [
      'something that is not done on pages',
      { trigger: { kind: 'ui', page: '/', actions: [{ wait: 'x' }] } },
      /^trigger.actions.0 \| trigger.actions.0 is not what is expected here/,
    ],
    [
      'a text of a page where none is opened',
      { outcome: [{ ui: { text: 'done' } }] },
      /^outcome.0.ui \| nothing in this scenario opens a page/,
    ],
    [
      'nothing that a page should show',
      { outcome: [{ ui: {} }] },
      /^outcome.0.ui \| outcome.0.ui needs a text or a request/,
    ],
    [
      'a trigger without an address',
      { trigger: { kind: 'api' } },
      /^trigger \| trigger names neither an endpoint nor/,
    ],
    [
      'endpoint and path',
      { trigger: { kind: 'api', endpoint: 'training.start', path: '/x', method: 'GET' } },
      /^trigger \| trigger names an endpoint and also/,
    ],
    [
      'a path variable that is not there',
      { trigger: { kind: 'api', endpoint: 'training.start', params: { idd: '1' } } },
      /^trigger.params.idd \| the path .* has no variable/,
    ],
    [
      'a key of a trigger',
      { trigger: { kind: 'api', endpoint: 'training.start', bdy: {} } },
      /^trigger.bdy \| unknown key "bdy" \| body$/,
    ],
    ['an empty flow', { flow: [] }, /^flow \| flow names no component/],
    ['an empty outcome', { outcome: [] }, /^outcome \| outcome is empty/],
    [
      'an outcome of two kinds',
      { outcome: [{ response: { status: 1 }, state: {} }] },
      /^outcome.0 \| outcome.0 names 2 kinds/,
    ],
    [
      'an unknown kind',
      { outcome: [{ stat: {} }] },
      /^outcome.0.stat \| unknown outcome kind "stat" \| state$/,
    ],
    [
      'a query that changes something',
      { outcome: [{ database: { query: 'DELETE FROM orders' } }] },
      /^outcome.0.database.query \| outcome.0.database.query is no SELECT/,
    ],
    [
      'two queries',
      { outcome: [{ database: { query: 'SELECT 1; DROP TABLE orders' } }] },
      /^outcome.0.database.query \| outcome.0.database.query holds a semicolon/,
    ],
    [
      'a database that the profile does not know',
      { outcome: [{ database: { query: 'SELECT 1' } }] },
      /^outcome.0.database \| the profile knows no database/,
    ],
    [
      'one alternative',
      { outcome: [{ anyOf: [{ response: { status: 400 } }] }] },
      /^outcome.0.anyOf \| outcome.0.anyOf holds fewer than two alternatives/,
    ],
    [
      'an alternative of an unknown kind',
      { outcome: [{ anyOf: [{ response: { status: 400 } }, { stat: {} }] }] },
      /^outcome.0.anyOf.1.stat \| unknown outcome kind "stat" \| state$/,
    ],
    [
      'an alternative that would have to act',
      { outcome: [{ anyOf: [{ response: { status: 400 } }, { file: { path: 'x' } }] }] },
      /^outcome.0.anyOf.1.file \| unknown kind of outcome in anyOf "file"/,
    ],
    [
      'a key in a part of an alternative',
      {
        outcome: [
          { anyOf: [{ response: { status: 400 } }, [{ state: { path: '.a', equal: 1 } }]] },
        ],
      },
      /^outcome.0.anyOf.1.0.state.equal \| unknown key "equal" \| equals$/,
    ],
    [
      'an absence as an alternative',
      {
        outcome: [
          { anyOf: [{ response: { status: 400 } }, { log: { service: 'backend', absent: 'x' } }] },
        ],
      },
      /^outcome.0.anyOf.1.log.absent \| what is not in a log is no alternative/,
    ],
    [
      'an alternative about a reply that is not there',
      {
        outcome: [
          { anyOf: [{ response: { status: 400 } }, { response: { status: 200 }, of: 'stat' }] },
        ],
      },
      /^outcome.0.anyOf.1 \| there is no reply named "stat"/,
    ],
    [
      'a path that is a program',
      { outcome: [{ state: { path: '.a | system("x")', equals: 1 } }] },
      /^outcome.0.state.path \| outcome.0.state.path is not a path into JSON/,
    ],
    [
      'an unknown comparator',
      { outcome: [{ state: { path: '.a', equal: 1 } }] },
      /^outcome.0.state.equal \| unknown key "equal" \| equals$/,
    ],
    [
      'a log without a text',
      { outcome: [{ log: { service: 'backend' } }] },
      /^outcome.0.log \| outcome.0.log needs exactly one of/,
    ],
    [
      'a log text of two lines',
      { outcome: [{ log: { service: 'backend', present: 'a\nb' } }] },
      /line break/,
    ],
    [
      'an unknown service',
      { outcome: [{ log: { service: 'bakend', present: 'a' } }] },
      /^outcome.0.log.service \| unknown service "bakend" \| backend$/,
    ],
    [
      'an unknown row',
      { calibration: 'training/cancelation' },
      /^calibration \| unknown calibration "training\/cancelation" \| training\/cancellation$/,
    ],
    [
      'a list that is none',
      { flow: 'x' },
      /^flow \| flow must be a list, such as \[a, b\], not "x"$/,
    ],
    [
      'a status that is none',
      { outcome: [{ response: { path: '.a', status: 99 } }] },
      /must be at least 100, not 99$/,
    ],
    ...(
      [
        [String.raw`a\d+`, String.raw`has .d, .*write \[\[:digit:\]\]`],
        ['(?:a|b)', String.raw`has \(\?…\), .*plain groups`],
        ['(a', String.raw`has a \( without its \)`],
        ['a[b', String.raw`has a \[ without its \]`],
        ['*.log', String.raw`has nothing that \* repeats`],
      ] as const
    ).map(([matches, said]): [string, object, RegExp] => [
      `a pattern for logs: ${matches}`,
      { outcome: [{ log: { service: 'backend', matches } }] },
      new RegExp(`^outcome.0.log.matches \\| outcome.0.log.matches ${said}`),
    ]),
    [
      'a pattern for a field',
      { outcome: [{ state: { path: '.a', matches: 'x)' } }] },
      /has a \) without its \(/,
    ],
    [
      'an unknown answer',
      { milestne: 'M6' },
      /^milestne \| unknown answer "milestne" \| milestone$/,
    ],
  ])('%s', (_what, change, expected) => {
    const raw = Object.fromEntries(
      Object.entries({ ...cancellation, ...change }).filter(([, value]) => value !== undefined),
    );
    const found = problems(raw);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });
});

test('everything wrong is said at once', () => {
  expect(
    problems({
      name: '',
      domain: 'x',
      category: 'y',
      trigger: {},
      flow: 'z',
      outcome: [{}],
      extra: 1,
    }),
  ).toHaveLength(7);
});

test.each([[null], [[]], ['text'], [4]])('%j is no mapping', (raw) => {
  expect(problems(raw)).toEqual(
    [' | the answers are not a mapping'].map((line) =>
      line.replace('the answers are', 'the answers are'),
    ),
  );
});

test('a component that the profile does not know is a warning: the plan may be older than the code', () => {
  const { answers, warnings } = checkAnswers(
    { ...cancellation, flow: ['backend', 'operations-servce'] },
    ktrdr,
  );
  expect(answers).toBeDefined();
  expect(warnings).toEqual([
    expect.objectContaining({
      code: 'unknown-component',
      message: expect.stringContaining('did you mean operations-service?') as string,
    }),
  ]);
});

test.each<[path: string, warned: boolean]>([
  ['models/a.json', false],
  ['a/../b.json', false],
  ['..a', false],
  ['../../../etc/passwd', true],
  ['a/../../b', true],
  ['/etc/hosts', true],
  ['~/b', true],
])('the file %j is outside of the project: %s', (path, warned) => {
  const told = (file: object): readonly string[] =>
    checkAnswers({ ...cancellation, outcome: [{ file }] }, ktrdr).warnings.map(({ code }) => code);
  expect(told({ path, newer: true })).toEqual(warned ? ['path-outside'] : []);
  expect(told({ path, newer: true, in: 'backend' })).toEqual([]);
});

test('patterns that are right stay so', () => {
  const outcome = [
    {
      log: {
        service: 'backend',
        matches: String.raw`^\[[0-9]+\] (done|\(ok\)) [[:alpha:]_]{2,}[]x]?$`,
      },
    },
    { state: { path: '.a', matches: String.raw`(?i)^(?<n>\d+)(?:x|[^)(]) \w+?$` } },
  ];
  expect(problems({ ...cancellation, outcome })).toEqual([]);
});

test('keys of a body that the profile does not know are told, and let be', () => {
  const trigger = {
    kind: 'api',
    endpoint: 'training.start',
    body: { symbol: 'X' },
    omit: ['strategy_nam'],
  };
  const { answers, warnings } = checkAnswers({ ...cancellation, trigger }, ktrdr);
  expect(answers).toBeDefined();
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    [
      'unknown-key',
      expect.stringMatching(/body.symbol is not in the payload .*did you mean symbols\?/),
    ],
    [
      'unknown-key',
      expect.stringMatching(/omit leaves out nothing: .*did you mean strategy_name\?/),
    ],
  ]);
});

test('one wrong thing does not hide another: all are told at once', () => {
  const raw = {
    ...cancellation,
    domain: 'trainin',
    category: 'cancelation',
    trigger: { kind: 'api', endpoint: 'training.strt' },
    outcome: [
      { state: { path: 'data.status', equals: 'x' } },
      { log: { service: 'bakend', absent: 'x' } },
      { file: { path: 'ok.txt', exists: true } },
    ],
    calibration: 'training/cancelation',
    requires: { training: 'remot' },
    extra: 1,
  };
  expect(
    checkAnswers(raw, ktrdr)
      .problems.map(({ path }) => path)
      .toSorted(),
  ).toEqual([
    'calibration',
    'category',
    'domain',
    'extra',
    'outcome.0.state.path',
    'outcome.1.log.service',
    'requires.training',
    'trigger.endpoint',
  ]);
});
