import { closeSync, openSync, readSync } from 'node:fs';
import * as z from 'zod';
import { lines } from './tap-lines.ts';

const number = z.number().nullable().optional().catch(undefined);
const word = z.string().optional().catch(undefined);

/** One line of `events.ndjson` (docs/script-language.md), as far as it is shown. */
const event = z.discriminatedUnion('event', [
  z.object({ event: z.literal('step'), title: z.string(), acts: z.boolean().optional() }),
  z.object({ event: z.literal('request'), name: word }),
  z.object({
    event: z.literal('look'),
    name: z.string(),
    status: z.union([z.string(), z.number(), z.null()]).optional().catch(undefined),
    progress: number,
    /** Seconds of the system since the wait began. */
    elapsed: number,
  }),
  z.object({
    event: z.literal('point'),
    id: z.string(),
    ok: z.boolean(),
    text: z.string(),
    reason: word,
    actual: word,
  }),
]);

/** What a script tells while it runs. */
export type ScriptEvent = z.infer<typeof event>;

/** How much is read at a time. */
const pieceBytes = 256 * 1024;

/** Follows a script's `events.ndjson`: each call of `read` gives what is new. Lines that aren't understood are passed over. */
export function eventTail(path: string): {
  read(): readonly ScriptEvent[];
} {
  let offset = 0;
  let found: ScriptEvent[] = [];
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

function eventOf(line: string): ScriptEvent | undefined {
  try {
    const parsed = event.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
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
