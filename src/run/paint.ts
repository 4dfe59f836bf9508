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
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('\uFFFD', '?')
    .trim();
}

/** Text cut to a width, with a mark where it was cut. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
