import { posix } from 'node:path';
import { Told } from '../errors.ts';
import type { Category } from '../profile/schema.ts';
import type { Standing } from './standing.ts';

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

The end-to-end scenarios of this project. The tables are derived from the scenario files and their recorded runs: \`scenario check --write\` renews them.

## Index

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
  groups: Groups,
): string {
  const page = existing === undefined || existing.trim() === '' ? newPage : existing;
  const newline = page.includes('\r\n') ? '\r\n' : '\n';
  const { before, after } = around(page, places.index, newline);
  const table = tablesOf(rows, places, groups).join('\n').replaceAll('\n', newline);
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

/** Groups of the index in their order: the profile's domains. */
export type Groups = {
  readonly [domain: string]: { readonly title: string; readonly refs?: string | undefined };
};

function tablesOf(
  rows: readonly IndexRow[],
  places: { readonly index: string; readonly output: string },
  groups: Groups,
): readonly string[] {
  const names = [...new Set([...Object.keys(groups), ...rows.map(({ domain }) => domain)])];
  return [
    '<!-- prettier-ignore-start -->',
    '',
    ...names.flatMap((name) => {
      const own = rows.filter((row) => groupOf(row, groups) === name).toSorted(inOrder);
      return own.length === 0
        ? []
        : [`### ${cell(groups[name]?.title ?? name)}`, '', ...tableOf(own, places), ''];
    }),
    ...(rows.length === 0 ? [...tableOf([], places), ''] : []),
    '<!-- prettier-ignore-end -->',
  ];
}

/** The group that a legacy id says it belongs to, else the scenario's domain. */
function groupOf({ ref, domain }: IndexRow, groups: Groups): string {
  const said = Object.entries(groups).find(
    ([, { refs }]) => refs !== undefined && ref !== undefined && new RegExp(refs).test(ref),
  );
  return said?.[0] ?? domain;
}

/** Legacy ids first, as a person counts (`1.2` before `1.10`), then by id. */
function inOrder(left: IndexRow, right: IndexRow): number {
  if ((left.ref === undefined) !== (right.ref === undefined))
    return left.ref === undefined ? 1 : -1;
  const byRef = counted(left.ref ?? '', right.ref ?? '');
  if (byRef !== 0) return byRef;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function counted(left: string, right: string): number {
  const [ours, theirs] = [left, right].map((ref) => ref.match(/\d+|\D+/g) ?? []);
  for (const [index, part] of (ours ?? []).entries()) {
    const other = theirs?.[index];
    if (other === undefined) return 1;
    const gap = Number(part) - Number(other);
    if (part !== other) return Number.isNaN(gap) || gap === 0 ? (part < other ? -1 : 1) : gap;
  }
  return (ours?.length ?? 0) - (theirs?.length ?? 0);
}

/** The rows of one group; its first column is the legacy id, its last the measured times, where any of them has them. */
function tableOf(
  rows: readonly IndexRow[],
  places: { readonly index: string; readonly output: string },
): readonly string[] {
  const withRefs = rows.some(({ ref }) => ref !== undefined);
  const withTimes = rows.some(({ standing }) => standing.took !== undefined);
  const columns = [
    'Scenario',
    'Category',
    'Duration',
    'Status',
    'Last run',
    'Proven',
    ...(withTimes ? ['Took (p50, p95)'] : []),
  ];
  const header = withRefs ? ['Ref', ...columns] : columns;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map(() => '---')),
    ...rows.map((row) =>
      line([
        ...(withRefs ? [cell(row.ref ?? '–')] : []),
        ...cellsOf(row, places),
        ...(withTimes ? [tookCell(row.standing)] : []),
      ]),
    ),
  ];
}

function cellsOf(
  row: IndexRow,
  places: { readonly index: string; readonly output: string },
): readonly string[] {
  const link = posix.relative(
    posix.dirname(places.index),
    `${places.output}/${row.id}/scenario.md`,
  );
  return [
    `[${cell(row.name)}](${encodeURI(link)})`,
    row.category.charAt(0).toUpperCase() + row.category.slice(1),
    `~${row.durationSeconds} s`,
    statusCell(row.standing),
    row.standing.lastRun ?? '–',
    provenCell(row.standing),
  ];
}

function tookCell({ took }: Standing): string {
  return took === undefined ? '–' : `${took.p50} s, ${took.p95} s`;
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

function statusCell({ status, target, why, flaky }: Standing): string {
  const label = status === 'not-run' ? 'not run' : status;
  const where = target === undefined ? '' : ` (${target})`;
  const reason = why === undefined || status === 'passed' ? '' : `: ${cell(why)}`;
  return `${signs[status]} ${label}${where}${flaky === true ? ', flaky' : ''}${reason}`;
}

/** Text in a table's cell: what would end the cell or begin markup is escaped. */
function cell(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#+!|~&$]/g, String.raw`\$&`);
}

function provenCell({ proof, replayed }: Standing): string {
  return proof === undefined ? '–' : replayed ? `${proof} (replay)` : proof;
}
