import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { cut, type Lines } from './fault.ts';

/** A copy of a log that is kept up to date, line by line, through a filter. */
export interface LogCopy {
  readonly path: string;
  /** Copies what is new now; the timer does so too. */
  pump(): void;
  close(): void;
}

/** How often the copy is brought up to date by itself. */
const everyMs = 40;

/**
 * Copies a log that is being written to another file: as it is, or with a filter only whole lines, so that each can be judged. While
 * `busy`, it isn't brought up to date by itself: a line may speak of an id that only the reply under way tells.
 */
export function copyLog(
  from: string,
  to: string,
  filter: ((line: string) => Lines) | undefined,
  busy: () => boolean,
): LogCopy {
  const source = openSync(from, 'r');
  const copy = openSync(to, 'a');
  const decoder = new StringDecoder('utf8');
  let offset = 0;
  let rest = '';
  let open = true;
  const pump = (): void => {
    if (!open) return;
    const size = fstatSync(source).size;
    if (size <= offset) return;
    const buffer = Buffer.alloc(size - offset);
    const length = readSync(source, buffer, 0, buffer.length, offset);
    offset += length;
    if (!filter) {
      writeSync(copy, buffer, 0, length);
      return;
    }
    const parts = (rest + decoder.write(buffer.subarray(0, length))).split('\n');
    rest = parts.pop() ?? '';
    const given = parts.flatMap((line) => filter(line));
    const last = given.lastIndexOf(cut);
    if (last >= 0) ftruncateSync(copy);
    const text = given.slice(last + 1).map((line) => `${String(line)}\n`);
    if (text.length > 0) writeSync(copy, text.join(''));
  };
  const timer = setInterval(() => {
    if (!busy()) pump();
  }, everyMs);
  pump();
  return {
    path: to,
    pump,
    close: () => {
      clearInterval(timer);
      open = false;
      closeSync(source);
      closeSync(copy);
    },
  };
}
