import { expect, test } from 'vitest';
import { comparisonIn, flowText, namesIn, valueIn } from '../../src/interview/typed.ts';
import { wrapped } from '../../src/files/wrap.ts';

test.each([
  ['a → b → c', ['a', 'b', 'c']],
  ['a -> b->c', ['a', 'b', 'c']],
  ['a, b ,c', ['a', 'b', 'c']],
  ['a b', ['a', 'b']],
  [' a → ', ['a']],
  ['training-worker', ['training-worker']],
  ['', []],
])('the names in %j', (text, names) => {
  expect(namesIn(text)).toEqual(names);
  expect(namesIn(flowText(names))).toEqual(names);
});

test.each([
  ['completed', 'completed'],
  [' 3 ', 3],
  ['"3"', '3'],
  ['true', true],
  ['["NOPE"]', ['NOPE']],
  ['{"a": 1', '{"a": 1'],
  ['$(touch x)', '$(touch x)'],
])('the value in %j', (text, value) => {
  expect(valueIn(text)).toEqual(value);
});

test.each([
  ['completed', { equals: 'completed' }],
  ['= 3', { equals: 3 }],
  ['cancelled or failed', { in: ['cancelled', 'failed'] }],
  ['>= 1', { gte: 1 }],
  ['<=1', { lte: 1 }],
  ['> 0.5', { gt: 0.5 }],
  ['< 1', { lt: 1 }],
  ['~ ^op_[0-9]+$', { matches: '^op_[0-9]+$' }],
  ['~ 12', { matches: '12' }],
  ['exists', { exists: true }],
  ['is not there', { exists: false }],
])('the comparison in %j', (text, comparison) => {
  expect(comparisonIn(text)).toEqual(comparison);
});

test.each([
  ['a few words', 20, ['a few words']],
  ['a few more words here', 10, ['a few more', 'words here']],
  ['unbreakable-word-of-a-path', 10, ['unbreakabl', 'e-word-of-', 'a-path']],
  ['fixed\u00a0space stays', 12, ['fixed\u00a0space', 'stays']],
  ['🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉', 8, ['🎉🎉🎉🎉🎉🎉🎉🎉', '🎉🎉']],
  ['', 10, ['']],
])('%j in lines of %i', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
