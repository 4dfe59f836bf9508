import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/files/records.ts';
import type { RunResult } from '../../src/run/result.ts';
import type { TapReport } from '../../src/run/tap.ts';
import { closingLines } from '../../src/run/task-line.ts';

const tap: TapReport = { points: [], cures: [], manual: [], broken: false };

function run(id: string, verdict: Verdict = 'passed', more: Partial<RunResult> = {}): RunResult {
  return {
    id,
    verdict,
    exitCode: verdict === 'passed' ? 0 : 1,
    class: null,
    checks: { planned: 1, executed: 1, failed: 0 },
    knownDefects: [],
    onlyKnownDefects: false,
    target: 'sandbox',
    round: 1,
    attempt: 1,
    durationSeconds: 1,
    timeScale: 1,
    when: '2026-11-20T10:00:00.000Z',
    evidence: `.scenario/runs/${id}`,
    tap,
    findings: [],
    hints: [],
    cleaned: [],
    flaky: false,
    ...more,
  };
}

const nothing = { allowKnownDefects: false, allowFlaky: false };
const red = run('b', 'failed', { issue: 'backend: no answer' });
const blocked = run('a', 'blocked', { issue: 'blocked: backend does not answer' });
const defect = run('d', 'failed', {
  onlyKnownDefects: true,
  knownDefects: ['never-right'],
  issue: 'k',
});
const byHand = run('m', 'passed', {
  tap: { ...tap, manual: ['it looks right'] },
});

describe('the last line is the one that a task is reported with', () => {
  const cases: readonly (readonly [string, readonly RunResult[], readonly string[]])[] = [
    ['one', [run('a')], ['✅ Integration test passed']],
    ['several', [run('a'), run('b')], ['2 of 2 passed', '✅ Integration test passed']],
    ['one red', [red], ['❌ Issue: backend: no answer (evidence: .scenario/runs/b)']],
    [
      'one blocked',
      [blocked],
      ['❌ Issue: blocked: backend does not answer (evidence: .scenario/runs/a)'],
    ],
    [
      'what is wrong with the system before what is not there',
      [blocked, red, run('c')],
      [
        '1 of 3 passed: a blocked, b failed',
        '❌ Issue: b: backend: no answer (evidence: .scenario/runs/b); and 1 more',
      ],
    ],
    ['a known defect', [defect], ['❌ Issue: k (evidence: .scenario/runs/d)']],
    [
      'flaky',
      [run('a', 'passed', { flaky: true, attempt: 2 })],
      [
        '❌ Issue: flaky: it passed at try 2 only; --allow-flaky lets that be (evidence: .scenario/runs/a)',
      ],
    ],
    [
      'what a person has to look at',
      [byHand],
      ['✅ Integration test passed, left to a person: it looks right'],
    ],
    ['none', [], ['0 of 0 passed', '❌ Issue: interrupted before the last scenario ended']],
  ];
  test.each(cases)('%s', (_what, results, lines) => {
    expect(closingLines(results, nothing, false)).toEqual(lines);
  });
});

test('known defects that are allowed are named', () => {
  const lines = closingLines([run('a'), defect], { ...nothing, allowKnownDefects: true }, false);
  expect(lines.at(-1)).toBe('✅ Integration test passed, known defects apart: never-right');
});

test('what was cut off is not green', () => {
  expect(closingLines([run('a')], nothing, true).at(-1)).toMatch(/^❌ Issue: interrupted/);
});
