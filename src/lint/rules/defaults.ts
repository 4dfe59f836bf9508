import { isCleanup } from '../checks.ts';
import { lineWithin } from '../place.ts';
import type { Rule } from '../rule.ts';
import { jqCalls, type JqCall } from '../../shell/jq-call.ts';
import { isDecision, isReceived, saysPresent } from '../../shell/jq/kinds.ts';
import { allParts, operandsOf, type Jq } from '../../shell/jq/program.ts';

/** Rules on what stands for a field that is missing. */
export const defaultRules: readonly Rule[] = [
  {
    code: 'default-passes',
    severity: 'error',
    reason:
      '`//` puts its own value where a field is missing, null or false, and that value passes',
    cure: 'leave the default out: `.success == true`',
    find: (script) =>
      jqCalls(script).flatMap((call) =>
        passing(call).map((node) => ({
          node: call.word ?? call.command,
          lines: lineWithin(script, call, node.pos),
          message: 'a field that is missing passes this',
          nearest: call.text.slice(node.left.pos, node.left.end),
        })),
      ),
  },
  {
    code: 'null-differs',
    severity: 'error',
    reason: 'a missing field is null, and null differs from every text',
    cure: 'ask what it is, not what it is not: `.status == "completed"`',
    find: (script) =>
      jqCalls(script)
        .filter((call) => call.decides && !isCleanup(script, call.command))
        .flatMap((call) =>
          differing(call.program).map((node) => ({
            node: call.word ?? call.command,
            lines: lineWithin(script, call, node.pos),
            message: 'a reply without this field passes',
            nearest: call.text.slice(node.pos, node.end).replace('!=', '=='),
          })),
        ),
  },
];

type Binary = Jq & { readonly kind: 'binary' };

/** Where `//` gives the very value that the decision wants. */
function passing({ program, decides }: JqCall): readonly Binary[] {
  if (program === undefined) return [];
  const last = lastOf(program);
  if (decides && isAlternative(last) && isTrue(last.right)) return [last];
  if (!decides && !isDecision(program)) return [];
  return allParts(program).flatMap((node) => {
    if (node.kind !== 'binary' || node.op !== '==') return [];
    const [one, other] = [node.left, node.right];
    const alternative = isAlternative(one) ? one : isAlternative(other) ? other : undefined;
    const wanted = alternative === one ? other : one;
    return alternative !== undefined && sameLiteral(alternative.right, wanted) ? [alternative] : [];
  });
}

function lastOf(node: Jq): Jq {
  return node.kind === 'binary' && node.op === '|' ? lastOf(node.right) : node;
}

function isAlternative(node: Jq): node is Binary {
  return node.kind === 'binary' && node.op === '//' && isReceived(node.left);
}

function isTrue(node: Jq): boolean {
  return node.kind === 'literal' && node.value === true;
}

/** A default of false, 0, "" or null says itself that there is nothing. */
function sameLiteral(one: Jq, other: Jq): boolean {
  return (
    one.kind === 'literal' &&
    other.kind === 'literal' &&
    one.value === other.value &&
    Boolean(one.value)
  );
}

/** `.status != "failed"` as all that is said of the field. */
function differing(program: Jq | undefined): readonly Jq[] {
  if (program === undefined) return [];
  const operands = operandsOf(lastOf(program), 'and');
  const isNegative = (node: Jq): boolean =>
    node.kind === 'binary' &&
    node.op === '!=' &&
    isReceived(node.left) &&
    node.right.kind === 'literal' &&
    typeof node.right.value === 'string' &&
    node.right.value !== '';
  return operands.every(isNegative) && !saysPresent([program]) ? operands : [];
}
