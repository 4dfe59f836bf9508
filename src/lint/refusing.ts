import type { SyntaxNode } from 'unbash';
import { judgementsByName } from './judgements.ts';
import { callsOf, isCleanup, isFailing, looksOutside } from './checks.ts';
import { below, under, type NodeOf, type Script } from '../shell/script.ts';
import { nameOf } from '../shell/words.ts';

/** Subshells and functions of the script's own that end red by themselves (`( … || exit 1 )`, `return 1`), as statements. */
export function refusing(script: Script): readonly (NodeOf<'Command'> | NodeOf<'Subshell'>)[] {
  const shells = script
    .all('Subshell')
    .filter((node) => script.parent(node)?.type === 'Statement')
    .filter((node) => below(node).some((at) => isFailing(at) && nameOf(at) === 'exit'));
  const calls = script
    .all('Function')
    .flatMap((own) =>
      asksAndSays(own) && !keepsResult(script, own)
        ? (callsOf(script).get(own.name.value) ?? []).filter(
            (call) => script.parent(call)?.type === 'Statement',
          )
        : [],
    );
  return [...shells, ...calls].filter((node) => !isCleanup(script, node));
}

/** A function that asks a service and says by `return 1` that it is not well. */
function asksAndSays(own: NodeOf<'Function'>): boolean {
  return looksOutside(own) && below(own).some((at) => isFailing(at) && nameOf(at) === 'return');
}

/** It ends the script, or leaves its result in a variable. */
function keepsResult(script: Script, own: NodeOf<'Function'>): boolean {
  const inside: ReadonlySet<SyntaxNode> = new Set(below(own));
  const set = new Set(
    under(own, 'Assignment')
      .filter((node) => !/^(?:local|declare|typeset)$/.test(nameOf(script.parent(node) ?? node)))
      .map(({ name }) => name),
  );
  return (
    below(own).some((at) => isFailing(at) && nameOf(at) === 'exit') ||
    [...set].some((name) =>
      (judgementsByName(script).get(name) ?? []).some((node) => !inside.has(node)),
    )
  );
}
