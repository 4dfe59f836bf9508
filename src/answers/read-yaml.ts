import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { deepest, duplicateKeys, inexactNumber } from './placed-node.ts';
import type { Path, PlacedEntry, PlacedNode, Reading, Span, SpanProblem } from './placed-node.ts';

/**
 * Reads one YAML 1.2 document with the place of each value. Anchors and aliases are resolved, within a bound; merge
 * keys (`<<`, which YAML 1.2 dropped), tags beyond the core ones, and YAML 1.1 are refused.
 */
export function readYaml(text: string, lineAt: (offset: number) => number): Reading {
  // Own checks replace `uniqueKeys`, which is quadratic and does not say where the first one stands.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, merge: false });
  const syntax = syntaxProblems(document.errors, text);
  const version =
    document.directives?.yaml.explicit === true ? document.directives.yaml.version : '1.2';
  if (version !== '1.2') syntax.push(otherVersion(text, version));
  if (syntax.length > 0) return { node: undefined, problems: syntax };
  const reader: Reader = {
    text,
    lineAt,
    problems: [],
    anchors: new Map(),
    open: new Set(),
    expanded: 0,
  };
  // Directly after `parseDocument` every node has its range; the type only says so for ParsedNode.
  const node = document.contents === null ? undefined : readNode(reader, document.contents, []);
  return { node, problems: [...tagProblems(document.warnings), ...reader.problems] };
}

interface Reader {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
  readonly problems: SpanProblem[];
  readonly anchors: Map<string, PlacedNode>;
  /** Anchors whose node is being read: an alias to one of them would never end. */
  readonly open: Set<string>;
  /** How many values aliases have added so far. */
  expanded: number;
}

/** What aliases may add; a "billion laughs" document passes it at once. */
const mostExpanded = 10_000;

function readNode(reader: Reader, node: ParsedNode, path: Path): PlacedNode {
  const span = spanOf(node);
  if (path.length > deepest) {
    return refused(reader, path, span, 'this is nested too deeply', `at most ${deepest} levels`);
  }
  if (isAlias(node)) return readAlias(reader, node, path);
  refuseTag(reader, node, path);
  const { anchor } = node;
  if (anchor === undefined) return readPlain(reader, node, path);
  reader.open.add(anchor);
  const read = readPlain(reader, node, path);
  reader.open.delete(anchor);
  reader.anchors.set(anchor, read);
  return read;
}

function readPlain(
  reader: Reader,
  node: Exclude<ParsedNode, Alias.Parsed>,
  path: Path,
): PlacedNode {
  if (isMap(node)) return readMapping(reader, node, path);
  if (isSeq(node)) return readList(reader, node, path);
  return readScalar(reader, node, path);
}

function readMapping(reader: Reader, map: YAMLMap.Parsed, path: Path): PlacedNode {
  const keys = map.items.map(({ key }) => ({
    key: readKey(reader, key, path),
    keySpan: spanOf(key),
  }));
  reader.problems.push(...duplicateKeys(keys, path, reader.lineAt));
  const entries = map.items.map(({ value }, index): PlacedEntry => {
    const { key, keySpan } = keys[index] ?? { key: '', keySpan: noSpan };
    // `? key` without a value has no node at all.
    const node = value === null ? emptyAt(keySpan.end) : readNode(reader, value, [...path, key]);
    return { key, keySpan, node };
  });
  return { kind: 'mapping', span: spanOf(map), entries };
}

/** A key is text as it is written: `010: …` has the key "010". */
function readKey(reader: Reader, key: ParsedNode, path: Path): string {
  const span = spanOf(key);
  if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN') {
    const expected =
      'write the keys out, or give the whole mapping an anchor (&name) and an alias (*name)';
    refused(reader, path, span, 'merge keys (<<) are not read: YAML 1.2 has none', expected);
  }
  if (isScalar(key) && key.anchor === undefined && span.end > span.start) {
    refuseTag(reader, key, path);
    return typeof key.value === 'string' ? key.value : key.source;
  }
  const what =
    isScalar(key) && key.anchor === undefined
      ? 'a key is missing before ":"'
      : 'a key must be a plain text';
  refused(reader, path, span, what, 'such as "name: …"');
  return '';
}

function readList(reader: Reader, list: YAMLSeq.Parsed, path: Path): PlacedNode {
  const items = list.items.map((item, index) => readNode(reader, item, [...path, index]));
  return { kind: 'list', span: spanOf(list), items };
}

function readScalar(reader: Reader, scalar: Scalar.Parsed, path: Path): PlacedNode {
  const span = spanOf(scalar);
  const { value, source } = scalar;
  if (typeof value === 'number') {
    const inexact = inexactNumber(value, source);
    if (inexact !== undefined) refused(reader, path, span, inexact, `if it is a text: "${source}"`);
    return { kind: 'scalar', span, value, spelling: source };
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
    return { kind: 'scalar', span, value };
  }
  return refused(
    reader,
    path,
    span,
    'this kind of value is not read',
    'a text, number, true, false or null',
  );
}

function readAlias(reader: Reader, alias: Alias.Parsed, path: Path): PlacedNode {
  const span = spanOf(alias);
  const name = `*${alias.source}`;
  if (reader.open.has(alias.source)) {
    return refused(
      reader,
      path,
      span,
      `the alias ${name} stands inside what it names`,
      'write the value out',
    );
  }
  const target = reader.anchors.get(alias.source);
  if (target === undefined) {
    const expected = `give a value above it the anchor &${alias.source}; if it is a text: "${name}"`;
    return refused(reader, path, span, `the alias ${name} names no anchor above it`, expected);
  }
  const room = mostExpanded - reader.expanded;
  if (room < 0) return emptyAt(span.start);
  reader.expanded += sizeOf(target);
  if (reader.expanded <= mostExpanded) return target;
  const expected = 'write the values out';
  return refused(reader, path, span, `aliases repeat more than ${mostExpanded} values`, expected);
}

