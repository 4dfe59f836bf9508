import { isAlias, isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from '../errors.ts';

/** One file of a profile's folder. */
export interface ProfileFile {
  readonly path: string;
  readonly text: string;
  /** The version whose changes it holds; absent: it is of the profile itself. */
  readonly version?: string;
}

/** A place in one of the files. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The top-level keys of all files together, and where each value stands. */
export interface Merged {
  readonly value: { readonly [key: string]: unknown };
  readonly problems: readonly (Problem & { readonly file: string })[];
  /** Where the value at a path stands; its nearest ancestor when it has no place of its own. */
  placeOf(path: readonly PropertyKey[]): Place | undefined;
}

interface Parsed {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Merges the top-level keys of all files; a key in two of them is a problem. */
export function mergeFiles(files: readonly ProfileFile[]): Merged {
  const value: { [key: string]: unknown } = {};
  const owners = new Map<string, Parsed>();
  const problems: (Problem & { file: string })[] = [];
  for (const parsed of files.map(parse)) {
    const { file, document } = parsed;
    for (const error of document.errors) {
      const [start] = error.linePos ?? [];
      const at = start ? { line: start.line, column: start.col } : {};
      problems.push({ path: '', file, message: firstLine(error.message), ...at });
    }
    if (document.errors.length > 0 || document.contents === null) continue;
    if (!isMap(document.contents)) {
      problems.push({ path: '', file, message: 'a file of a profile holds keys and values' });
      continue;
    }
    for (const [key, part] of Object.entries(document.toJS() as object)) {
      const owner = owners.get(key);
      if (owner) problems.push({ ...twice(key, owner.file), file, ...placeIn(parsed, [key]) });
      else owners.set(key, parsed);
      value[key] ??= part;
    }
  }
  return { value, problems, placeOf: (path) => placeOf(owners, path) };
}

function parse({ path, text }: ProfileFile): Parsed {
  const lines = new LineCounter();
  return { file: path, lines, document: parseDocument(text, { lineCounter: lines }) };
}

function twice(key: string, file: string): Problem {
  return {
    path: key,
    message: `the key ${key} is in ${file} already`,
    expected: 'each key in one file',
  };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/:$/, '');
}

function placeOf(
  owners: ReadonlyMap<string, Parsed>,
  path: readonly PropertyKey[],
): Place | undefined {
  const parsed = owners.get(String(path[0]));
  if (!parsed) return undefined;
  for (let length = path.length; length > 0; length -= 1) {
    const place = placeIn(parsed, path.slice(0, length));
    if (place) return { file: parsed.file, ...place };
  }
  return undefined;
}

function placeIn(
  { document, lines }: Parsed,
  path: readonly PropertyKey[],
): { line: number; column: number } | undefined {
  const offset = keyOffset(document, path) ?? nodeOffset(document, path);
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the key of the last path part stands: that is the line a person looks for. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent = resolved(document, document.getIn(path.slice(0, -1), true));
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => String(key) === String(path.at(-1)));
  return offsetOf(pair?.key);
}

function nodeOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  return offsetOf(document.getIn(path, true));
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function offsetOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === 'number' ? node.range[0] : undefined;
}
