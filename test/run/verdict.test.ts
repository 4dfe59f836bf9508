import { describe, expect, test } from 'vitest';
import { exitOf } from '../../src/run/result.ts';
import { tapReader, type TapReport } from '../../src/run/tap.ts';
import { judge } from '../../src/run/verdict.ts';

const green = ['TAP version 14', '1..2', 'ok 1 - a', 'ok 2 - b', '# ✅ Integration test passed'];
const red = [
  '1..2',
  'not ok 1 - a',
  '  ---',
  '  verdict: "failed"',
  '  ...',
  'not ok 2 - b',
  '  ---',
  '  reason: not-reached',
  '  ...',
];

describe('the exit code gives the verdict', () => {
  test.each([
    [0, green, 'passed', null],
    [1, red, 'failed', 'CODE_BUG'],
    [2, ['1..2', 'Bail out! invalid: x'], 'invalid', 'TEST_ISSUE'],
    [3, ['1..2', 'Bail out! blocked: x'], 'blocked', 'ENVIRONMENT'],
    [4, ['1..2', 'Bail out! misconfigured: x'], 'misconfigured', 'CONFIGURATION'],
    [5, red, 'timed-out', 'CODE_BUG'],
    [6, red, 'inconclusive', 'CALIBRATION'],
    [130, ['1..2', 'Bail out! interrupted: SIGINT'], 'interrupted', null],
    [143, ['1..2'], 'interrupted', null],
    [7, red, 'failed', 'TEST_ISSUE'],
    [126, [], 'failed', 'TEST_ISSUE'],
    [127, [], 'failed', 'TEST_ISSUE'],
    [255, green, 'failed', 'TEST_ISSUE'],
  ])('%i after %j', (code, lines, verdict, whose) => {
    expect(judge({ kind: 'exit', code }, read(lines))).toMatchObject({
      verdict,
      exitCode: code,
      class: whose,
    });
  });

  test('a wait that ran out while progress rose is a matter of the data', () => {
    const lines = [
      '1..1',
      'not ok 1 - a',
      '  ---',
      '  verdict: "timed-out"',
      '  class: "CALIBRATION"',
      '  ...',
    ];
    expect(judge({ kind: 'exit', code: 5 }, read(lines)).class).toBe('CALIBRATION');
  });
});

describe('a green exit code is believed only with a green output', () => {
  test.each([
    ['a red point', ['1..2', 'ok 1 - a', 'not ok 2 - b'], 'point 2 is not ok'],
    ['a red point to do', ['1..1', 'not ok 1 - a # TODO later'], 'point 1 is not ok'],
    ['a point that is skipped', ['1..1', 'ok 1 - a # SKIP no time'], 'point 1 is skipped'],
    ['a bail-out', ['1..1', 'ok 1 - a', 'Bail out! blocked: x'], 'it bailed out'],
    ['too few points', ['1..3', 'ok 1 - a', 'ok 2 - b'], 'it printed 2 of 3'],
    ['too many points', ['1..1', 'ok 1 - a', 'ok 2 - b'], 'it printed 2 of 1'],
    ['no plan', ['ok 1 - a'], 'it printed no plan'],
    ['an empty plan', ['1..0'], 'it planned no check'],
    ['nothing', [], 'it printed no plan'],
    ['two plans', ['1..2', 'ok 1 - a', 'ok 2 - b', '1..2'], 'not numbered in order'],
    ['a number twice', ['1..2', 'ok 1 - a', 'ok 1 - a'], 'not numbered in order'],
  ])('%s', (_name, lines, why) => {
    const { verdict, issue } = judge({ kind: 'exit', code: 0 }, read(lines));
    expect(verdict).toBe('failed');
    expect(issue).toContain(why);
    expect(issue).toContain('script and output disagree');
  });
});

test.each([
  [{ kind: 'signal', signal: 'SIGKILL', number: 9 }, 'interrupted', 137],
  [{ kind: 'too-long', seconds: 9 }, 'timed-out', 5],
  [{ kind: 'not-started', why: 'EACCES' }, 'invalid', 2],
] as const)('%j is %s', (ending, verdict, exitCode) => {
  expect(judge(ending, read(green))).toMatchObject({ verdict, exitCode });
});

test('points that were not reached are planned and not executed', () => {
  expect(judge({ kind: 'exit', code: 1 }, read(red)).checks).toEqual({
    planned: 2,
    executed: 1,
    failed: 1,
  });
});

test('known defects are named', () => {
  const lines = ['1..1', 'not ok 1 - a', '  ---', '  known-defect: "cancel-500"', '  ...'];
  expect(judge({ kind: 'exit', code: 1 }, read(lines)).knownDefects).toEqual(['cancel-500']);
});

test.each([
  [['passed', 'passed'], 0],
  [['passed', 'blocked'], 3],
  [['blocked', 'misconfigured'], 4],
  [['misconfigured', 'inconclusive'], 1],
  [['blocked', 'failed', 'passed'], 1],
  [['timed-out', 'interrupted'], 130],
  [[], 0],
] as const)('runs that ended %j exit with %i', (verdicts, code) => {
  const results = verdicts.map((verdict) => ({ verdict, onlyKnownDefects: false, flaky: false }));
  expect(exitOf(results, { allowKnownDefects: true, allowFlaky: false })).toBe(code);
});

function read(lines: readonly string[]): TapReport {
  const reader = tapReader();
  reader.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  reader.end();
  return reader.report();
}
