import type { SyntaxNode } from 'unbash';
import { badNews, goodNews, isFailing, printedBy } from './checks.ts';
import { below, type NodeOf, type Script } from '../shell/script.ts';
import { nameOf } from '../shell/words.ts';
import { isSet, statusUse } from './status.ts';

/**
 * Whether a script stays green when this holds (`true`) or when it doesn't (`false`): by what its branches do. Undefined where neither
 * can be told: in loops, in functions, in conditions of several parts.
 */
export function wanted(script: Script, node: SyntaxNode): boolean | undefined {
  const parent = script.parent(node);
  if (parent === undefined) return undefined;
  switch (parent.type) {
    case 'TestCommand':
    case 'ArithmeticCommand':
    case 'TestGroup':
    case 'Redirected':
      return wanted(script, parent);
    case 'Pipeline': {
      if (parent.commands.at(-1) !== node) return undefined;
      const up = wanted(script, parent);
      const isNegated = parent.prefixes.some(({ type }) => type === 'Negation');
      return isNegated && up !== undefined ? !up : up;
    }
    case 'TestNot': {
      const up = wanted(script, parent);
      return up === undefined ? undefined : !up;
    }
    case 'AndOr':
      return inChain(script, parent, node);
    case 'Statement':
      return inStatement(script, parent);
    default:
      return undefined;
  }
}

function inChain(script: Script, chain: NodeOf<'AndOr'>, node: SyntaxNode): boolean | undefined {
  const at = chain.commands.findIndex((one) => one === node);
  if (at !== 0) return undefined;
  const [operator] = chain.operators;
  const next = chain.commands[1];
  if (next === undefined || chain.commands.length > 3) return undefined;
  if (fails(script, next)) return operator === '||';
  const other = chain.commands[2];
  if (operator === '&&' && (other === undefined ? passes(script, next) : fails(script, other)))
    return true;
  return undefined;
}

function inStatement(script: Script, statement: NodeOf<'Statement'>): boolean | undefined {
  const list = script.parent(statement);
  if (list?.type === 'Script')
    return script.parent(list) === undefined && isSet(script, 'errexit', statement)
      ? true
      : undefined;
  if (list?.type !== 'CompoundList') return undefined;
  const owner = script.parent(list);
  if (owner?.type !== 'If' || owner.clause !== list || owner.elif.length > 0) {
    return statusUse(script, statement) === 'bare' && isSet(script, 'errexit', statement)
      ? true
      : undefined;
  }
  if (list.commands.length > 1) return undefined;
  if (fails(script, owner.then)) return false;
  if (owner.else !== undefined && fails(script, owner.else)) return true;
  return passes(script, owner.then) ? true : undefined;
}

/** Ends the script red, counts a failure, or tells one: whatever is inside an `if` of its own is another matter. */
function fails(script: Script, node: SyntaxNode): boolean {
  const printed = printedBy(script, node);
  return (
    below(node, ({ type }) => !/^(?:If|Case|For|While|AndOr|Function)$/.test(type)).some(
      (at) =>
        isFailing(at) ||
        (at.type === 'Command' && /^(?:fail|die|bail|abort)/i.test(nameOf(at))) ||
        (at.type === 'Assignment' && /fail|err(?:or)?s?$|bad/i.test(at.name)),
    ) ||
    (printed !== undefined && badNews.test(printed) && !goodNews.test(printed))
  );
}

function passes(script: Script, node: SyntaxNode): boolean {
  const printed = printedBy(script, node);
  return printed !== undefined && goodNews.test(printed) && !badNews.test(printed);
}
