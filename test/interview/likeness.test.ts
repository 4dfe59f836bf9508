import { expect, test } from 'vitest';
import { likest } from '../../src/interview/likeness.ts';

const kinds = [
  { key: 'smoke', names: ['smoke'], descriptions: ['start an operation and see it complete'] },
  { key: 'cancellation', names: ['cancellation'], descriptions: ['stopping cleans up'] },
  { key: 'error', names: ['error'], descriptions: ['verify a graceful failure', 'invalid input'] },
];

test.each([
  ['Training Cancellation', 'cancellation'],
  ['cancel it half-way', 'cancellation'],
  ['CANCELLED downloads', 'cancellation'],
  ['Errors of a backtest', 'error'],
  ['it fails on invalid dates', 'error'],
  ['smoke test of the cancel', 'smoke'],
  ['see an if or an of', undefined],
  ['Übung macht den Meister', undefined],
  ['', undefined],
])('%j speaks of %s', (name, key) => {
  expect(likest(name, kinds)).toBe(key);
});
