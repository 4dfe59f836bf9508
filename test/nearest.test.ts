import { expect, test } from 'vitest';
import { nearest } from '../src/nearest.ts';

const categories = ['smoke', 'progress', 'cancellation', 'error', 'integration'];
const endpoints = [
  'training.start',
  'operations.get',
  'operations.list',
  'operations.cancel',
  'data.get',
];

test.each<[string, readonly string[], string | undefined]>([
  ['cancelation', categories, 'cancellation'],
  ['Cancellation', categories, 'cancellation'],
  ['SMOKE ', categories, 'smoke'],
  ['smkoe', categories, 'smoke'],
  ['eror', categories, 'error'],
  ['cancel', categories, 'cancellation'],
  ['training.strat', endpoints, 'training.start'],
  ['training_start', endpoints, 'training.start'],
  ['operation.get', endpoints, 'operations.get'],
  ['operations', endpoints, undefined],
  ['performance', categories, undefined],
  ['', categories, undefined],
  ['x', categories, undefined],
  ['in', categories, undefined],
  ['a'.repeat(100_000), categories, undefined],
  ['smoke', [], undefined],
])('%.30s → %s', (given, valid, wanted) => {
  expect(nearest(given, valid)).toBe(wanted);
});
