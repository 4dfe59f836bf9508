import { closeSync, openSync, readSync } from 'node:fs';
import { eventOf, type RunEvent } from './event.ts';
import { lines } from './tap-lines.ts';

/** How much is read at a time. */
const pieceBytes = 256 * 1024;

/** Follows a script's `events.ndjson`: each call of `read` gives what is new. Lines that aren't understood are passed over. */
export function eventTail(path: string): {
  read(): readonly RunEvent[];
} {
  let offset = 0;
  let found: RunEvent[] = [];
  const sink = lines((line) => {
    const parsed = eventOf(line);
    if (parsed) found.push(parsed);
  });
  return {
    read() {
      found = [];
      const piece = pieceAt(path, offset);
      offset += piece.length;
      sink.write(piece);
      return found;
    },
  };
}

/** What stands in the file from here on, at most one piece; nothing while it isn't there. */
function pieceAt(path: string, offset: number): Uint8Array {
  const buffer = Buffer.alloc(pieceBytes);
  try {
    const file = openSync(path, 'r');
    try {
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array();
  }
}
