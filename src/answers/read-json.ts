import { deepest, duplicateKeys, inexactNumber } from './placed-node.ts';
import type { Path, PlacedEntry, PlacedNode, Reading, Span, SpanProblem } from './placed-node.ts';

/**
 * Reads strict JSON with the place of each value. `JSON.parse` says where it stumbled in words that differ between
 * versions of Node, and often not at all; this says it always, and what a person most likely meant.
 */
export function readJson(text: string, lineAt: (offset: number) => number): Reading {
  const reader: Reader = { text, offset: 0, problems: [], lineAt };
  try {
    skipSpace(reader);
    const node = readValue(reader, []);
    if (!atEnd(reader))
      throw stumble(reader, 'something follows the end of the document', 'remove it');
    return { node, problems: reader.problems };
  } catch (error) {
    if (!(error instanceof Stumble)) throw error;
    return { node: undefined, problems: [error.problem] };
  }
}

interface Reader {
  readonly text: string;
  offset: number;
  readonly problems: SpanProblem[];
  readonly lineAt: (offset: number) => number;
}

/** Ends the reading: what follows a mistake in JSON cannot be told for sure. */
class Stumble extends Error {
  readonly problem: SpanProblem;
  constructor(problem: SpanProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

function readValue(reader: Reader, path: Path): PlacedNode {
  if (path.length > deepest)
    throw stumble(reader, 'this is nested too deeply', `at most ${deepest} levels`);
  const char = reader.text[reader.offset];
  const node =
    char === '{'
      ? readMapping(reader, path)
      : char === '['
        ? readList(reader, path)
        : readScalar(reader, path);
  skipSpace(reader);
  return node;
}

function readMapping(reader: Reader, path: Path): PlacedNode {
  const entries: PlacedEntry[] = [];
  const span = readItems(reader, '}', () => entries.push(readEntry(reader, path)));
  reader.problems.push(...duplicateKeys(entries, path, reader.lineAt));
  return { kind: 'mapping', span, entries };
}

function readList(reader: Reader, path: Path): PlacedNode {
  const items: PlacedNode[] = [];
  const span = readItems(reader, ']', () => items.push(readValue(reader, [...path, items.length])));
  return { kind: 'list', span, items };
}

function readEntry(reader: Reader, path: Path): PlacedEntry {
  if (reader.text[reader.offset] !== '"') {
    throw stumble(
      reader,
      `a key in double quotes is missing: found ${found(reader)}`,
      'such as "name": …',
    );
  }
  const { value: key, span: keySpan } = readString(reader);
  skipSpace(reader);
  if (!takes(reader, ':'))
    throw stumble(reader, `":" is missing after the key ${JSON.stringify(key)}`, 'add it');
  skipSpace(reader);
  return { key, keySpan, node: readValue(reader, [...path, key]) };
}

/** From the opening bracket, where the reader stands, to the closing one. */
function readItems(reader: Reader, close: ']' | '}', readOne: () => void): Span {
  const start = reader.offset++;
  skipSpace(reader);
  if (takes(reader, close)) return { start, end: reader.offset };
  for (;;) {
    readOne();
    if (takes(reader, close)) return { start, end: reader.offset };
    const comma = reader.offset;
    if (!takes(reader, ',')) {
      if (atEnd(reader)) throw unclosed(reader, close, start);
      throw stumble(reader, `"," or "${close}" is missing before ${found(reader)}`, 'add it');
    }
    skipSpace(reader);
    if (reader.text[reader.offset] === close) {
      reader.offset = comma;
      throw stumble(
        reader,
        `a comma stands before the closing "${close}"`,
        'JSON allows none: remove it',
      );
    }
  }
}

const literals = { true: true, false: false, null: null } as const;

function readScalar(reader: Reader, path: Path): PlacedNode {
  if (reader.text[reader.offset] === '"') return { kind: 'scalar', ...readString(reader) };
  const start = reader.offset;
  const word = /[\w.+-]*/y;
  word.lastIndex = start;
  const [spelling = ''] = word.exec(reader.text) ?? [];
  const span = { start, end: start + spelling.length };
  if (isLiteral(spelling)) {
    reader.offset = span.end;
    return { kind: 'scalar', span, value: literals[spelling] };
  }
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(spelling)) throw noValue(reader, spelling);
  reader.offset = span.end;
  const value = Number(spelling);
  const inexact = inexactNumber(value, spelling);
  if (inexact !== undefined) {
    reader.problems.push({
      path: path.join('.'),
      span,
      message: inexact,
      expected: `if it is a text: "${spelling}"`,
    });
  }
  return { kind: 'scalar', span, value, spelling };
}

function isLiteral(word: string): word is keyof typeof literals {
  return Object.hasOwn(literals, word);
}

function readString(reader: Reader): { value: string; span: Span } {
  const start = reader.offset;
  const end = closingQuote(reader);
  const raw = reader.text.slice(start, end);
  try {
    const value: unknown = JSON.parse(raw);
    reader.offset = end;
    return { value: String(value), span: { start, end } };
  } catch {
    throw badString(reader, raw);
  }
}

function closingQuote(reader: Reader): number {
  const string = /"(?:[^"\\\n]|\\[^\n])*"/y;
  string.lastIndex = reader.offset;
  if (string.test(reader.text)) return string.lastIndex;
  const lineEnd = reader.text.indexOf('\n', reader.offset);
  throw stumble(
    reader,
    'this text has no closing quote in its line',
    'close it with ", and write a line break as \\n',
    lineEnd < 0 ? reader.text.length : lineEnd,
  );
}

