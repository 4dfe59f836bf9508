import type { SyntaxNode } from 'unbash';
import { grouped } from './grouped.ts';
import { perScript } from '../shell/per-script.ts';
import type { NodeOf, Script } from '../shell/script.ts';
import { argsOf, nameOf } from '../shell/words.ts';

/** One thing that the shell asks of a variable, however it is written: `[ "$a" = b ]`, `[[ $a == b ]]`, `test`, `(( a > 3 ))`. */
export interface Comparison {
  readonly node: SyntaxNode;
  /** The variable; empty where something else is asked. */
  readonly name: string;
  /** As in `[ ]`: `=`, `!=`, `-eq` … `-ge`, `-n`, `-z`, and `=~`. */
  readonly operator: string;
  /** What it is compared with, quotes taken off; empty of `-n` and `-z`. */
  readonly value: string;
  /** What stands for it when it is empty: `${name:-0}`. */
  readonly fallback?: string;
}

const inParens: Readonly<Record<string, string>> = {
  '<': '-lt',
  '<=': '-le',
  '>': '-gt',
  '>=': '-ge',
  '==': '-eq',
  '!=': '-ne',
};

/** All comparisons of a script; a turned one (`(( 0 < n ))`) is left as it is. */
export const comparisonsOf = perScript((script): readonly Comparison[] => [
  ...script
    .all('TestBinary')
    .map((node) => comparison(node, script.textOf(node.left), node.operator, node.right.value)),
  ...script
    .all('TestUnary')
    .filter(({ operator }) => operator === '-n' || operator === '-z')
    .map((node) => comparison(node, script.textOf(node.operand), node.operator, '')),
  ...script.all('Command').flatMap((node) => inWords(script, node)),
  ...script
    .all('ArithmeticBinary')
    .filter(({ operator }) => operator in inParens)
    .map((node) =>
      comparison(
        node,
        script.textOf(node.left),
        inParens[node.operator] ?? '',
        script.textOf(node.right),
      ),
    ),
]);

/** The comparisons of each variable. */
export const comparisonsByName = perScript((script) =>
  grouped(comparisonsOf(script).map((one) => [one.name, one] as const)),
);

/** The comparisons by the node that they stand at. */
export const comparisonAt = perScript(
  (script): ReadonlyMap<SyntaxNode, Comparison> =>
    new Map(comparisonsOf(script).map((one) => [one.node, one])),
);

function inWords(script: Script, node: NodeOf<'Command'>): readonly Comparison[] {
  if (!/^(?:\[|test)$/.test(nameOf(node))) return [];
  const words = argsOf(node).filter(({ value }) => value !== ']');
  const [first, second, third] = words;
  if (first === undefined || second === undefined || words.length > 3) return [];
  if (third !== undefined)
    return [comparison(node, script.textOf(first), second.value, third.value)];
  return /^-[nz]$/.test(first.value)
    ? [comparison(node, script.textOf(second), first.value, '')]
    : [];
}

function comparison(node: SyntaxNode, left: string, operator: string, value: string): Comparison {
  const [, name = '', fallback] = /^"?\$?\{?([A-Za-z_]\w*)(?::?-([^{}$]*))?\}?"?$/.exec(left) ?? [];
  return {
    node,
    name,
    operator: operator === '==' ? '=' : operator,
    value: value.replaceAll(/["']/g, ''),
    ...(fallback === undefined ? {} : { fallback: fallback.replaceAll(/["']/g, '') }),
  };
}

/** Whether a comparison holds of a number or text; undefined of an operator that is not known. */
export function holds({ operator, value }: Comparison, of: string): boolean | undefined {
  const [left, right] = [Number(of), Number(value)];
  switch (operator) {
    case '=':
      return value.includes('*') || value.includes('?') || value.includes('[')
        ? undefined
        : of === value;
    case '!=':
      return value.includes('*') ? undefined : of !== value;
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    case '-ge':
      return left >= right;
    case '-n':
      return of !== '';
    case '-z':
      return of === '';
    case '=~':
      return matches(value, of);
    default:
      return undefined;
  }
}

function matches(pattern: string, text: string): boolean | undefined {
  // Nothing that takes long, and nothing that is not the same in both languages.
  if (!/^[\w^$.()|[\]-]{1,40}$/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return undefined;
  }
}

/** Several things of which one is enough. */
export interface Either {
  readonly node: NodeOf<'TestLogical'> | NodeOf<'AndOr'>;
  readonly parts: readonly SyntaxNode[];
}

/** `a || b`, of commands and within `[[ ]]`. */
export const eithers = perScript((script): readonly Either[] => [
  ...script
    .all('TestLogical')
    .filter(({ operator }) => operator === '||')
    .map((node) => ({ node, parts: node.operands })),
  ...script
    .all('AndOr')
    .filter(({ operators }) => operators.every((operator) => operator === '||'))
    .map((node) => ({
      node,
      parts: node.commands.map((one) => (one.type === 'TestCommand' ? one.expression : one)),
    })),
]);
