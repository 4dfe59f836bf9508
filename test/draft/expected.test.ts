import { expect, test } from 'vitest';
import { saidBy } from '../../src/draft/expected.ts';

test.each([
  ['HTTP 200 OK', { kind: 'status', status: 200 }],
  ['**Not HTTP 200** — it is missing', undefined],
  ['If it returns 500, look at the log', undefined],
  ['Returns 404', { kind: 'status', status: 404 }],
  ['`status: "completed"`', { kind: 'field', field: 'status', must: { equals: 'completed' } }],
  ['status: completed', { kind: 'field', field: 'status', must: { equals: 'completed' } }],
  [
    '`status` should be `"failed"` or `"cancelled"`',
    { kind: 'field', field: 'status', must: { in: ['failed', 'cancelled'] } },
  ],
  ['**success**: true', { kind: 'field', field: 'success', must: { equals: true } }],
  [
    'progress is between 0 and 100',
    { kind: 'field', field: 'progress', must: { gte: 0, lte: 100 } },
  ],
  ['the status is 400', { kind: 'status', status: 400 }],
  ['total ≥ 1', { kind: 'field', field: 'total', must: { gte: 1 } }],
  ['rows > 10,000', { kind: 'field', field: 'rows', must: { gt: 10_000 } }],
  ['"cancelled" or "failed"', { kind: 'value', must: { in: ['cancelled', 'failed'] } }],
  ['`true`', { kind: 'value', must: { equals: true } }],
  ['`task_id` returned', { kind: 'field', field: 'task_id', must: { exists: true } }],
  ['Final status: `completed`', { kind: 'field', field: 'status', must: { equals: 'completed' } }],
  ['Exit code: 0', { kind: 'exit', code: 0 }],
  ['Exits with code `1` (not 124)', { kind: 'exit', code: 1 }],
  ['Exit code 0 or 1', undefined],
  ['Output contains "the oven" (twice)', { kind: 'output', text: 'the oven' }],
  ['Contains `Crust` header', { kind: 'output', text: 'Crust' }],
  ['Shows "a" and "b"', undefined],
  ['Oven logs show: "it is hot"', { kind: 'log', of: 'oven', text: 'it is hot', isAbsent: false }],
  ['No `burnt` lines in the oven logs', { kind: 'log', of: 'oven', text: 'burnt', isAbsent: true }],
  ['Duration: ~2 seconds', undefined],
  ['It takes 200 ms', undefined],
  ['The chart looks right', undefined],
])('%s', (text, said) => {
  expect(saidBy(text)).toEqual(said);
});