function badString(reader: Reader, raw: string): Stumble {
  const escape = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})./.exec(raw.replaceAll('\\\\', '~~'));
  if (escape === null) {
    const control = raw.search(/\p{Cc}/u);
    reader.offset += control;
    return stumble(reader, 'a control character stands in a text', 'write a tab as \\t');
  }
  reader.offset += escape.index;
  const { offset } = reader;
  return stumble(
    reader,
    `JSON knows no escape ${escape[0]}`,
    'write a backslash as \\\\',
    offset + escape[0].length,
  );
}

function noValue(reader: Reader, word: string): Stumble {
  const what = found(reader);
  const end = reader.offset + Math.max(1, word.length);
  if (atEnd(reader))
    return stumble(reader, 'the document ends where a value should stand', 'complete it');
  if (what === '"/"' || what === '"#"')
    return stumble(reader, 'JSON has no comments', 'remove it, or use YAML');
  if (what === '"\'"')
    return stumble(reader, 'a text stands in single quotes', 'use double quotes');
  if (word !== '')
    return stumble(reader, `${word} is no JSON value`, `if it is a text: "${word}"`, end);
  return stumble(
    reader,
    `a value is missing: found ${what}`,
    'a text, number, true, false, null, list or mapping',
  );
}

function unclosed(reader: Reader, close: string, start: number): Stumble {
  const line = reader.lineAt(start);
  return stumble(
    reader,
    `the document ends, but "${close}" is missing for the bracket in line ${line}`,
    `add "${close}"`,
  );
}

function stumble(reader: Reader, message: string, expected?: string, end?: number): Stumble {
  const span = {
    start: reader.offset,
    end: end ?? Math.min(reader.offset + 1, reader.text.length),
  };
  return new Stumble({ path: '', span, message, ...(expected !== undefined && { expected }) });
}

function found(reader: Reader): string {
  const code = reader.text.codePointAt(reader.offset);
  return code === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(code));
}

function takes(reader: Reader, char: string): boolean {
  if (reader.text[reader.offset] !== char) return false;
  reader.offset += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = reader.offset;
  space.test(reader.text);
  reader.offset = space.lastIndex;
}

function atEnd(reader: Reader): boolean {
  return reader.offset >= reader.text.length;
}
