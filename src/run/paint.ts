import pc from 'picocolors';
import type { Io } from '../commands/io.ts';

/** Colours of a stream: on a terminal, unless the user wants none. */
export type Paint = ReturnType<typeof pc.createColors>;

/** The colours for a stream (contract, section 1: `NO_COLOR` respected, colour only on a terminal). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: Io['env']): Paint {
  return pc.createColors(
    stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  );
}

/** Text from outside as one harmless line: no control character of it reaches the terminal. */
export function plain(text: string): string {
  return harmless(text).trim();
}

/** The like for a line that is laid out already. */
function harmless(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('\uFFFD', '?');
}

/** Lines that hold text of a document, ready to be shown. */
export function shownLines(lines: readonly string[]): string {
  return lines.map((line) => `${harmless(line)}\n`).join('');
}

/** Text cut to a width, with a mark where it was cut. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
