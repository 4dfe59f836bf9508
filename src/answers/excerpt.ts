import type { Problem } from '../errors.ts';

/** The text that problems are in, and the name a person knows it by. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** How problems are shown. */
export interface ExcerptOptions {
  /** Columns that an excerpt's line may take; longer ones are cut around the carets. */
  readonly width?: number;
  /** What ends the last line; "nothing written" when absent. */
  readonly closing?: string;
}

/** At most so many problems are shown; the rest is counted. */
const mostShown = 20;

/**
 * Shows each problem with its line, carets under the wrong part, and the hint; problems without a place come last.
 * Columns are counted in UTF-16 units, as editors do; carets stand by the width that characters take in a terminal.
 */
export function formatProblems(
  problems: readonly Problem[],
  source: Source | undefined,
  options: ExcerptOptions = {},
): string {
  const lines = source?.text.split(/\r?\n/) ?? [];
  const shown = problems.toSorted(byPlace).slice(0, mostShown);
  const blocks = shown.flatMap((problem) => block(problem, source, lines, options.width ?? 100));
  const more = problems.length - shown.length;
  return [
    ...blocks,
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}, ${options.closing ?? 'nothing written'}.`,
  ].join('\n');
}

/** Did you mean …? What would be right. */
function hintOf({ nearest, expected }: Problem): string {
  if (nearest === undefined) return expected ?? '';
  const question = `did you mean ${JSON.stringify(nearest)}?`;
  return expected === undefined ? question : `${question} (${expected})`;
}

function byPlace(a: Problem, b: Problem): number {
  const [lineA, lineB] = [a.line ?? Infinity, b.line ?? Infinity];
  if (lineA !== lineB) return lineA < lineB ? -1 : 1;
  return (a.column ?? 0) - (b.column ?? 0);
}

function block(
  problem: Problem,
  source: Source | undefined,
  lines: readonly string[],
  width: number,
): string[] {
  const line = problem.line === undefined ? undefined : lines[problem.line - 1];
  if (source === undefined || problem.line === undefined || line === undefined) {
    return withoutPlace(problem, source);
  }
  const { column = 1 } = problem;
  const number = String(problem.line);
  const { text, indent, carets } = excerpt(line, column - 1, problem.length ?? 1, width);
  return [
    `${oneLine(source.name)}:${number}:${column}  ${oneLine(problem.message)}`,
    `  ${number} | ${text}`.trimEnd(),
    `  ${' '.repeat(number.length)} | ${' '.repeat(indent)}${'^'.repeat(carets)} ${oneLine(hintOf(problem))}`.trimEnd(),
  ];
}

function withoutPlace(problem: Problem, source: Source | undefined): string[] {
  const where = [source?.name, problem.path].filter((part) => part !== undefined && part !== '');
  const hint = oneLine(hintOf(problem));
  return [
    `${oneLine(where.join(': '))}  ${oneLine(problem.message)}`.trimStart(),
    ...(hint === '' ? [] : [`    ${hint}`]),
  ];
}

/** What a terminal shows for a part of a line: where that part begins in the line, and the columns it takes. */
interface Cell {
  readonly offset: number;
  readonly shown: string;
  readonly width: number;
}

function excerpt(
  line: string,
  offset: number,
  length: number,
  width: number,
): { text: string; indent: number; carets: number } {
  const cells = cut(toCells(line, offset), offset, width);
  const before = cells.filter((cell) => cell.offset < offset || cell.offset === -1);
  const marked = cells.filter(
    (cell) => cell.offset >= offset && cell.offset < offset + Math.max(1, length),
  );
  const carets = widthOf(marked);
  return {
    text: cells.map(({ shown }) => shown).join(''),
    indent: widthOf(before),
    carets: Math.max(1, carets),
  };
}

/** Keeps what fits, with a third of the room before the marked part. */
function cut(cells: readonly Cell[], offset: number, width: number): Cell[] {
  if (widthOf(cells) <= width) return [...cells];
  const marked = cells.findIndex((cell) => cell.offset >= offset);
  const at = marked < 0 ? cells.length : marked;
  const first = stepBack(cells, at, Math.floor(width / 3));
  const kept = fitting(cells.slice(first), width - 2);
  return [
    ...(first > 0 ? [ellipsis(-1)] : []),
    ...kept,
    ...(first + kept.length < cells.length ? [ellipsis(Infinity)] : []),
  ];
}

function stepBack(cells: readonly Cell[], from: number, room: number): number {
  let first = from;
  for (let used = 0; first > 0; first--) {
    used += cells[first - 1]?.width ?? 0;
    if (used > room) break;
  }
  return first;
}

function fitting(cells: readonly Cell[], room: number): Cell[] {
  let used = 0;
  const tooMany = cells.findIndex((cell) => (used += cell.width) > room);
  return tooMany < 0 ? [...cells] : cells.slice(0, tooMany);
}

function ellipsis(offset: number): Cell {
  return { offset, shown: '…', width: 1 };
}

const tabStop = 4;

/** Finding characters costs seconds in a line of a megabyte, so only what may be shown is looked at. */
const lookAround = 1_000;

function toCells(line: string, around: number): Cell[] {
  const from = Math.max(0, Math.min(around, line.length) - lookAround);
  const part = line.slice(from, around + lookAround);
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of new Intl.Segmenter('en').segment(part)) {
    const shown = segment === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : printable(segment);
    const width = shown === segment ? widthOfSegment(segment) : shown.length;
    cells.push({ offset: from + index, shown, width });
    column += width;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

function widthOfSegment(segment: string): number {
  return wide.test(segment) ? 2 : 1;
}

/** Controls, invisible and direction-changing characters: shown, they would change what a terminal displays. */
const unprintable = /\p{Cc}|\p{Cs}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

function printable(text: string): string {
  return text.replaceAll(
    unprintable,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What came from an input is said in one line, and nothing in it reaches the terminal as a command. */
function oneLine(text: string): string {
  return printable(text.replaceAll(/\s*\n\s*/g, ' '));
}
