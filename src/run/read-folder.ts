import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { readRun, type Excerpt, type ReportedRun } from '../report/run.ts';
import { eventOf, type RunEvent } from './event.ts';
import { lines } from './tap-lines.ts';

/** A `events.ndjson` that is longer can only be broken: it is read so far, and from there its end. */
const longest = 32 * 1024 * 1024;
/** Enough for the runner's last word. */
const tailBytes = 512 * 1024;
/** So many files of one run are told. */
const mostFiles = 200;

/** So many bytes of each file of the evidence are read, of a green run and of any other. */
export interface Heads {
  readonly green: number;
  readonly red: number;
  /** Pictures of pages are read whole up to so many bytes; those of green runs only where their texts are read, too. */
  readonly picture: number;
}

/** Reads the folder of a run, finished or cut off. */
export function readRunFolder(
  root: string,
  folder: string,
  { green, red, picture }: Heads,
): ReportedRun {
  const absolute = join(root, folder);
  const events = eventsIn(join(absolute, 'events.ndjson'));
  const well = events.some((event) => event.event === 'run' && event.well);
  const head = well ? green : red;
  return readRun({ folder, events, evidence: evidenceIn(absolute, head, head > 0 ? picture : 0) });
}

function eventsIn(path: string): readonly RunEvent[] {
  const found: RunEvent[] = [];
  const sink = lines((line) => {
    const event = eventOf(line);
    if (event) found.push(event);
  });
  within(path, (file, size) => {
    for (let offset = 0; offset < Math.min(size, longest); offset += 1024 * 1024)
      sink.write(piece(file, offset, Math.min(1024 * 1024, longest - offset)));
    if (size > longest) sink.write(piece(file, Math.max(longest, size - tailBytes), tailBytes));
  });
  sink.end();
  return found;
}

function evidenceIn(folder: string, head: number, picture: number): readonly Excerpt[] {
  return namesIn(folder)
    .filter((name) =>
      /^\d\d-.*\.(?:request|headers|body|log|ndjson|stdout|stderr|script|png)$/.test(name),
    )
    .toSorted()
    .slice(0, mostFiles)
    .flatMap((name) => {
      let excerpt: Excerpt | undefined;
      within(join(folder, name), (file, bytes) => {
        if (name.endsWith('.png')) excerpt = { name, bytes, ...pictureAt(file, bytes, picture) };
        else excerpt = { name, bytes, ...(head > 0 ? { head: textAt(file, head) } : {}) };
      });
      return excerpt === undefined ? [] : [excerpt];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file that is gone or can't be read has nothing to tell. */
function within(path: string, read: (file: number, size: number) => void): void {
  try {
    const file = openSync(path, 'r');
    try {
      read(file, fstatSync(file).size);
    } finally {
      closeSync(file);
    }
  } catch {
    // Told above.
  }
}

function piece(file: number, offset: number, length: number): Uint8Array {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
}

/** A picture that is small enough, and is one. */
function pictureAt(file: number, bytes: number, most: number): { readonly picture?: string } {
  if (bytes > most) return {};
  const all = Buffer.from(piece(file, 0, bytes));
  return all.subarray(1, 4).toString('latin1') === 'PNG' ? { picture: all.toString('base64') } : {};
}

function textAt(file: number, length: number): string {
  return Buffer.from(piece(file, 0, length)).toString('utf8');
}
