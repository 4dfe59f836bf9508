import type { SyntaxNode } from 'unbash';
import { isCheck } from './checks.ts';
import { perScript } from '../shell/per-script.ts';
import { nameOf, variablesRead } from '../shell/words.ts';

/** A place in a script, and what it reads. */
export interface Judgement {
  readonly node: SyntaxNode;
  readonly names: ReadonlySet<string>;
}

/** All that decides, with what it reads. */
export const judgements = perScript((script): readonly Judgement[] =>
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
