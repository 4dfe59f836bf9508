import Builder from 'fast-xml-builder';
import { clean, oneLine } from './text.ts';
import {
  finalRuns,
  firstRed,
  issueOf,
  outcomeOf,
  titleOf,
  type Report,
  type ReportedRun,
} from './run.ts';

/**
 * The runs as JUnit XML: a suite for each domain, a case for each run, its steps as properties. A failure says that the system is
 * wrong, an error that the run could not tell (blocked, misconfigured, inconclusive, …), skipped that only what is known is red.
 */
export function junitReport({ project, runs, nothing }: Report): string {
  const counted = finalRuns(runs);
  const domains = [...new Set(counted.map(({ domain }) => domain))];
  const suites = domains.map((domain) => {
    const own = counted.filter((run) => run.domain === domain);
    return {
      testsuite: own.map((run) => caseOf(run)),
      ':@': attributes({ name: domain || 'unknown', ...sums(own), timestamp: own[0]?.when ?? '' }),
    };
  });
  const sum = nothing === undefined ? sums(counted) : { ...sums([]), tests: 1, skipped: 1 };
  const builder = new Builder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressBooleanAttributes: false,
    suppressEmptyNode: true,
    processEntities: true,
    format: true,
  });
  const all = nothing === undefined ? suites : [nothingRun(nothing, sum)];
  const tree = [{ testsuites: all, ':@': attributes({ name: project, ...sum }) }];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(tree).trim()}\n`;
}

/** What shows reports takes one without a case for a run that went wrong. */
function nothingRun(why: string, sum: object): Node {
  const name = 'nothing to run';
  return {
    testsuite: [
      {
        testcase: [{ skipped: [], ':@': attributes({ message: why }) }],
        ':@': attributes({ classname: name, name, time: '0.000' }),
      },
    ],
    ':@': attributes({ name, ...sum }),
  };
}

type Node = { readonly [name: string]: unknown };

function caseOf(run: ReportedRun): Node {
  return {
    testcase: [
      { properties: propertiesOf(run).map(([name, value]) => property(name, value)) },
      ...endOf(run),
      { 'system-out': [{ '#text': `evidence: ${clean(run.folder)}` }] },
    ],
    ':@': attributes({
      classname: run.domain || 'unknown',
      name: titleOf(run),
      time: run.seconds.toFixed(3),
    }),
  };
}

function propertiesOf(run: ReportedRun): readonly (readonly [string, string])[] {
  return [
    ['verdict', run.verdict],
    ['target', run.target],
    ...(run.category === '' ? [] : [['category', run.category] as const]),
    ...(run.milestone === undefined ? [] : [['milestone', run.milestone] as const]),
    ...(run.version === undefined ? [] : [['version', run.version] as const]),
    ...(run.flaky ? [['flaky', `passed at try ${run.attempt}`] as const] : []),
    ...(run.knownDefects ?? []).map((id) => ['known-defect', id] as const),
    ...run.steps.flatMap(({ number, title, acted, from, until, points }) => {
      if (number === 0 && points.length === 0) return [];
      const red = points.filter(({ ok }) => !ok).length;
      const state = !acted ? 'not reached' : red > 0 ? 'red' : 'ok';
      const seconds = (until - from).toFixed(1);
      return [
        [
          `step ${number}`,
          `${state}: ${title} (${points.length - red}/${points.length} checks, ${seconds} s)`,
        ] as const,
      ];
    }),
  ];
}

function property(name: string, value: string): Node {
  return { property: [], ':@': attributes({ name, value }) };
}

function endOf(run: ReportedRun): readonly Node[] {
  const outcome = outcomeOf(run);
  if (outcome === 'passed') return [];
  const red = firstRed(run);
  const lines = [
    ...(red === undefined
      ? []
      : [
          red.text,
          ...(red.expected === undefined ? [] : [`expected: ${red.expected}`]),
          ...(red.actual === undefined ? [] : [`actual: ${red.actual}`]),
          ...(red.request === undefined ? [] : [`request: ${red.request}`]),
        ]),
    ...(run.cures ?? []).map((cure) => `cure: ${cure}`),
    ...(run.hints ?? []),
  ];
  const name = outcome === 'known' ? 'skipped' : outcome === 'failed' ? 'failure' : 'error';
  const type = run.flaky ? 'flaky' : run.verdict;
  return [
    {
      [name]: name === 'skipped' ? [] : [{ '#text': clean(lines.join('\n').slice(0, 20_000)) }],
      ':@': attributes(
        name === 'skipped'
          ? { message: `known defect: ${(run.knownDefects ?? []).join(', ')}` }
          : { type, message: issueOf(run) },
      ),
    },
  ];
}

function sums(runs: readonly ReportedRun[]): { readonly [name: string]: string | number } {
  const count = (outcome: ReturnType<typeof outcomeOf>): number =>
    runs.filter((run) => outcomeOf(run) === outcome).length;
  return {
    tests: runs.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('known'),
    time: runs.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
}

function attributes(values: { readonly [name: string]: string | number }): Node {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [`@${name}`, oneLine(String(value))]),
  );
}
