import { describe, expect, test } from 'vitest';
import type { RecordedRun } from '../../src/files/records.ts';
import { standingOf } from '../../src/files/standing.ts';
import { findingsOf } from '../../src/run/findings.ts';
import { exitOf } from '../../src/run/result.ts';
import { tapReader, type TapReport } from '../../src/run/tap.ts';
import { isWell, judge } from '../../src/run/verdict.ts';
import type { Resolved } from '../../src/scenario/model.ts';

const ok = (number: number): string => `ok ${number} - a`;
const red = (number: number, ...more: string[]): readonly string[] => [
  `not ok ${number} - a`,
  '  ---',
  ...more.map((line) => `  ${line}`),
  '  ...',
];
const known = (number: number): readonly string[] =>
  red(number, 'known-defect: "never-right"', 'verdict: "failed"');

describe('nothing is wrong but what is known', () => {
  test.each([
    ['one known defect', 1, ['1..2', ok(1), ...known(2)], true],
    ['twice the same', 1, ['1..2', ...known(1), ...known(2)], true],
    ['and another red point', 1, ['1..2', ...known(1), ...red(2, 'verdict: "failed"')], false],
    ['and a point not reached', 1, ['1..2', ...known(1), ...red(2, 'reason: not-reached')], false],
    ['and too few points', 1, ['1..3', ok(1), ...known(2)], false],
    ['and a bail-out', 1, ['1..1', ...known(1), 'Bail out! failed: x'], false],
    ['and another exit code', 5, ['1..1', ...known(1)], false],
    ['all green', 0, ['1..1', ok(1)], false],
  ] as const)('%s', (_name, code, lines, only) => {
    const judgement = judge({ kind: 'exit', code }, read(lines));
    expect(judgement.onlyKnownDefects).toBe(only);
    expect(isWell(judgement)).toBe(only || code === 0);
  });

  test('the ids are told once', () => {
    const { knownDefects } = judge(
      { kind: 'exit', code: 1 },
      read(['1..2', ...known(1), ...known(2)]),
    );
    expect(knownDefects).toEqual(['never-right']);
  });
});

test.each([
  [false, [true], 1],
  [true, [true], 0],
  [true, [true, false], 1],
] as const)('allowed: %s, runs with known defects only: %j → exit %i', (allowed, runs, code) => {
  const results = runs.map((onlyKnownDefects) => ({
    verdict: 'failed' as const,
    onlyKnownDefects,
    flaky: false,
  }));
  expect(exitOf(results, { allowKnownDefects: allowed, allowFlaky: false })).toBe(code);
});

describe('a defect that no longer shows is a finding', () => {
  const scenario = {
    steps: [{ acts: [point('first'), point('second', 'never-right')] }],
    knownDefects: [{ id: 'never-right', title: 'it is never right' }],
  } as unknown as Resolved;

  test.each([
    ['its point holds', ['1..2', ok(1), ok(2)], ['never-right']],
    ['it shows', ['1..2', ok(1), ...known(2)], []],
    ['its point was not reached', ['1..2', ...red(1), ...red(2, 'reason: not-reached')], []],
    ['its point is red for another reason', ['1..2', ok(1), ...red(2)], []],
  ])('%s', (_name, lines, expected) => {
    expect(findingsOf(scenario, read(lines)).map(({ defect }) => defect)).toEqual(expected);
  });
});

test('the index tells of it by its own status', () => {
  const run: RecordedRun = {
    when: '2026-01-02T00:00:00Z',
    verdict: 'failed',
    seconds: 1,
    timeScale: 1,
    target: 'sandbox',
    checks: 'x',
    issue: 'oven: the crust is crisp',
  };
  expect(standingOf('x', [run], undefined).status).toBe('failed');
  const defective = { ...run, knownDefects: ['never-right'] };
  expect(standingOf('x', [defective], undefined)).toMatchObject({
    status: 'known-defect',
    why: 'never-right',
  });
  expect(standingOf('y', [defective], undefined).status).toBe('stale');
});

function point(id: string, defect?: string): object {
  return { kind: 'check', id, text: id, ...(defect === undefined ? {} : { defect }) };
}

function read(lines: readonly string[]): TapReport {
  const reader = tapReader();
  reader.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  reader.end();
  return reader.report();
}
