import type { SyntaxNode } from 'unbash';
import { isCheck } from './checks.ts';
import { grouped } from './grouped.ts';
import { perScript } from '../shell/per-script.ts';
import { nameOf, variablesRead } from '../shell/words.ts';

/** A place in a script, and what it reads. */
export interface Judgement {
  readonly node: SyntaxNode;
  readonly names: ReadonlySet<string>;
}

/** All that decides, with what it reads. */
const judgements = perScript((script): readonly Judgement[] =>
  script.nodes
    .filter(
      (node) =>
        isCheck(script, node) ||
        node.type === 'Case' ||
        node.type === 'ArithmeticCommand' ||
        (node.type === 'Command' && /^(?:exit|return)$/.test(nameOf(node))),
    )
    .map((node) => ({ node, names: variablesRead(node.type === 'Case' ? node.word : node) })),
);

/** The same, by the variables that they read. */
export const judgementsByName = perScript((script) =>
  grouped(
    judgements(script).flatMap((one) => [...one.names].map((name) => [name, one.node] as const)),
  ),
);
