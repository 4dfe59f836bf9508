import type { SyntaxNode } from 'unbash';
import { isCheck } from './checks.ts';
import { jqCalls, type JqCall } from '../shell/jq-call.ts';
import { isDecision } from '../shell/jq/kinds.ts';
import { allParts, callsOf } from '../shell/jq/program.ts';
import { grouped } from './grouped.ts';
import { perScript } from '../shell/per-script.ts';
import { above, under, type NodeOf, type Script } from '../shell/script.ts';
import { isSet, statusUse } from './status.ts';
import { variablesRead } from '../shell/words.ts';

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
  // What is true or false is never null.
  if (program === undefined || isDecision(program)) return false;
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

/** The captures of each name. */
export const capturesByName = perScript((script) =>
  grouped(capturesOf(script).map((capture) => [capture.name, capture] as const)),
);

/** The tests in which each variable is looked at. */
const testsByName = perScript((script) =>
  grouped(
    script.nodes.flatMap((node) =>
      [...testedIn(script, node)].map((name) => [name, node] as const),
    ),
  ),
);

function testsOf(script: Script, name: string): readonly SyntaxNode[] {
  return testsByName(script).get(name) ?? [];
}

/** The variables that a node decides on. */
function testedIn(script: Script, node: SyntaxNode): Iterable<string> {
  switch (node.type) {
    case 'Case':
      return variablesRead(node.word);
    case 'Command':
    case 'TestCommand':
    case 'ArithmeticCommand':
      return isCheck(script, node) ? variablesRead(node) : [];
    case 'ParameterExpansion':
      return node.operation?.type === 'Default' && node.operation.operator.includes('?')
        ? [node.parameter]
        : [];
    default:
      return [];
  }
}

/** Where each variable is read for the last time by a command. */
export const lastReads = perScript((script): ReadonlyMap<string, number> => {
  const last = new Map<string, number>();
  for (const command of script.all('Command'))
    for (const name of variablesRead(command)) last.set(name, script.offset(command));
  return last;
});

/** Whether the text `null` is told from a value: by name, by a pattern, or by a comparison with a fixed text. */
export function isNullSeen(script: Script, { name, jq }: Capture): boolean {
  const emptied = jq.program !== undefined && callsOf(jq.program, ['empty']).length > 0;
  // Of a name that is used over and over, its first tests tell enough.
  const tests = testsOf(script, name).slice(0, 50);
  return tests.some((node) => {
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
