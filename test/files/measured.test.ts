import { expect, test } from 'vitest';
import { measuredIn } from '../../src/files/measured.ts';
import type { RecordedRun } from '../../src/files/records.ts';

const run = (seconds: number, more: Partial<RecordedRun> = {}): RecordedRun => ({
  when: '2026-11-22T10:00:00Z',
  verdict: 'passed',
  seconds,
  timeScale: 1,
  target: 'live',
  checks: 'x',
  ...more,
});
const twenty = Array.from({ length: 20 }, (_, index) => run(20 - index));

test.each<[string, readonly RecordedRun[], object]>([
  ['nothing of no run', [], {}],
  ['nothing of one', [run(3)], {}],
  ['nothing of runs of other checks', [run(1), run(2), run(3, { checks: 'old' })], {}],
  ['the 10th and the 19th of 20', twenty, { took: { p50: 10, p95: 19 } }],
  [
    'only what is like the last',
    [run(90, { target: 'sandbox' }), run(1), run(2)],
    { took: { p50: 1, p95: 2 } },
  ],
  [
    'no time of a red run',
    [run(1), run(2), run(99, { verdict: 'failed' })],
    { took: { p50: 1, p95: 2 }, flaky: true },
  ],
  ['that a blocked run says nothing', [run(1, { verdict: 'blocked' }), run(2)], {}],
  [
    'that a known defect is no whim',
    [run(1, { verdict: 'failed', knownDefects: ['d'] }), run(2)],
    { took: { p50: 1, p95: 2 } },
  ],
  ['one that passed at the second try', [run(1, { flaky: true })], { flaky: true }],
  [
    'that another version is another system',
    [run(1, { verdict: 'failed', version: '1' }), run(2, { version: '2' })],
    {},
  ],
])('tells %s', (_, runs, measured) => {
  expect(measuredIn('x', runs)).toEqual(measured);
});
