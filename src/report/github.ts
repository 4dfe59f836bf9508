import { duration, oneLine } from './text.ts';
import {
  finalRuns,
  firstRed,
  issueOf,
  outcomeOf,
  titleOf,
  type Report,
  type ReportedRun,
} from './run.ts';

/** A step summary may have 1 MiB, and GitHub takes none of it when it has more (docs.github.com: job summaries). */
export const summaryLimit = 1024 * 1024;

const signs = { passed: '✅', known: '🐞', failed: '❌', error: '⛔' } as const;

/** The runs as a page of a GitHub step summary: what is red first, with its reason; cut where the page would be too long. */
export function githubReport({ runs, nothing }: Report, room = summaryLimit): string {
  if (nothing !== undefined) return cutTo([`## ✅ Nothing to run: ${nothing}`, ''], room);
  const counted = finalRuns(runs);
  const good = counted.filter((run) => outcomeOf(run) === 'passed');
  const others = counted.filter((run) => outcomeOf(run) !== 'passed');
  const head = [
    `## ${others.some(({ well }) => !well) ? '❌' : '✅'} ${good.length} of ${counted.length} scenarios passed`,
    '',
    '| Scenario | Verdict | Checks | Time | What |',
    '| --- | --- | --- | --- | --- |',
  ];
  const rows = [...others, ...good].map(rowOf);
  const details = others.map(detailOf);
  return cutTo([...head, ...rows, '', ...details], room);
}

function rowOf(run: ReportedRun): string {
  const { executed, failed, planned } = run.checks;
  const cells = [
    titleOf(run),
    `${signs[outcomeOf(run)]} ${run.flaky ? 'flaky' : run.verdict} (${run.target})`,
    `${executed - failed}/${planned}`,
    duration(run.seconds),
    oneLine(issueOf(run), 300),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function detailOf(run: ReportedRun): string {
  const red = firstRed(run);
  const lines = [
    ...(red === undefined ? [] : [`✗ ${red.text}`]),
    ...(red?.expected === undefined ? [] : [`expected: ${red.expected}`]),
    ...(red?.actual === undefined ? [] : [`actual:   ${red.actual}`]),
    ...(red?.request === undefined ? [] : [`request:  ${red.request}`]),
    ...(run.cures ?? []).map((cure) => `cure:     ${cure}`),
    ...(run.hints ?? []),
    `evidence: ${run.folder}`,
  ].map((line) => `    ${oneLine(line, 1_000)}`);
  const title = `${signs[outcomeOf(run)]} ${escapedHtml(titleOf(run))}`;
  return `<details><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>\n`;
}

/** Whole entries as long as there is room, in bytes; then how many were left out. */
function cutTo(entries: readonly string[], room: number): string {
  const bound = room - 200;
  let used = 0;
  const kept = entries.filter((entry) => {
    const size = Buffer.byteLength(entry) + 1;
    if (used > bound || used + size > bound) {
      used = bound + 1;
      return false;
    }
    used += size;
    return true;
  });
  const left = entries.length - kept.length;
  // Where not even that has room, an earlier summary of the step is left as it is.
  const note =
    left === 0 || bound < 0 ? [] : ['', `… ${left} more left out: a step summary holds 1 MiB.`];
  return [...kept, ...note, ''].join('\n');
}

function cell(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_{}[\]<>#+!|~&$@]/g, (sign) =>
    sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : sign === '@' ? '@\u200B' : `\\${sign}`,
  );
}

function escapedHtml(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
