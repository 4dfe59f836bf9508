import { allParts, callsOf, operandsOf, type Jq } from './program.ts';

const orders = new Set(['<', '<=', '>', '>=']);
const comparisons = new Set([...orders, '==', '!=', 'and', 'or']);
const deciding = new Set([
  'all',
  'any',
  'not',
  'has',
  'in',
  'inside',
  'contains',
  'test',
  'startswith',
  'endswith',
  'isvalid',
  'isempty',
  'IN',
]);

/** A comparison by order. */
export type Order = Jq & { readonly kind: 'binary' };

/** Whether what a program gives in the end is true or false. */
export function isDecision(node: Jq): boolean {
  switch (node.kind) {
    case 'binary':
      return node.op === '|' ? isDecision(node.right) : comparisons.has(node.op);
    case 'bind':
    case 'define':
    case 'label':
      return isDecision(node.body);
    case 'call':
      return deciding.has(node.name);
    case 'if':
      return node.results.every(isDecision);
    case 'try':
      return isDecision(node.body);
    case 'literal':
      return typeof node.value === 'boolean';
    default:
      return false;
  }
}

/** All comparisons by order in a program. */
export function ordersIn(program: Jq): readonly Order[] {
  return allParts(program).filter(
    (node): node is Order => node.kind === 'binary' && orders.has(node.op),
  );
}

/** What a service sent, as it came: a path below the input. Arithmetic and functions of numbers make something else of it. */
export function isReceived(node: Jq): boolean {
  switch (node.kind) {
    case 'field':
    case 'each':
    case 'index':
      return isReceived(node.of);
    case 'identity':
      return true;
    case 'variable':
      return node.name !== 'ARGS' && node.name !== 'ENV';
    case 'try':
      return isReceived(node.body);
    case 'binary':
      return node.op === '|' ? isReceived(node.right) && isReceived(node.left) : false;
    case 'call':
      return (
        node.name === 'first' || node.name === 'last' || node.name === 'max' || node.name === 'min'
      );
    default:
      return false;
  }
}

/** The text of a part without the space in it, so that two of them can be compared. */
export function plain(program: string, node: Jq): string {
  return program
    .slice(node.pos, node.end)
    .replaceAll(/\s+/g, '')
    .replace(/^\((.*)\)$/, '$1');
}

/**
 * Everything that must be so together with a part, or was sifted before it: what `and` joins it with, what stands before it in a pipe,
 * and the conditions of `if` and `select` around it.
 */
export function companions(program: Jq, node: Jq): readonly Jq[] {
  const found: Jq[] = [];
  for (const at of allParts(program)) {
    if (!holds(at, node)) continue;
    if (at.kind === 'binary' && at.op === 'and')
      found.push(...operandsOf(at, 'and').filter((part) => !holds(part, node)));
    if (at.kind === 'binary' && at.op === '|' && holds(at.right, node)) found.push(at.left);
    if (at.kind === 'if' && !at.tests.some((test) => holds(test, node))) found.push(...at.tests);
  }
  return found;
}

function holds(at: Jq, node: Jq): boolean {
  return at.pos <= node.pos && node.end <= at.end;
}

/** Whether it is made sure that these are numbers. */
export function saysNumber(parts: readonly Jq[]): boolean {
  return parts.some(
    (part) =>
      callsOf(part, ['numbers', 'tonumber', 'length', 'isnormal', 'floor', 'round']).length > 0 ||
      (callsOf(part, ['type']).length > 0 &&
        allParts(part).some((at) => at.kind === 'literal' && at.value === 'number')),
  );
}

/** Whether it is made sure that something is there. */
export function saysPresent(parts: readonly Jq[]): boolean {
  return (
    saysNumber(parts) ||
    parts.some(
      (part) =>
        callsOf(part, ['has', 'values', 'error', 'type']).length > 0 ||
        allParts(part).some(
          (at) =>
            at.kind === 'binary' &&
            at.op === '!=' &&
            [at.left, at.right].some((side) => side.kind === 'literal' && side.value === null),
        ),
    )
  );
}
