import { clean, oneLine } from './text.ts';
import {
  finalRuns,
  issueOf,
  outcomeOf,
  pointsIn,
  titleOf,
  type Report,
  type ReportedRun,
} from './run.ts';

/** The runs as TAP version 14: a test point each, with its checks as a subtest. */
export function tapReport({ runs, nothing }: Report): string {
  const counted = finalRuns(runs);
  return [
    'TAP version 14',
    `1..${counted.length}${nothing === undefined ? '' : ` # SKIP ${nothing}`}`,
    ...counted.flatMap((run, index) => linesOf(run, index + 1)),
    '',
  ].join('\n');
}

function linesOf(run: ReportedRun, number: number): readonly string[] {
  const points = pointsIn(run);
  const title = escaped(titleOf(run));
  const outcome = outcomeOf(run);
  const sub =
    points.length === 0
      ? []
      : [
          `# Subtest: ${title}`,
          ...points.flatMap((point, index) => [
            `    ${point.ok ? 'ok' : 'not ok'} ${index + 1} - ${escaped(point.text)}`,
            ...(point.ok
              ? []
              : block('      ', {
                  id: point.id,
                  reason: point.reason,
                  expected: point.expected,
                  actual: point.actual,
                  component: point.component,
                  request: point.request,
                  'known-defect': point.knownDefect,
                })),
          ]),
          `    1..${points.length}`,
        ];
  const todo = outcome === 'known' ? ` # TODO known defect: ${escaped(known(run))}` : '';
  const ok = outcome === 'passed' ? 'ok' : 'not ok';
  return [
    ...sub,
    `${ok} ${number} - ${title}${todo}`,
    ...block('  ', {
      verdict: run.verdict,
      class: run.class ?? undefined,
      issue: issueOf(run) || undefined,
      target: run.target,
      seconds: run.seconds,
      evidence: run.folder,
    }),
  ];
}

function known(run: ReportedRun): string {
  return (run.knownDefects ?? []).join(', ');
}

/** A description: what would be a directive or an escape, or open a subtest, is none. */
function escaped(text: string): string {
  return oneLine(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('#', String.raw`\#`)
    .replace(/\{$/, '{ .');
}

/** A YAML block; JSON strings are YAML, and hold whatever a script printed. */
function block(
  indent: string,
  values: { readonly [name: string]: string | number | undefined },
): readonly string[] {
  return [
    `${indent}---`,
    ...Object.entries(values).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`${indent}${name}: ${typeof value === 'string' ? quoted(value) : value}`],
    ),
    `${indent}...`,
  ];
}

function quoted(text: string): string {
  return JSON.stringify(clean(text.slice(0, 4_000)))
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
