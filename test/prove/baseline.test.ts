import { expect, test } from 'vitest';
import { losesNothing } from '../../src/prove/baseline.ts';
import { jsonOf, withJson, type Reply } from '../../src/prove/reply.ts';

const run = (seconds: number, ...names: string[]) => ({
  trial: { seconds },
  faults: names.map((name) => ({
    name,
    what: `${seconds}`,
    point: 'moves',
    plant: { kind: 'dead', act: 0 } as const,
  })),
});

test.each([
  ['a third of the time gained', run(9, 'stuck', 'falls'), run(3, 'stuck', 'falls'), true],
  ['hardly faster: the script itself takes the time', run(9, 'stuck'), run(8, 'stuck'), false],
  ['too few looks, nothing could fall', run(9, 'stuck', 'falls'), run(3, 'stuck'), false],
] as const)('a faster run loses nothing: %s', (_what, before, next, lost) => {
  expect(losesNothing(before, next)).toBe(lost);
});

const long: Reply = {
  status: 200,
  headers: {},
  text: JSON.stringify({ rows: Array.from({ length: 20_000 }, (_, index) => index) }),
  seconds: 0,
  elapsed: 0,
};

test('a long body is read once, however often it is asked', () => {
  expect(jsonOf({ ...long, status: 500 })).toBe(jsonOf(long));
});

test('a long body that a fault made is not read at all', () => {
  const body = { planted: long.text };
  expect(jsonOf(withJson(long, body))).toBe(body);
});

test('what is no JSON is none, long or short', () => {
  const broken = long.text.slice(0, -1);
  expect([jsonOf({ ...long, text: broken }), jsonOf({ ...long, text: '{' })]).toEqual([
    undefined,
    undefined,
  ]);
});
