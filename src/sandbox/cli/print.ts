import type { Json } from '../http.ts';
import type { Io } from './io.ts';
import { narrowed } from './narrowed.ts';
import { dumped } from './python-values.ts';

/** Prints a text as rich does: broken between words at the width, blanks before a break kept. */
export function say({ out, columns }: Pick<Io, 'out' | 'columns'>, text: string): void {
  for (const line of text.split('\n')) for (const part of wrapped(line, columns)) out(part);
}

/** The same to standard error. */
export function complain({ err, columns }: Pick<Io, 'err' | 'columns'>, text: string): void {
  for (const line of text.split('\n')) for (const part of wrapped(line, columns)) err(part);
}

function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.match(/\s*\S+\s*/g) ?? [line]) {
    if (current !== '' && cells(current + word.trimEnd()) > width) {
      lines.push(cut(current, width));
      current = '';
    }
    current += word;
  }
  return [...lines, cut(current, width)];
}

/** Blanks beyond the width are dropped. */
function cut(text: string, width: number): string {
  return cells(text) > width ? text.trimEnd() : text;
}

/** Columns that a text takes: pictures take two. */
export function cells(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code === 0xfe0f ? 0 : code >= 0x1f300 || wide.has(code) ? 2 : 1;
  }
  return count;
}

/** Pictures below the plane of pictures: ⚡ ✅ ❌. */
const wide = new Set([0x26a1, 0x2705, 0x274c]);

/** How a table is drawn beside its texts. */
interface Drawing {
  /** Columns whose texts stand at the right, such as numbers. */
  readonly right?: readonly number[];
  /** Stands above the table, in the middle. */
  readonly title?: string;
}

/** A table with heavy head as rich draws it; the widest columns give way where the width is short. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  { right = [], title }: Drawing = {},
): readonly string[] {
  const texts = head.map((name, index) =>
    Math.max(cells(name), ...rows.map((row) => cells(row[index] ?? ''))),
  );
  const padded = narrowed(
    texts.map((one) => one + 2),
    width - head.length - 1,
  );
  const widths = padded.map((one) => Math.max(1, one - 2));
  const line = (left: string, fill: string, middle: string, end: string): string =>
    left + widths.map((one) => fill.repeat(one + 2)).join(middle) + end;
  const row = (bar: string, own: readonly string[]): string =>
    `${bar}${widths.map((one, index) => ` ${fitted(own[index] ?? '', one, right.includes(index))} `).join(bar)}${bar}`;
  const top = line('┏', '━', '┳', '┓');
  return [
    ...(title === undefined ? [] : [centred(title, cells(top))]),
    top,
    row('┃', head),
    line('┡', '━', '╇', '┩'),
    ...rows.map((own) => row('│', own)),
    line('└', '─', '┴', '┘'),
  ];
}

/** Prints a table. */
export function show(
  io: Pick<Io, 'out' | 'columns'>,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  drawing?: Drawing,
): void {
  for (const line of table(head, rows, io.columns, drawing)) io.out(line);
}

/** Prints a value as indented JSON, which nothing breaks into lines. */
export function showJson(io: Pick<Io, 'out'>, value: Json): void {
  for (const line of dumped(value).split('\n')) io.out(line);
}

/** A text cut or filled up to a width. */
export function fitted(text: string, width: number, right = false): string {
  const shown = cells(text) > width ? clipped(text, width) : text;
  const blanks = ' '.repeat(Math.max(0, width - cells(shown)));
  return right ? blanks + shown : shown + blanks;
}

function clipped(text: string, width: number): string {
  let shown = '';
  for (const character of text) {
    if (cells(shown + character) > width - 1) break;
    shown += character;
  }
  return width < 1 ? '' : `${shown}…`;
}

function centred(text: string, width: number): string {
  const left = Math.max(0, Math.floor((width - cells(text)) / 2));
  return fitted(' '.repeat(left) + text, width);
}

/** A mistake in the use of the command: exit 2. */
export function usage(
  { err, columns }: Pick<Io, 'err' | 'columns'>,
  command: { readonly name: string; readonly form: string },
  message: string,
): void {
  const inner = columns - 4;
  err(`Usage: ${command.name} ${command.form}`);
  err(`Try '${command.name} --help' for help.`);
  err(`╭─ Error ${'─'.repeat(columns - 10)}╮`);
  for (const line of wrapped(message, inner)) err(`│ ${line.trimEnd().padEnd(inner)} │`);
  err(`╰${'─'.repeat(columns - 2)}╯`);
}
