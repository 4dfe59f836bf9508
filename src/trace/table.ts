import { inColumns } from '../files/columns.ts';
import type { IndexRow } from '../files/index-page.ts';
import { states, type State, type TraceFinding, type TracedMilestone } from './model.ts';
import type { Trace } from './trace.ts';

/** A scenario of a milestone, in the words of a table. */
interface Told {
  readonly id: string;
  readonly name: string;
  /** Status, target and day of the last run; a dash where it was never run. */
  readonly run: string;
  /** Killed of landed faults; a dash where no proof speaks of it as it is. */
  readonly proof: string;
}

const signs: { readonly [state in State]: string } = {
  uncovered: '⬜',
  red: '❌',
  'never-run': '⬜',
  stale: '🕓',
  unproven: '🟡',
  proven: '✅',
};

/** The trace for a terminal of 100 columns; of findings so many at most. */
export function asTable(
  trace: Trace,
  rows: readonly IndexRow[],
  mostFindings: number,
): readonly string[] {
  const { milestones, orphans, findings } = trace;
  const lines = milestones.flatMap((milestone) => {
    const told = toldOf(milestone, rows);
    const head = [milestone.id ?? '–', milestone.state];
    const place = `${milestone.title} (${milestone.path}:${milestone.line})`;
    return told.length === 0
      ? [[...head, place, '–']]
      : told.map(({ id, run, proof }, index) => [
          ...(index === 0 ? head : ['', '']),
          index === 0 ? place : '',
          `${id}: ${run}${proof === '–' ? '' : `, proven ${proof}`}`,
        ]);
  });
  const shown = findings.slice(0, mostFindings);
  return [
    ...inColumns([['id', 'state', 'milestone', 'scenarios'], ...lines], 100),
    '',
    ...(orphans.length === 0
      ? []
      : [`${orphans.length} scenarios without one of these milestones: ${few(orphans)}`]),
    ...shown.map(
      ({ code, path, line, message, cure }) =>
        `${path}${line === undefined ? '' : `:${line}`}: ${message} (${cure}) [${code}]`,
    ),
    ...(findings.length > shown.length
      ? [`and ${findings.length - shown.length} more: ${countsOf(findings)} (--json shows all)`]
      : []),
    summary(milestones),
  ];
}

/** The trace as a page of Markdown, for a pull request or a wiki. */
export function asMarkdown(trace: Trace, rows: readonly IndexRow[]): string {
  const { milestones, orphans, findings } = trace;
  const body = milestones.flatMap((milestone) => {
    const told = toldOf(milestone, rows);
    const head = [
      milestone.id ?? '–',
      milestone.title,
      `${milestone.path}:${milestone.line}`,
      `${signs[milestone.state]} ${milestone.state}`,
    ];
    return told.length === 0
      ? [[...head, '–', '–', '–']]
      : told.map(({ id, run, proof }) => [...head, id, run, proof]);
  });
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const header = ['Milestone', 'Title', 'Plan', 'State', 'Scenario', 'Last run', 'Proven'];
  return [
    '## Milestones and their scenarios',
    '',
    line(header),
    line(header.map(() => '---')),
    ...body.map(line),
    '',
    summary(milestones),
    ...(orphans.length === 0
      ? []
      : [
          '',
          '### Scenarios without one of these milestones',
          '',
          ...orphans.map((id) => `- ${id}`),
        ]),
    ...(findings.length === 0
      ? []
      : [
          '',
          '### Findings',
          '',
          line(['Where', 'Code', 'What', 'Cure']),
          line(['---', '---', '---', '---']),
          ...findings.map(({ code, path, line: at, message, cure }) =>
            line([at === undefined ? path : `${path}:${at}`, code, message, cure]),
          ),
        ]),
    '',
  ].join('\n');
}

function toldOf({ scenarios }: TracedMilestone, rows: readonly IndexRow[]): readonly Told[] {
  return scenarios.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [];
    const { status, target, lastRun, proof } = row.standing;
    return [
      {
        id,
        name: row.name,
        run: [status, ...(target ? [`(${target})`] : []), ...(lastRun ? [lastRun] : [])].join(' '),
        proof: proof ?? '–',
      },
    ];
  });
}

/** `4 milestones: 1 uncovered, 3 proven`. */
function summary(milestones: readonly TracedMilestone[]): string {
  const counts = states.flatMap((state) => {
    const count = milestones.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  const noun = milestones.length === 1 ? 'milestone' : 'milestones';
  return `${milestones.length} ${noun}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}

function countsOf(findings: readonly TraceFinding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return codes
    .map((code) => `${findings.filter((one) => one.code === code).length} ${code}`)
    .join(', ');
}

function few(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')}, …`;
}

function cell(text: string): string {
  return text === '---'
    ? text
    : text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
}
