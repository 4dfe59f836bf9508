import { posix } from 'node:path';
import { Told } from '../errors.ts';
import type { Category } from '../profile/schema.ts';
import type { Standing } from './records.ts';

/** What the index shows of one scenario. */
export interface IndexRow {
  readonly id: string;
  readonly name: string;
  readonly ref?: string;
  readonly domain: string;
  readonly category: Category;
  readonly milestone?: string;
  readonly durationSeconds: number;
  readonly standing: Standing;
}

const begin = '<!-- scenarios:begin -->';
const end = '<!-- scenarios:end -->';

/** The page that is made where there is none yet. */
const newPage = `# Scenarios

The end-to-end scenarios of this project. The table is derived from the scenario files and their recorded runs: \`scenario check --write\` renews it.

${begin}
${end}
`;

/**
 * The index with its rows between the markers, everything around them kept as it is (line endings too). Throws when the markers
 * are broken; a page without any gets them at its end.
 */
export function indexPage(
  existing: string | undefined,
  rows: readonly IndexRow[],
  places: { readonly index: string; readonly output: string },
): string {
  const page = existing === undefined || existing.trim() === '' ? newPage : existing;
  const newline = page.includes('\r\n') ? '\r\n' : '\n';
  const { before, after } = around(page, places.index, newline);
  const table = tableOf(rows, places).join('\n').replaceAll('\n', newline);
  return `${before}${begin}${newline}${table}${newline}${end}${after}`;
}

function around(
  page: string,
  where: string,
  newline: string,
): { readonly before: string; readonly after: string } {
  const begins = page.split(begin).length - 1;
  const ends = page.split(end).length - 1;
  if (begins === 0 && ends === 0) {
    return { before: `${page.replace(/\s*$/, '')}${newline}${newline}`, after: newline };
  }
  const at = page.indexOf(begin);
  const until = page.indexOf(end);
  if (begins !== 1 || ends !== 1 || until < at) {
    throw new Told(
      `its markers are broken: ${begins} × scenarios:begin, ${ends} × scenarios:end${begins === 1 && ends === 1 ? ', in the wrong order' : ''}`,
      {
        code: 'broken-markers',
        where: `${where}:${lineOf(page, begins > 0 ? at : until)}`,
        cure: `leave exactly one ${begin} line, and one ${end} line below it`,
      },
    );
  }
  return { before: page.slice(0, at), after: page.slice(until + end.length) };
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

const header = [
  '| Scenario | Category | Duration | Status | Last run | Proven |',
  '| --- | --- | --- | --- | --- | --- |',
];

function tableOf(
  rows: readonly IndexRow[],
  places: { readonly index: string; readonly output: string },
): readonly string[] {
  const sorted = rows.toSorted((left, right) =>
    left.id < right.id ? -1 : left.id > right.id ? 1 : 0,
  );
  return [
    '<!-- prettier-ignore-start -->',
    '',
    ...header,
    ...sorted.map((row) => rowOf(row, places)),
    '',
    '<!-- prettier-ignore-end -->',
  ];
}

function rowOf(row: IndexRow, places: { readonly index: string; readonly output: string }): string {
  const link = posix.relative(
    posix.dirname(places.index),
    `${places.output}/${row.id}/scenario.md`,
  );
  const name = row.ref === undefined ? row.name : `${row.ref} ${row.name}`;
  const cells = [
    `[${cell(name)}](${encodeURI(link)})`,
    row.category.charAt(0).toUpperCase() + row.category.slice(1),
    `~${row.durationSeconds} s`,
    statusCell(row.standing),
    row.standing.lastRun ?? '–',
    row.standing.proof ?? '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

const signs: { readonly [status in Standing['status']]: string } = {
  passed: '✅',
  failed: '❌',
  blocked: '⛔',
  inconclusive: '❔',
  'known-defect': '🐞',
  'not-run': '⬜',
  manual: '👁',
  stale: '🕓',
};

function statusCell({ status, target, why }: Standing): string {
  const label = status === 'not-run' ? 'not run' : status;
  const where = target === undefined ? '' : ` (${target})`;
  const reason = why === undefined || status === 'passed' ? '' : `: ${cell(why)}`;
  return `${signs[status]} ${label}${where}${reason}`;
}

/** Text in a table's cell: what would end the cell or begin markup is escaped. */
function cell(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#+!|~&$]/g, String.raw`\$&`);
}
