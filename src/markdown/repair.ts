import { fenceOf, findFenced, type Fenced } from './fences.ts';
import { cutNote, type Note } from './tree.ts';

/** Longest text that is read, in characters. A plan has some ten thousand. */
const maxLength = 5_000_000;
/** Most lines that are read. A plan has some hundreds. */
const maxLines = 150_000;
/** Deepest nesting of lists and quotes that is read. */
const maxDepth = 16;

/** A text that CommonMark reads as its writer meant it. */
export interface Repaired {
  /** For each line of `text` the line, 1-based, that it was. */
  readonly origin: readonly number[];
  /** The text to be parsed, line by line. */
  readonly text: readonly string[];
  /** The lines as they were given. */
  readonly lines: readonly string[];
  /** The blocks of code, by the line of their opening fence. */
  readonly blocks: ReadonlyMap<number, CodeText>;
  readonly frontMatter?: { readonly text: string; readonly line: number; readonly endLine: number };
  readonly notes: readonly Note[];
}

/** A block of code as it stands in the file. */
interface CodeText {
  readonly prefix: string;
  readonly language: string;
  readonly text: string;
  readonly endLine: number;
}

/** Puts right what real documents have: line ends of all kinds, nested fences, fences left open, comments left open, bottomless nesting. */
export function repair(given: string): Repaired {
  const notes: Note[] = [];
  const lines = linesOf(given, notes);
  const frontMatter = frontMatterOf(lines);
  const start = frontMatter?.endLine ?? 0;
  const text: string[] = [];
  const origin: number[] = [];
  const put = (line: string, at: number): void => {
    text.push(line);
    origin.push(at + 1);
  };
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'));
  const prose = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) put(bounded(lines, at, lastEnd, notes), at);
  };
  const blocks = new Map<number, CodeText>();
  let at = start;
  for (let line = 0; line < start; line += 1) put('', line);
  for (const fenced of findFenced(lines, start)) {
    prose(at, fenced.open);
    const code = codeOf(lines, fenced);
    blocks.set(fenced.open + 1, code);
    put('', fenced.open);
    put(`${code.prefix}\`\`\`${code.language}`, fenced.open);
    put(`${code.prefix.replaceAll(/[^\s>]/g, ' ')}\`\`\``, code.endLine - 1);
    tell(fenced, notes);
    at = code.endLine;
  }
  prose(at, lines.length);
  return {
    text,
    origin,
    lines,
    blocks,
    ...(frontMatter && { frontMatter }),
    notes: summed(notes),
  };
}

function linesOf(given: string, notes: Note[]): readonly string[] {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  const isLong = text.length > maxLength;
  const all = (isLong ? text.slice(0, maxLength) : text).split(/\r\n|\n|\r/);
  // The last line may have been cut in two.
  const lines =
    isLong || all.length > maxLines ? all.slice(0, Math.min(all.length - 1, maxLines)) : all;
  if (lines.length < all.length) notes.push(cutNote(lines.length + 1, restOf(text, lines)));
  return lines;
}

/** How much of a text stands behind its first lines. Headings inside of code count too: nobody reads that far. */
function restOf(text: string, read: readonly string[]): { lines: number; headings: number } {
  const ends = /\r\n|\n|\r/g;
  for (let at = 0; at < read.length; at += 1) ends.exec(text);
  const rest = text.slice(ends.lastIndex).replace(/(?:\r\n|\n|\r)$/, '');
  const count = (pattern: RegExp): number => [...rest.matchAll(pattern)].length;
  return { lines: count(ends) + 1, headings: count(/(?<=^|[\r\n])#{1,6}[ \t]+\S/g) };
}

function frontMatterOf(lines: readonly string[]): Repaired['frontMatter'] {
  if (lines[0]?.trimEnd() !== '---' || !/^[\w-]+\s*:/.test(lines[1] ?? '')) return undefined;
  const end = lines
    .slice(0, 200)
    .findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end === -1
    ? undefined
    : { text: lines.slice(1, end).join('\n'), line: 1, endLine: end + 1 };
}

/** What stands between two fences. The parser, which is slow on code, sees the fences only. */
function codeOf(lines: readonly string[], { open, close, closed }: Fenced): CodeText {
  const fence = fenceOf(lines[open] ?? '');
  const prefix = fence?.prefix ?? '';
  const own = new RegExp(`^[ \\t>]{0,${prefix.length}}`);
  return {
    prefix: deepInProse(lines, open, prefix) ? '' : prefix,
    language:
      fence?.info
        .split(/\s/)[0]
        ?.toLowerCase()
        .replace(/^\{?\.?/, '') ?? '',
    text: lines
      .slice(open + 1, close)
      .map((line) => (prefix === '' ? line : line.replace(own, '')))
      .join('\n'),
    endLine: closed ? close + 1 : close,
  };
}

/** Whether a fence is indented although no list stands above it, which CommonMark takes for text. */
function deepInProse(lines: readonly string[], open: number, prefix: string): boolean {
  if (!/^\s{2,}$/.test(prefix)) return false;
  for (let at = open - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (/^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(line)) return false;
    if (/^\S/.test(line)) return true;
  }
  return true;
}

function tell({ open, close, closed, nested }: Fenced, notes: Note[]): void {
  if (nested)
    notes.push({
      line: open + 1,
      text: 'this block of code holds fences as long as its own: read as one block',
    });
  if (!closed)
    notes.push({
      line: open + 1,
      text: `this block of code is never closed: read as if it ended on line ${close}`,
    });
}

/** In the order of their lines; of many alike the first twenty, and how many more there are. */
function summed(notes: readonly Note[]): readonly Note[] {
  const kinds = grouped(notes);
  return [...kinds.values()]
    .flatMap((alike) =>
      alike.length <= 20
        ? alike
        : [
            ...alike.slice(0, 20),
            {
              line: alike[20]?.line ?? 0,
              text: `and ${alike.length - 20} more like the last ones`,
            },
          ],
    )
    .toSorted((one, other) => one.line - other.line);
}

function grouped(notes: readonly Note[]): ReadonlyMap<string, Note[]> {
  const kinds = new Map<string, Note[]>();
  for (const note of notes) {
    const kind = note.text.replaceAll(/\d+/g, '#');
    const alike = kinds.get(kind);
    if (alike) alike.push(note);
    else kinds.set(kind, [note]);
  }
  return kinds;
}

/** A line of text, unless it would lead the parser into bottomless nesting or a comment without end. */
function bounded(lines: readonly string[], at: number, lastEnd: number, notes: Note[]): string {
  const line = lines[at] ?? '';
  if (depthOf(line) > maxDepth) {
    notes.push({
      line: at + 1,
      text: `nested more than ${maxDepth} deep: read as if it were not nested`,
    });
    return line.replace(/^(?:[\s>]|[-*+](?=\s)|\d{1,9}[.)](?=\s))+/, '');
  }
  if (/^ {0,3}<!--/.test(line) && at > lastEnd) {
    notes.push({ line: at + 1, text: 'this comment is never closed: read as text' });
    return line.replace('<!--', String.raw`\<!--`);
  }
  return line;
}

function depthOf(line: string): number {
  const prefix = /^(?:[\s>]|[-*+](?=\s)|\d{1,9}[.)](?=\s))+/.exec(line)?.[0] ?? '';
  const indent = prefix.replaceAll('\t', '    ').replaceAll(/[^ ]/g, '').length;
  return prefix.replaceAll(/[\s\d]/g, '').length + Math.floor(indent / 4);
}
