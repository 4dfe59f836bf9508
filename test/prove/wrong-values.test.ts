import { expect, test } from 'vitest';
import { comparisonsOf, type Json } from '../../src/scenario/comparators.ts';
import { holds } from '../../src/prove/conditions.ts';
import { wrongValues } from '../../src/prove/wrong-values.ts';

const captures = { before: 40, id: 'op_1' };
const ops = [
  { id: 'op_1', status: 'running', done: 3 },
  { id: 'op_2', status: 'running', done: 5 },
];

function says(comparator: object, value: Json): boolean {
  const [comparison] = comparisonsOf({ ...comparator });
  if (!comparison) throw new Error('no comparison');
  const reply = {
    status: 200,
    headers: {},
    text: JSON.stringify({ x: value }),
    seconds: 0,
    elapsed: 0,
  };
  return holds([[{ field: '.x', comparisons: [comparison] }]], reply, captures);
}

test.each<[string, object, Json]>([
  ['size', { size: 2 }, ops],
  ['contains an object', { contains: { id: 'op_2', done: 5, status: 'running' } }, ops],
  ['size of an object', { size: { gte: 1, lt: 3 } }, { a: 1, b: 2 }],
  ['size at most', { size: { lte: 2 } }, ops],
  ['size below a capture', { size: { lt: { capture: 'before' } } }, ops],
  ['every', { every: { path: '.status', equals: 'running' } }, ops],
  ['every, of numbers', { every: { path: '.done', gte: 1, lte: 9 } }, ops],
  ['every element itself', { every: { gt: 0 } }, [1, 2]],
  ['some', { some: { path: '.id', sameAs: 'id' } }, ops],
  ['some, where all are', { some: { path: '.status', in: ['running'] } }, ops],
  ['same', { sameAs: 'id' }, 'op_1'],
  ['different', { differsFrom: 'id' }, 'op_2'],
  ['near', { near: { capture: 'before', within: 1 } }, 41],
  ['near in percent', { near: { capture: 'before', percent: 5 } }, 42],
  ['more than before', { gt: { capture: 'before' } }, 41],
  ['at most as before', { lte: { capture: 'before' } }, 40],
])('%s: each planted value breaks it, and there is one', (_, comparator, value) => {
  expect(says(comparator, value)).toBe(true);
  const [comparison] = comparisonsOf({ ...comparator });
  const wrong = comparison ? wrongValues(comparison, value, captures, []) : [];
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong.filter((one) => says(comparator, one))).toEqual([]);
});

test.each<[string, object, Json]>([
  [
    'an empty list has no element that is so',
    { every: { path: '.status', equals: 'running' } },
    [],
  ],
  ['nor one without the field', { every: { path: '.status', equals: 'running' } }, [{}]],
  ['an object is no list', { some: { exists: true } }, { a: 1 }],
  ['a text has no size', { size: { gte: 0 } }, 'abc'],
  ['a text has no order', { gt: { capture: 'before' } }, '99'],
  ['nothing is above a text', { gt: { capture: 'id' } }, 99],
])('%s', (_, comparator, value) => {
  expect(says(comparator, value)).toBe(false);
});
