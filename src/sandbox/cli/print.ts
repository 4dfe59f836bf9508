import type { Io } from './io.ts';

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
function cells(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code === 0xfe0f ? 0 : code >= 0x1f300 || code === 0x2705 ? 2 : 1;
  }
  return count;
}

/** A table with heavy head as rich draws it; the first column gives way where the width is short. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const widths = head.map((title, index) =>
    Math.max(cells(title), ...rows.map((row) => cells(row[index] ?? ''))),
  );
  const over = widths.reduce((sum, one) => sum + one + 3, 1) - width;
  if (over > 0) widths[0] = Math.max(1, (widths[0] ?? 0) - over);
  const line = (left: string, fill: string, middle: string, right: string): string =>
    left + widths.map((one) => fill.repeat(one + 2)).join(middle) + right;
  const row = (bar: string, texts: readonly string[]): string =>
    `${bar}${widths.map((one, index) => ` ${fitted(texts[index] ?? '', one)} `).join(bar)}${bar}`;
  return [
    line('┏', '━', '┳', '┓'),
    row('┃', head),
    line('┡', '━', '╇', '┩'),
    ...rows.map((texts) => row('│', texts)),
    line('└', '─', '┴', '┘'),
  ];
}

function fitted(text: string, width: number): string {
  const shown = cells(text) > width ? `${text.slice(0, width - 1)}…` : text;
  return shown + ' '.repeat(Math.max(0, width - cells(shown)));
}

/** The one line of a progress bar that is not at a terminal: its last state. */
export function progressLine(
  io: Pick<Io, 'columns' | 'elapsed'>,
  text: string,
  percent: number,
  done: boolean,
): string {
  const width = Math.max(3, Math.min(40, io.columns - 16 - cells(text)));
  const halves = Math.floor((2 * width * Math.min(100, percent)) / 100);
  const bar = `${'━'.repeat(Math.floor(halves / 2))}${halves % 2 === 1 ? '╸' : ''}`;
  const seconds = Math.floor(io.elapsed());
  const time = `0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  const share = `${Math.round(percent)}%`.padStart(4);
  return `${done ? ' ' : '⠙'} ${text} ${bar.padEnd(width)} ${share} ${time}`;
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
