import type { Problem } from '../errors.ts';

/** Where something stands in a text: offsets in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Keys and indices from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** A value of a document, and where it stands: what YAML and JSON have in common. */
export type PlacedNode = PlacedScalar | PlacedList | PlacedMapping;

interface PlacedScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** How a number was written: `1.10` is 1.1 as a number. */
  readonly spelling?: string;
}

interface PlacedList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly PlacedNode[];
}

interface PlacedMapping {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly entries: readonly PlacedEntry[];
}

/** A key with its value. */
export interface PlacedEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly node: PlacedNode;
}

/** Something wrong with a text, by its offsets. */
export interface SpanProblem extends Pick<Problem, 'path' | 'message' | 'expected'> {
  readonly span: Span;
}

/** What reading a text gave; without a node there is at least one problem. */
export interface Reading {
  readonly node: PlacedNode | undefined;
  readonly problems: readonly SpanProblem[];
}

/** Nested deeper than this, a document is refused: nothing we read needs it, and recursion has an end. */
export const deepest = 64;

/** The plain value. A key such as `__proto__` becomes a property like any other. */
export function toValue(node: PlacedNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toValue);
  return Object.fromEntries(node.entries.map(({ key, node: value }) => [key, toValue(value)]));
}

/** The node at a path, or the nearest above it that exists, with its key and how many parts of the path led there. */
export function nodeAt(
  top: PlacedNode,
  path: Path,
): { node: PlacedNode; keySpan: Span | undefined; depth: number } {
  let found: ReturnType<typeof nodeAt> = { node: top, keySpan: undefined, depth: 0 };
  for (const part of path) {
    const next = childOf(found.node, part);
    if (next === undefined) return found;
    // An item has no key of its own: its list's serves.
    found = { node: next.node, keySpan: next.keySpan ?? found.keySpan, depth: found.depth + 1 };
  }
  return found;
}

/** Problems for keys that stand twice in one mapping. */
export function duplicateKeys(
  entries: readonly Omit<PlacedEntry, 'node'>[],
  path: Path,
  lineAt: (offset: number) => number,
): SpanProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap(({ key, keySpan }) => {
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, keySpan.start);
      return [];
    }
    return {
      path: [...path, key].join('.'),
      span: keySpan,
      message: `the key ${JSON.stringify(key)} stands twice, first in line ${lineAt(before)}`,
      expected: 'remove one of the two',
    };
  });
}

/** Why a number cannot be taken over as it is; undefined when it can. */
export function inexactNumber(value: number, spelling: string): string | undefined {
  if (!Number.isFinite(value)) return `${spelling} is no number that JSON knows`;
  if (/^[-+]?\d+$/.test(spelling) && !Number.isSafeInteger(value)) {
    return `${spelling} is too large to be held exactly`;
  }
  return undefined;
}

function childOf(
  node: PlacedNode,
  part: string | number,
): { node: PlacedNode; keySpan?: Span } | undefined {
  if (node.kind === 'mapping') return node.entries.find(({ key }) => key === String(part));
  const item = node.kind === 'list' && typeof part === 'number' ? node.items[part] : undefined;
  return item && { node: item };
}
