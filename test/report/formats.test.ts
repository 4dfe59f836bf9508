import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validate } from 'ctrf';
import { SaxesParser } from 'saxes';
import { Parser } from 'tap-parser';
import { expect, test } from 'vitest';
import { askedReport } from '../../src/report/formats.ts';
import { ctrfReport } from '../../src/report/ctrf.ts';
import { githubReport, summaryLimit } from '../../src/report/github.ts';
import { htmlReport } from '../../src/report/html.ts';
import { junitReport } from '../../src/report/junit.ts';
import { notBegun, readRun, type Report, type ReportedRun } from '../../src/report/run.ts';
import { tapReport } from '../../src/report/tap.ts';
import { eventOf } from '../../src/run/event.ts';
import { readRunFolder } from '../../src/run/read-folder.ts';
import { freshFolder } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';

const recorded = ['training-cancellation', 'backtest-progress', 'blocked', 'cut-off'].map((name) =>
  readRunFolder(root, `test/fixtures/runs/${name}`, { green: 200, red: 400, picture: 100_000 }),
);
const never = notBegun({ id: 'orders/x', name: 'X', domain: 'orders', category: 'smoke' }, 1);
const report: Report = { project: 'fixtures', runs: [...recorded, never] };
const parts = { style: 'body{}', script: '', toFolders: '.' };

test.each([
  ['tap', tapReport, 'tap'],
  ['junit', junitReport, 'xml'],
  ['ctrf', ctrfReport, 'json'],
  ['github', (one: Report) => githubReport(one), 'md'],
] as const)('%s of recorded runs', async (name, make, extension) => {
  await expect(make(report)).toMatchFileSnapshot(`../golden/report/${name}.${extension}`);
});

test('a report of nothing says so in each format, and is none of a run', async () => {
  const none: Report = { project: 'fixtures', runs: [], nothing: 'no scenario changed' };
  expect(tapReport(none)).toBe('TAP version 14\n1..0 # SKIP no scenario changed\n');
  expect(casesOf(junitReport(none))).toBe(1);
  expect(junitReport(none)).toContain('<skipped message="no scenario changed"/>');
  expect(ctrf(none)).toMatchObject({ summary: { tests: 0 } });
  expect(githubReport(none)).toBe('## ✅ Nothing to run: no scenario changed\n\n');
  expect(await htmlReport(none, parts)).toContain('nothing to run: no scenario changed');
});

test('a run that was cut off is interrupted, with all that it had done', () => {
  const run = recorded[3] as ReportedRun;
  expect(run).toMatchObject({ id: 'orders/cut-off', verdict: 'interrupted', well: false });
  expect(run.steps.flatMap(({ points }) => points).length).toBeGreaterThan(2);
  expect(run.timeScale).toBeCloseTo(0.1, 1);
});

test('pictures of pages stand in the page itself: what is a picture, and not too large', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'run'));
  const png = Buffer.concat([Buffer.from('\u0089PNG\r\n', 'latin1'), Buffer.alloc(50)]);
  const files = {
    '02-seen.png': png,
    '03-big.png': Buffer.concat([png, png]),
    '04-none.png': 'GIF',
  };
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(folder, 'run', name), bytes);
  const run = readRunFolder(folder, 'run', { green: 0, red: 10, picture: png.length });
  const page = await htmlReport({ project: 'x', runs: [run] }, parts);
  expect(page.match(/<img/g)).toHaveLength(1);
  expect(page).toContain(`src="data:image/png;base64,${png.toString('base64')}"`);
  expect(page).toContain('03-big');
});

test('of several tries the last counts, and one that passed only then is red and flaky', () => {
  const [green, , blocked] = recorded as [ReportedRun, ReportedRun, ReportedRun];
  const again = { ...green, id: blocked.id, attempt: 2, flaky: true, well: false };
  const both: Report = { project: 'p', runs: [blocked, again] };
  expect(tapReport(both)).toMatch(/^1\.\.1$/m);
  expect(tapReport(both)).toMatch(/^not ok 1 - orders\/order-smoke \(try 2\)$/m);
  expect(junitReport(both)).toContain('<error type="flaky"');
  expect(ctrf(both)).toMatchObject({
    summary: { tests: 1, other: 1, flaky: 1 },
    tests: [{ status: 'other', rawStatus: 'flaky', flaky: true, retries: 1 }],
  });
});

test('what the command allowed is no red: skipped, to do, and never passed', () => {
  const known = { ...(recorded[1] as ReportedRun), well: true };
  const one: Report = { project: 'p', runs: [known] };
  expect(junitReport(one)).toContain('<skipped message="known defect: backtests-never-trade"/>');
  expect(tapReport(one)).toContain('# TODO known defect: backtests-never-trade');
  expect(ctrf(one)).toMatchObject({ summary: { skipped: 1, passed: 0 } });
});

