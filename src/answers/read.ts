import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Told, type Problem } from '../errors.ts';
import { formatProblems } from './excerpt.ts';
import type { ExcerptOptions, Source } from './excerpt.ts';
import { nodeAt, toValue } from './placed-node.ts';
import type { Path, PlacedNode, Reading, Span, SpanProblem } from './placed-node.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';

/** A YAML or JSON document, read with the place of each value. */
export interface ReadDocument {
  /** The plain value; at the top always a mapping. */
  readonly value: unknown;
  readonly source: Source;
  /**
   * The place of the value at a path (or of its key), 1-based, columns and length in UTF-16 units. Where nothing
   * stands at the path, or only an empty value, it is the key of the nearest thing above.
   */
  position(path: Path, part?: 'key' | 'value'): Place;
  /** How the number at a path was written: `1.10`, `010`; undefined where no number stands. */
  spelling(path: Path): string | undefined;
}

/** A part of one line. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Where relative paths start, and what `-` reads. */
export interface Surroundings {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** Larger inputs are refused before they are parsed. */
const mostBytes = 1_000_000;

/** Reads a document; a name that ends in `.json` asks for strict JSON. Throws what is wrong, all at once, with excerpts. */
export function readDocument(text: string, name: string): ReadDocument {
  if (text.length > mostBytes) throw tooLarge(name);
  const source = { name, text: text.replace(/^\ufeff/, '') };
  const places = new Places(source.text);
  const controls = controlProblems(source.text);
  if (controls.length > 0) throw refusal(controls, source, places);
  const { node, problems } = parse(source, places);
  if (problems.length > 0) throw refusal(problems, source, places);
  if (node === undefined || isNothing(node)) throw nothing(source);
  if (node.kind !== 'mapping') throw refusal([notAMapping(node)], source, places);
  return {
    value: toValue(node),
    source,
    position: (path, part = 'value') => positionOf(node, path, part, places),
    spelling: (path) => spellingOf(node, path),
  };
}

/** Reads a file, or standard input for `-`. */
export async function readDocumentFile(
  path: string,
  { cwd, stdin }: Surroundings,
): Promise<ReadDocument> {
  const name = path === '-' ? '(stdin)' : path;
  const bytes =
    path === '-' ? await atMost(stdin, name) : await readFileBytes(resolve(cwd, path), name);
  return readDocument(decode(bytes, name), name);
}

/** The error that tells all problems of an input: the first in its message, all in its detail. */
export function invalidInput(
  problems: readonly Problem[],
  source: Source | undefined,
  options: ExcerptOptions = {},
): Told {
  const [first] = problems;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const where = [source?.name, first?.line, first?.column]
    .filter((part) => part !== undefined)
    .join(':');
  return new Told(`${first?.message ?? 'the input is not valid'}${others}`, {
    code: 'invalid-input',
    detail: formatProblems(problems, source, options),
    issues: problems,
    ...(where !== '' && { where }),
    ...(first?.expected !== undefined && { cure: first.expected }),
  });
}

function parse({ name, text }: Source, places: Places): Reading {
  const lineAt = (offset: number) => places.at({ start: offset, end: offset }).line;
  return /\.json$/i.test(name) && text.trim() !== ''
    ? readJson(text, lineAt)
    : readYaml(text, lineAt);
}

function isNothing(node: PlacedNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function nothing(source: Source): Told {
  const message =
    source.text.trim() === '' ? 'is empty' : 'holds no values, only comments or markers';
  return invalidInput(
    [{ path: '', message: `the document ${message}`, expected: example }],
    source,
  );
}

const example = 'one "key: value" in each line, such as "name: Order Cancellation"';

function notAMapping(node: PlacedNode): SpanProblem {
  const found = node.kind === 'list' ? 'a list' : 'a single value';
  return {
    path: '',
    span: node.span,
    message: `keys with values are needed here, not ${found}`,
    expected: example,
  };
}

/** YAML forbids them, JSON too, and a terminal would obey some; the first of each line is told. */
function controlProblems(text: string): SpanProblem[] {
  const control = /(?![\t\n\r])\p{Cc}|\r(?!\n)|\p{Cs}/gu;
  return [...text.matchAll(control)].slice(0, 20).map(({ 0: char, index }) => ({
    path: '',
    span: { start: index, end: index + 1 },
    message: `a control character stands here (U+${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()})`,
    expected: char === '\0' ? 'is this a text file?' : 'remove it',
  }));
}

function refusal(problems: readonly SpanProblem[], source: Source, places: Places): Told {
  return invalidInput(
    problems.map(({ span, ...problem }) => ({ ...problem, ...places.at(span) })),
    source,
  );
}

function positionOf(top: PlacedNode, path: Path, part: 'key' | 'value', places: Places): Place {
  const { node, keySpan, depth } = nodeAt(top, path);
  const isThere = depth === path.length && node.span.end > node.span.start;
  if (keySpan !== undefined && (part === 'key' || !isThere)) return places.at(keySpan);
  return places.at(isThere ? node.span : { start: node.span.start, end: node.span.start + 1 });
}

function spellingOf(top: PlacedNode, path: Path): string | undefined {
  const { node, depth } = nodeAt(top, path);
  return depth === path.length && node.kind === 'scalar' ? node.spelling : undefined;
}

/** Lines and columns of offsets. */
class Places {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
      this.#starts.push(end + 1);
  }

  /** The part of the span that is in its first line, without space at its end. */
  at({ start, end }: Span): Place {
    const line = this.#lineOf(start);
    const lineStart = this.#starts[line] ?? 0;
    const lineEnd = (this.#starts[line + 1] ?? this.#text.length + 1) - 1;
    const length = this.#text.slice(start, Math.min(end, lineEnd)).trimEnd().length;
    return { line: line + 1, column: start - lineStart + 1, length: Math.max(1, length) };
  }

  #lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

async function readFileBytes(path: string, name: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    // The stream closes the file. Its end says how large it is: a size would not, of a pipe or a device.
    return await atMost(file.createReadStream(), name);
  } catch (error) {
    throw cannotRead(error, name);
  }
}

async function atMost(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, name: string): string {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw unreadable(name, 'is UTF-16', 'save it as UTF-8');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes, name);
  }
}

function startsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

/** The decoder does not say where; the first replacement character that it did not read itself does. */
function notUtf8(bytes: Uint8Array, name: string): Told {
  if (bytes.includes(0)) return unreadable(name, 'is not a text file', 'name a YAML or JSON file');
  const text = new TextDecoder().decode(bytes);
  const lines = text.split('\n');
  const wrong = lines.findIndex((line) => line.includes('\ufffd'));
  const column = (lines[wrong] ?? '').indexOf('\ufffd') + 1;
  const problem = { path: '', message: 'this is not UTF-8', expected: 'save the file as UTF-8' };
  return invalidInput([{ ...problem, line: wrong + 1, column, length: 1 }], { name, text });
}

function tooLarge(name: string): Told {
  return unreadable(
    name,
    'is larger than 1 MB',
    'answers are some lines of text: name another file',
  );
}

function cannotRead(error: unknown, name: string): unknown {
  if (error instanceof Told || !(error instanceof Error) || !('code' in error)) return error;
  const [what, cure] = reasons[String(error.code)] ?? [
    `cannot be read (${String(error.code)})`,
    'name another file',
  ];
  return unreadable(name, what, cure, error);
}

const reasons: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  ENOENT: ['does not exist', 'check the path; a relative one starts at the folder you are in'],
  ENOTDIR: ['does not exist', 'check the path; a relative one starts at the folder you are in'],
  EISDIR: ['is a folder', 'name a file in it, or - for standard input'],
  EACCES: ['may not be read', 'check its owner and mode'],
  EPERM: ['may not be read', 'check its owner and mode'],
};

function unreadable(name: string, what: string, cure: string, cause?: unknown): Told {
  return new Told(`${name} ${what}`, { code: 'invalid-input', where: name, cure, cause });
}