function sizeOf(node: PlacedNode): number {
  if (node.kind === 'scalar') return 1;
  const children = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.node);
  return children.reduce((sum, child) => sum + sizeOf(child), 1);
}

const tagBeyondCore = /^tag:yaml\.org,2002:(binary|omap|pairs|set|timestamp|merge)$/;

/** The tags that the library knows beyond the core ones; those it doesn't know are its warnings. */
function refuseTag(reader: Reader, node: Exclude<ParsedNode, Alias.Parsed>, path: Path): void {
  const { tag } = node;
  if (tag === undefined || !tagBeyondCore.test(tag)) return;
  refused(reader, path, spanOf(node), tagMessage(tag), withoutTag);
}

const withoutTag = 'remove the tag; write plain texts, numbers, lists and mappings';

function tagMessage(tag: string): string {
  return `the tag ${tag.replace(/^tag:yaml\.org,2002:/, '!!')} is not read`;
}

function tagProblems(warnings: readonly LibraryProblem[]): SpanProblem[] {
  return warnings.map(({ message, pos: [start, end] }) => ({
    path: '',
    span: { start, end },
    message: tagMessage(message.replace(/^Unresolved tag: /, '')),
    expected: withoutTag,
  }));
}

/** What we use of the library's YAMLError. */
interface LibraryProblem {
  readonly code: string;
  readonly message: string;
  readonly pos: [number, number];
}

/** Tabs are shown all; of the rest only the first, because a broken structure breaks what follows. */
function syntaxProblems(errors: readonly LibraryProblem[], text: string): SpanProblem[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  const shown = tabs.length > 0 ? tabs : errors.slice(0, 1);
  return shown.map(({ code, message, pos: [start, end] }) => {
    const [says, expected] = inPlainWords(`${code} ${message}`);
    return { path: '', span: { start, end: Math.min(end, text.length) }, message: says, expected };
  });
}

function inPlainWords(theirs: string): [message: string, expected: string] {
  const [, message, expected] = plainWords.find(([pattern]) => pattern.test(theirs)) ?? [];
  return [message ?? theirs.replace(/^\w+ /, ''), expected ?? quoteIt];
}

const quoteIt = 'a text with ": ", " #" or a special character at its start belongs in quotes';

/** The library speaks in the specification's words; these are for people. What is not here is said in its words. */
const plainWords: readonly (readonly [theirs: RegExp, message: string, expected: string])[] = [
  [/^TAB_AS_INDENT/, 'a tab is used as indentation', 'indent with spaces'],
  [/^MULTIPLE_DOCS/, 'a second document begins', 'keep one document in a file'],
  [/^RESOURCE_EXHAUSTION/, 'this is nested too deeply', `at most ${deepest} levels`],
  [
    /^BAD_DQ_ESCAPE/,
    'YAML knows no such escape',
    'write a backslash as \\\\, or use single quotes',
  ],
  [/Missing closing "/, 'a text in double quotes is not closed before here', 'add " at its end'],
  [/Missing closing '/, 'a text in single quotes is not closed before here', "add ' at its end"],
  [/end with a \]/, 'a list in brackets is not closed before here', 'add "]" at its end'],
  [/end with a \}/, 'a mapping in braces is not closed before here', 'add "}" at its end'],
  [/flow-(seq|map)-end/, 'a closing bracket has no opening one', 'remove it'],
  [
    /at node end/,
    'something follows the end of a value',
    "inside \"…\" write \\\" for a quote, inside '…' write ''",
  ],
  [
    /same column/,
    'this line is not indented like those beside it',
    'the keys of one mapping begin in the same column',
  ],
  [/cannot start with/, 'a plain text cannot begin with this character', 'put the text in quotes'],
  [
    /block-seq-ind on same line/,
    'a list cannot begin in the line of its key',
    'put "- …" in the next line, or write [a, b]',
  ],
  [/^BLOCK_AS_IMPLICIT_KEY/, 'a mapping or list begins inside a value', quoteIt],
  [
    /^MULTILINE_IMPLICIT_KEY|need to be followed by map values/,
    'a ":" is missing after a key, or a line has the wrong indentation',
    'key: value',
  ],
];

function otherVersion(text: string, version: string): SpanProblem {
  const start = Math.max(0, text.indexOf('%YAML'));
  const expected = 'remove the %YAML line; yes, no, on and off are texts, true and false are not';
  const message = `this is YAML ${version}; we read YAML 1.2`;
  return { path: '', span: { start, end: start + '%YAML 1.1'.length }, message, expected };
}

const noSpan: Span = { start: 0, end: 0 };

function spanOf(node: ParsedNode): Span {
  const [start, end] = node.range;
  return { start, end };
}

function emptyAt(offset: number): PlacedNode {
  return { kind: 'scalar', span: { start: offset, end: offset }, value: null };
}

/** Notes a problem; an empty value stands in, so that the rest is still read and told about. */
function refused(
  reader: Reader,
  path: Path,
  span: Span,
  message: string,
  expected: string,
): PlacedNode {
  reader.problems.push({ path: path.join('.'), span, message, expected });
  return emptyAt(span.start);
}
