import { forEachChild, parse, type SyntaxNode } from 'unbash';

/** A kind of node of the syntax tree, by its name there. */
export type NodeOf<T extends SyntaxNode['type']> = Extract<SyntaxNode, { readonly type: T }>;

/** A bash script as rules see it: the tree, with the way up and the text of each node. */
export interface Script {
  readonly text: string;
  /** All nodes, each before those below it. */
  readonly nodes: readonly SyntaxNode[];
  /** What the parser could not read. */
  readonly errors: readonly { readonly message: string; readonly pos: number }[];
  parent(node: SyntaxNode): SyntaxNode | undefined;
  /** Offset in `text`; of what stands in nested backquotes, that of the outermost. */
  offset(node: SyntaxNode): number;
  textOf(node: SyntaxNode): string;
  /** The 1-based line of an offset. */
  line(offset: number): number;
  all<T extends SyntaxNode['type']>(type: T): readonly NodeOf<T>[];
}

/** In escaped backquotes positions count in the decoded text, not in that of the file. */
interface Decoded {
  readonly text: string;
  readonly at: number;
}

/** Reads a script. Never throws: what cannot be read is in `errors`. */
export function readScript(text: string): Script {
  const nodes: SyntaxNode[] = [];
  const parents = new Map<SyntaxNode, SyntaxNode>();
  const decoded = new Map<SyntaxNode, Decoded>();
  const byType = new Map<string, SyntaxNode[]>();
  const errors: Script['errors'][number][] = [];
  const visit = (node: SyntaxNode, within: Decoded | undefined): void => {
    nodes.push(node);
    const alike = byType.get(node.type);
    if (alike === undefined) byType.set(node.type, [node]);
    else alike.push(node);
    let inside = within;
    if (node.type === 'Script') {
      const parent = parents.get(node);
      const at = within?.at ?? parent?.pos ?? 0;
      if (node.source !== undefined) inside = { text: node.source, at };
      for (const { message, pos } of node.errors ?? [])
        errors.push({ message, pos: inside === undefined ? pos : at });
    }
    if (inside !== undefined) decoded.set(node, inside);
    forEachChild(node, (child) => {
      parents.set(child, node);
      visit(child, inside);
    });
  };
  visit(parse(text), undefined);
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  return {
    text,
    nodes,
    errors,
    parent: (node) => parents.get(node),
    offset: (node) => decoded.get(node)?.at ?? node.pos,
    textOf: (node) => (decoded.get(node)?.text ?? text).slice(node.pos, node.end),
    line: (offset) => 1 + countUpTo(starts, offset),
    all: <T extends SyntaxNode['type']>(type: T) =>
      (byType.get(type) ?? []) as unknown as readonly NodeOf<T>[],
  };
}

/** How many of some ascending numbers are at most the given one. */
export function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nodes above a node, the nearest first. */
export function above(script: Script, node: SyntaxNode): readonly SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let at = script.parent(node); at !== undefined; at = script.parent(at)) all.push(at);
  return all;
}

/** A node and all below it; `enter` says below which nodes it goes on. */
export function below(
  node: SyntaxNode,
  enter: (child: SyntaxNode) => boolean = () => true,
): readonly SyntaxNode[] {
  const all: SyntaxNode[] = [];
  const visit = (at: SyntaxNode): void => {
    all.push(at);
    if (at === node || enter(at)) forEachChild(at, visit);
  };
  visit(node);
  return all;
}

/** The nodes of one type at or below a node. */
export function under<T extends SyntaxNode['type']>(
  node: SyntaxNode,
  type: T,
): readonly NodeOf<T>[] {
  return below(node).filter((at): at is NodeOf<T> => at.type === type);
}
