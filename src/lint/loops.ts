import type { SyntaxNode } from 'unbash';
import { isCheck } from './checks.ts';
import { above, below, type NodeOf, type Script } from '../shell/script.ts';
import { argsOf, nameOf, variablesRead, variablesSet } from '../shell/words.ts';

/** A loop of any kind. */
export type Loop = NodeOf<'For'> | NodeOf<'ArithmeticFor'> | NodeOf<'While'>;

/** Whether a node is a loop. */
export function isLoop(node: SyntaxNode): node is Loop {
  return node.type === 'For' || node.type === 'ArithmeticFor' || node.type === 'While';
}

/** The loops that wait for something: those with a `sleep` in them, or a `while`/`until` that asks and does nothing else. */
export function pollsOf(script: Script): readonly Loop[] {
  return script.nodes.filter(
    (node): node is Loop =>
      isLoop(node) &&
      !readsInput(node) &&
      ownCommands(script, node).some((command) => nameOf(command) === 'sleep'),
  );
}

/** The commands of a loop that are not those of a loop in it. */
function ownCommands(script: Script, loop: Loop): readonly NodeOf<'Command'>[] {
  return below(loop).filter(
    (node): node is NodeOf<'Command'> =>
      node.type === 'Command' && above(script, node).find(isLoop) === loop,
  );
}

function readsInput(loop: Loop): boolean {
  return (
    loop.type === 'While' &&
    below(loop.clause).some((node) => node.type === 'Command' && nameOf(node) === 'read')
  );
}

/** How a loop is left before its end. */
export interface Leaving {
  readonly by: 'break' | 'success' | 'failure';
  readonly node: NodeOf<'Command'>;
}

/** Every `break`, `return` and `exit` in a loop. */
export function leavingsOf(script: Script, loop: Loop): readonly Leaving[] {
  return ownCommands(script, loop).flatMap((node): readonly Leaving[] => {
    const name = nameOf(node);
    if (name === 'break') return [{ by: 'break', node }];
    if (name !== 'exit' && name !== 'return') return [];
    const code = argsOf(node)[0]?.value;
    return [{ by: code === undefined || code === '0' ? 'success' : 'failure', node }];
  });
}

/** Names of what counts the rounds of a loop, or tells the time. */
export function countersOf(script: Script, loop: Loop): ReadonlySet<string> {
  const counted = new Set<string>(['SECONDS', 'EPOCHSECONDS']);
  for (const name of variablesRead(loop))
    if (
      /^_?(?:end|ends|deadline|limit|timeout|until|grace|max\w*|tries|attempts|retries)$/i.test(
        name,
      )
    )
      counted.add(name);
  if (loop.type === 'For') counted.add(loop.name.value);
  if (loop.type === 'ArithmeticFor') for (const name of variablesSet(loop)) counted.add(name);
  for (const node of below(loop)) {
    if (node.type === 'Assignment' && isCounting(script, node)) counted.add(node.name);
    if (node.type === 'ArithmeticUnary' || node.type === 'ArithmeticBinary')
      for (const name of variablesSet(node)) counted.add(name);
    if (node.type === 'Command' && nameOf(node) === 'let')
      for (const name of variablesSet(node)) counted.add(name);
  }
  return counted;
}

/** `n=$((n + 1))`, `n+=1`, `now=$(date +%s)`. */
function isCounting(script: Script, node: NodeOf<'Assignment'>): boolean {
  return (
    node.append === true ||
    below(node).some(
      (at) =>
        at.type === 'ArithmeticExpansion' ||
        (at.type === 'Command' && /^(?:date|expr|bc)$/.test(nameOf(at))),
    ) ||
    /\bSECONDS\b/.test(script.textOf(node))
  );
}

/** The conditions on which a node depends inside a loop: the clauses of `if` and the commands before `&&` and `||`. */
export function conditionsOf(script: Script, node: SyntaxNode, loop: Loop): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let at = node;
  for (const up of above(script, node)) {
    if (up === loop) break;
    if (up.type === 'AndOr') found.push(...up.commands.filter((one) => one !== at));
    if (up.type === 'If') found.push(up.clause, ...up.elif.map(({ clause }) => clause));
    if (up.type === 'Case') found.push(up.word);
    at = up;
  }
  return found;
}

/** Whether a condition looks at what counts the rounds, or at the clock. */
export function asksForBound(
  script: Script,
  conditions: readonly SyntaxNode[],
  counters: ReadonlySet<string>,
): boolean {
  return conditions.some(
    (condition) =>
      [...variablesRead(condition)].some((name) => counters.has(name)) ||
      below(condition).some(
        (node) =>
          (node.type === 'Command' && nameOf(node) === 'date') ||
          (node.type === 'ArithmeticUnary' && /^(?:\+\+|--)$/.test(node.operator)),
      ),
  );
}

/** Whether a loop ends by itself when what it waits for never comes. */
export function isBounded(script: Script, loop: Loop): boolean {
  if (loop.type === 'For') return true;
  if (loop.type === 'ArithmeticFor') return loop.test !== undefined;
  const counters = countersOf(script, loop);
  return (
    asksForBound(script, [loop.clause], counters) ||
    isEndedByKill(loop) ||
    leavingsOf(script, loop).some(({ node }) =>
      asksForBound(script, conditionsOf(script, node, loop), counters),
    )
  );
}

/** `while kill -0 "$pid"`: it waits for a process that it ends itself. */
function isEndedByKill(loop: NodeOf<'While'>): boolean {
  const kills = (node: SyntaxNode, asks: boolean): boolean =>
    below(node).some(
      (at) =>
        at.type === 'Command' && nameOf(at) === 'kill' && (argsOf(at)[0]?.value === '-0') === asks,
    );
  return kills(loop.clause, true) && kills(loop.body, false);
}

/** Whether a part of the script decides anything on these variables. */
export function judges(script: Script, node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return below(node).some(
    (at) =>
      (at.type === 'Case' && mentions(at.word, names)) ||
      (at.type === 'Default' && at.operator.includes('?')) ||
      (at.type === 'If' && mentions(at.clause, names)) ||
      (isCheck(script, at) && mentions(at, names)),
  );
}

function mentions(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [...variablesRead(node)].some((name) => names.has(name));
}
