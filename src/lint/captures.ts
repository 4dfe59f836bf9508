import type { SyntaxNode } from 'unbash';
import { isCheck } from './checks.ts';
import { jqCalls, type JqCall } from './jq-call.ts';
import { allParts, callsOf } from './jq/program.ts';
import { perScript } from './per-script.ts';
import { above, under, type NodeOf, type Script } from './script.ts';
import { isSet, statusUse } from './status.ts';
import { variablesRead } from './words.ts';

/** A variable that holds what jq printed. */
export interface Capture {
  readonly name: string;
  readonly assignment: NodeOf<'Assignment'>;
  readonly jq: JqCall;
  /** A missing field gives the text `null` or nothing, and nobody notices. */
  readonly isUnsure: boolean;
}

/** All `name=$(… | jq …)` of a script. */
export const capturesOf = perScript((script): readonly Capture[] =>
  jqCalls(script).flatMap((jq) => {
    const around = above(script, jq.command);
    const assignment = around.find((node) => node.type === 'Assignment');
    if (assignment === undefined || around.filter(({ type }) => type === 'Script').length > 2)
      return [];
    return [{ name: assignment.name, assignment, jq, isUnsure: isUnsure(script, jq, assignment) }];
  }),
);

function isUnsure(script: Script, jq: JqCall, assignment: NodeOf<'Assignment'>): boolean {
  const { program } = jq;
  if (program === undefined) return false;
  // `.id // "none"`: a text of one's own for what is missing, and somebody who asks for it.
  const isNamed = allParts(program).some(
    (node) => node.kind === 'binary' && node.op === '//' && node.right.kind === 'literal',
  );
  if (isNamed && testsOf(script, assignment.name).length > 0) return false;
  if (
    callsOf(program, ['error', 'length', 'halt_error', 'values', 'strings', 'numbers']).length > 0
  )
    return false;
  // `local x=$(…)` hides the status of what is in it.
  const owner = script.parent(assignment);
  const hidden = owner?.type === 'Command' && owner.name !== undefined;
  const use = owner === undefined ? 'bare' : statusUse(script, owner);
  const heard = use === 'tested' || use === 'last' || isSet(script, 'errexit', assignment);
  return !(jq.decides && heard && !hidden);
}

/** The tests in which a variable is looked at, other than those inside the given node. */
function testsOf(script: Script, name: string): readonly SyntaxNode[] {
  return script.nodes.filter(
    (node) =>
      (node.type === 'Case' && variablesRead(node.word).has(name)) ||
      ((node.type === 'Command' ||
        node.type === 'TestCommand' ||
        node.type === 'ArithmeticCommand') &&
        isCheck(script, node) &&
        variablesRead(node).has(name)) ||
      (node.type === 'ParameterExpansion' &&
        node.parameter === name &&
        node.operation?.type === 'Default' &&
        node.operation.operator.includes('?')),
  );
}

/** Whether the text `null` is told from a value: by name, by a pattern, or by a comparison with a fixed text. */
export function isNullSeen(script: Script, { name, jq }: Capture): boolean {
  const emptied = jq.program !== undefined && callsOf(jq.program, ['empty']).length > 0;
  return testsOf(script, name).some((node) => {
    const text = script.textOf(node);
    if (/null/.test(text) || node.type === 'Case') return true;
    if (/=~|\bjq\b|\bgrep\b/.test(text)) return true;
    return (
      emptied && (/-[nz]\s/.test(text) || node.type === 'ParameterExpansion' || /""|''/.test(text))
    );
  });
}

/** The names that a node reads outside the substitutions in it. */
export function readDirectly(node: SyntaxNode): ReadonlySet<string> {
  const inside = new Set(under(node, 'CommandExpansion').flatMap((at) => [...variablesRead(at)]));
  return new Set([...variablesRead(node)].filter((name) => !inside.has(name)));
}
