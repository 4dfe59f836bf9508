import { clean, oneLine } from './text.ts';
import {
  finalRuns,
  firstRed,
  issueOf,
  outcomeOf,
  pointsIn,
  titleOf,
  type Report,
  type ReportedRun,
} from './run.ts';

const statuses = { passed: 'passed', known: 'skipped', failed: 'failed', error: 'other' } as const;

/** The runs as CTRF (Common Test Report Format, specification 0.0.0): a test each, with its steps, and the verdict as raw status. */
export function ctrfReport({ project, runs }: Report): string {
  const counted = finalRuns(runs);
  const tests = counted.map((run) => testOf(run, runs));
  const count = (status: string): number => tests.filter((one) => one.status === status).length;
  const starts = counted.flatMap(({ when }) => (when === '' ? [] : [Date.parse(when)]));
  const stops = counted.flatMap(({ when, seconds }) =>
    when === '' ? [] : [Date.parse(when) + Math.round(seconds * 1000)],
  );
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'new-scenario' },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        flaky: counted.filter(({ flaky }) => flaky).length,
        start: least(starts),
        stop: most(stops),
      },
      tests,
      environment: { appName: oneLine(project) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function testOf(run: ReportedRun, all: readonly ReportedRun[]): CtrfTest {
  const red = firstRed(run);
  const tries = all.filter(({ id, round }) => id === run.id && round === run.round).length;
  const start = run.when === '' ? undefined : Date.parse(run.when);
  return {
    name: oneLine(titleOf(run)) || 'unknown',
    status: statuses[outcomeOf(run)],
    rawStatus: run.flaky ? 'flaky' : run.verdict,
    duration: Math.round(run.seconds * 1000),
    ...(start === undefined ? {} : { start, stop: start + Math.round(run.seconds * 1000) }),
    suite: [oneLine(run.domain) || 'unknown'],
    tags: [run.category, run.target, run.milestone ?? '']
      .filter((tag) => tag !== '')
      .map((tag) => oneLine(tag)),
    flaky: run.flaky,
    ...(tries > 1 ? { retries: tries - 1 } : {}),
    ...(issueOf(run) === '' ? {} : { message: oneLine(issueOf(run)) }),
    ...(red?.expected === undefined && red?.actual === undefined
      ? {}
      : {
          trace: clean(
            `expected: ${red.expected ?? ''}\nactual: ${red.actual ?? ''}`.slice(0, 8_000),
          ),
        }),
    steps: pointsIn(run).map(({ text, ok, reason }) => ({
      name: oneLine(text) || 'check',
      status: ok ? 'passed' : reason === undefined ? 'failed' : 'skipped',
    })),
    extra: { evidence: run.folder, class: run.class, knownDefects: run.knownDefects ?? [] },
  };
}

interface CtrfTest {
  readonly name: string;
  readonly status: string;
  readonly [name: string]: unknown;
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), values[0] ?? 0);
}

function most(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other), values[0] ?? 0);
}
