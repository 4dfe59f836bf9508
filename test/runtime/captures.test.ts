import { afterAll, expect, test } from 'vitest';
import { sweep, verbs, word } from './harness.ts';

afterAll(sweep);

const before = { count: 40, name: 'a-7', zero: 0, text: '40' };
const after = { none: null, count: 42, name: 'a-8', zero: 0, list: [{ n: 40 }, { n: 42 }] };

const cases: [holds: boolean, condition: string[]][] = [
  [false, ['.count', 'same-as', 'count']],
  [true, ['.zero', 'same-as', 'zero']],
  [true, ['.count', 'differs-from', 'count']],
  [false, ['.zero', 'differs-from', 'zero']],
  [true, ['.name', 'differs-from', 'name']],
  [false, ['.missing', 'differs-from', 'name']],
  [false, ['.count', 'differs-from', 'name']],
  [false, ['.none', 'differs-from', 'name']],
  [false, ['.list', 'differs-from', 'name']],
  [true, ['.count', 'gt', '{count}']],
  [true, ['.count', 'gt', '{count}', 'lte', '42']],
  [false, ['.zero', 'gt', '{zero}']],
  [true, ['.zero', 'gte', '{zero}', 'lt', '{count}']],
  [false, ['.count', 'gt', '{text}']],
  [false, ['.count', 'lte', '{name}']],
  [true, ['.count', 'near', 'count', '2']],
  [false, ['.count', 'near', 'count', '1.5']],
  [true, ['.count', 'near', 'count', '5%', 'gt', '41']],
  [false, ['.count', 'near', 'count', '4.9%']],
  [false, ['.name', 'near', 'count', '100']],
  [false, ['.missing', 'near', 'count', '100']],
  [true, ['.list', 'some', '.n', 'same-as', 'count']],
  [false, ['.list', 'every', '.n', 'same-as', 'count']],
  [true, ['.list', 'every', '.n', 'near', 'count', '2']],
  [true, ['.list', 'size', 'lt', '{count}']],
];

test('a condition compares with what was captured', async () => {
  const result = await verbs(
    { 'GET /before': { json: before }, 'GET /after': { json: after } },
    cases.length + 4,
    [
      'step Ask',
      'request before GET backend /before',
      ...Object.keys(before).map((key) => `capture ${key} has-${key} '${key}' before .${key}`),
      'request after GET backend /after',
      ...cases.map(
        ([, condition], i) =>
          `check c${i} 'c${i}' after ${condition.map((one) => word(one)).join(' ')} defect=d`,
      ),
    ],
  );
  expect(cases.map(([, condition], i) => [result.points[i + 4]?.ok, condition])).toEqual(cases);
});

test.each([
  ['a comparison with a capture that is none', ".count gt '{nothing}'", /nothing was captured/],
  ['a nearness without an amount', '.count near id', /how near/],
  ['a measure without a comparator', '.list every .n', /incomplete/],
  ['a size without a number', '.list size', /incomplete/],
  ['a place that is none', ".list some 'n | env' equals 1", /not a path/],
])('%s is a mistake of the script', async (_, condition, said) => {
  const result = await verbs({ 'GET /r': { json: after } }, 2, [
    'step Ask',
    'request r GET backend /r',
    "capture id has-id 'it' r .count",
    `check c 'c' r ${condition}`,
  ]);
  expect(result.code).toBe(2);
  expect(result.stdout).toMatch(said);
});