/** Texts that could end something early: of another format, of a terminal, or of ours. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\nok 2 - forged\n1..2',
    'Bail out! x',
    '\u0000\u001B[2J\u0008\uFFFE\uD800',
    ']]></failure><x a="1">&bogus;',
    '</pre></script><img src=x onerror=alert(1)>',
    '| a | \n\n# title `x` ```',
    'a # SKIP',
    '  ...\nok 9',
    '\u2028\u2029\u202E',
    '---\n...',
    '{',
    'x'.repeat(5_000),
    '__proto__',
  ),
);
const always = [
  'id',
  'name',
  'domain',
  'category',
  'verdict',
  'class',
  'target',
  'when',
  'seconds',
  'timeScale',
  'checks',
  'round',
  'attempt',
  'flaky',
  'well',
  'title',
  'text',
  'ok',
] as const;
const lines = fc.array(
  fc.oneof(
    nasty,
    fc
      .record(
        {
          t: fc.oneof(fc.double(), fc.integer(), nasty),
          event: fc.constantFrom(
            'step',
            'point',
            'look',
            'request',
            'cleanup',
            'verdict',
            'scenario',
            'run',
          ),
          id: nasty,
          name: nasty,
          domain: nasty,
          category: nasty,
          verdict: fc.constantFrom('passed', 'failed', 'forged'),
          class: fc.constantFrom('CODE_BUG', 'ENVIRONMENT', null),
          issue: nasty,
          target: nasty,
          when: fc.oneof(nasty, fc.constant('2026-11-22T21:20:00Z')),
          seconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
          timeScale: fc.constantFrom(0, 0.1, 1),
          checks: fc.constant({ planned: 2, executed: 1, failed: 1 }),
          round: fc.integer({ min: 0, max: 3 }),
          attempt: fc.constantFrom(1, 2),
          flaky: fc.boolean(),
          well: fc.boolean(),
          knownDefects: fc.array(nasty),
          cures: fc.array(nasty),
          title: nasty,
          text: nasty,
          ok: fc.boolean(),
          reason: nasty,
          expected: nasty,
          actual: nasty,
          request: nasty,
          n: fc.double(),
          progress: fc.double(),
          elapsed: fc.double(),
          status: fc.oneof(nasty, fc.double()),
          calibrated: fc.record({ min: fc.double(), max: fc.double() }),
        },
        { requiredKeys: ['event', ...always] },
      )
      .map((one) => JSON.stringify(one)),
  ),
  { maxLength: 12 },
);

test('nothing that a script prints breaks a report, or is taken for a part of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 3 }), nasty, async (runs, head) => {
      const all: Report = {
        project: head,
        runs: runs.map((own, index) => ({
          ...readRun({
            folder: `.scenario/runs/${index}`,
            events: own.flatMap((line) => eventOf(line) ?? []),
            evidence: [
              { name: '01-a.request', bytes: 5, head },
              { name: '01-a.body', bytes: 9, head },
            ],
          }),
          round: index + 1,
        })),
      };
      expect(pointsOf(tapReport(all))).toBe(runs.length);
      expect(casesOf(junitReport(all))).toBe(runs.length);
      expect(ctrf(all)).toMatchObject({ summary: { tests: runs.length } });
      const summary = githubReport(all);
      expect(summary.split('\n').filter((line) => line.startsWith('|')).length).toBe(
        runs.length + 2,
      );
      const page = await htmlReport(all, parts);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).not.toMatch(/<img|<x |NaN|undefined|\[object/);
      expect(page.match(/<details\s+class="run/g)).toHaveLength(runs.length);
    }),
    { numRuns: 40 },
  );
});

test('a step summary has at most so many bytes, and says what it leaves out', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => ({
    ...(recorded[2] as ReportedRun),
    id: `orders/${index}`,
    issue: '→'.repeat(900),
  }));
  const summary = githubReport({ project: 'p', runs: many });
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(summaryLimit);
  expect(summary).toMatch(/… \d+ more left out/);
  expect(githubReport({ project: 'p', runs: many }, 50)).toBe('');
});

test('a series of a hundred thousand looks is thinned, its last one kept', () => {
  const looks = Array.from({ length: 100_000 }, (_, index) => ({
    event: 'look' as const,
    t: 1_795_382_400 + index,
    name: 'watch',
    status: 'running',
    progress: index / 1_000,
    elapsed: index,
  }));
  const run = readRun({ folder: 'x', events: looks, evidence: [] });
  const seen = run.steps[0]?.series[0]?.looks ?? [];
  expect(seen.length).toBeLessThanOrEqual(2_000);
  expect(seen.at(-1)?.elapsed).toBe(99_999);
});

test.each([
  ['junit=a=b.xml', { format: 'junit', file: 'a=b.xml' }],
  ['github', { format: 'github' }],
])('%s asks for a report', (text, asked) => {
  expect(askedReport(text)).toEqual(asked);
});

test.each([
  ['html', 'the report html needs a file'],
  ['junti=x', 'there is no report "junti"'],
])('%s is refused', (text, message) => {
  expect(() => askedReport(text)).toThrow(message);
});

function ctrf(one: Report): object {
  const document: unknown = JSON.parse(ctrfReport(one));
  expect(validate(document)).toMatchObject({ valid: true });
  return (document as { results: object }).results;
}

/** Points of the outer level, as a TAP consumer counts them. */
function pointsOf(text: string): number {
  let count = 0;
  let bailed = false;
  const parser = new Parser({ strict: true });
  parser.on('assert', () => (count += 1));
  parser.on('bailout', () => (bailed = true));
  let wrong: unknown;
  parser.on('complete', (result: { failures: { tapError?: string | null }[] }) => {
    wrong = result.failures.find((one) => one.tapError)?.tapError;
  });
  parser.end(text);
  expect({ bailed, wrong }).toEqual({ bailed: false, wrong: undefined });
  return count;
}

/** Cases, by a parser that takes nothing but well-formed XML 1.0. */
function casesOf(text: string): number {
  let count = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'testcase') count += 1;
  });
  parser.write(text).close();
  return count;
}
