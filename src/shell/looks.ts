import type { Looks } from './command.ts';
import { parseJq } from './jq/parse.ts';
import type { Jq } from './jq/program.ts';

/** What a jq filter looks at. */
export function looksOf(filter: string): Looks {
  const program = parseJq(filter);
  if (!program) return { paths: [], notPaths: filter.trim() === '' ? [] : [filter] };
  const looks: Looks = { paths: [], notPaths: [] };
  return gathered(program, filter, undefined, looks);
}

function gathered(node: Jq, filter: string, key: string | undefined, before: Looks): Looks {
  const path = pathOf(node);
  if (path === '.') return before;
  if (path !== undefined)
    return { ...before, paths: [...before.paths, { path, label: key ?? lastName(path) }] };
  const counted = countedBy(node);
  if (counted !== undefined)
    return {
      ...before,
      paths: [...before.paths, { path: counted, label: key ?? lastName(counted), count: true }],
    };
  if (node.kind === 'object')
    return node.values.reduce(
      (looks, value) => gathered(value, filter, keyBefore(filter, value), looks),
      before,
    );
  if (node.kind === 'binary' && node.op === ',')
    return gathered(node.right, filter, undefined, gathered(node.left, filter, undefined, before));
  // `.a // "none"` looks at .a.
  if (node.kind === 'binary' && node.op === '//') return gathered(node.left, filter, key, before);
  return { ...before, notPaths: [...before.notPaths, filter.slice(node.pos, node.end).trim()] };
}

/** A plain path in the notation of scenarios; undefined for anything that computes or goes over many places. */
function pathOf(node: Jq): string | undefined {
  if (node.kind === 'identity') return '.';
  if (node.kind === 'try' && node.otherwise === undefined) return pathOf(node.body);
  if (node.kind === 'field')
    return extended(node.of, (base) => `${dotted(base)}${named(node.name)}`);
  if (node.kind === 'index' && node.index.kind === 'literal') {
    const { value } = node.index;
    if (typeof value === 'number') return extended(node.of, (base) => `${base}[${value}]`);
    if (typeof value === 'string')
      return extended(node.of, (base) => `${dotted(base)}${named(value)}`);
  }
  if (node.kind === 'binary' && node.op === '|') {
    const [left, right] = [pathOf(node.left), pathOf(node.right)];
    if (left === undefined || right === undefined) return undefined;
    return left === '.' ? right : right === '.' ? left : `${left}${right}`;
  }
  return undefined;
}

/** The list whose elements `.a | length` counts. */
function countedBy(node: Jq): string | undefined {
  if (node.kind !== 'binary' || node.op !== '|') return undefined;
  const isLength = node.right.kind === 'call' && node.right.name === 'length';
  const path = isLength ? pathOf(node.left) : undefined;
  return path === '.' ? undefined : path;
}

function extended(of: Jq, extend: (base: string) => string): string | undefined {
  const base = pathOf(of);
  return base === undefined ? undefined : extend(base);
}

function dotted(base: string): string {
  return base === '.' ? '' : base;
}

function named(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.[${JSON.stringify(name)}]`;
}

function lastName(path: string): string {
  return /([A-Za-z_]\w*)(?:\[\d+\])*$/.exec(path)?.[1] ?? path;
}

/** The key of an object's value: what stands before it. */
function keyBefore(filter: string, { pos }: Jq): string | undefined {
  return /(?:"([^"]+)"|([A-Za-z_][\w-]*))\s*:\s*\(?\s*$/
    .exec(filter.slice(0, pos))
    ?.slice(1)
    .find(Boolean);
}
