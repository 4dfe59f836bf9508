import type { SyntaxNode } from 'unbash';
import type { Rule } from '../rule.ts';
import { below, type NodeOf, type Script } from '../../shell/script.ts';
import { nameOf } from '../../shell/words.ts';

/** Rules on `$?`. */
export const lastStatusRules: readonly Rule[] = [
  {
    code: 'status-of-another',
    severity: 'error',
    reason: '`$?` is the status of the command right before it, and printing always ends with 0',
    cure: 'keep it at once: `COMMAND; status=$?`, or put the command into the `if`',
    find: (script) =>
      statements(script).flatMap(({ before, node }) => {
        const reading = readsLast(node);
        const printer = before && printerAt(before);
        return reading === undefined || printer === undefined
          ? []
          : [
              {
                node: reading,
                message: `this is the status of ${nameOf(printer)}, which is always 0`,
                nearest: `status=$?; ${script.textOf(printer)}`,
              },
            ];
      }),
  },
];

interface Pair {
  readonly before: NodeOf<'Statement'> | undefined;
  readonly node: NodeOf<'Statement'>;
}

/** All statements of lists, with the one before. */
function statements(script: Script): readonly Pair[] {
  return [...script.all('CompoundList'), ...script.all('Script')].flatMap(({ commands }) =>
    commands.map((node, index) => ({ before: commands[index - 1], node })),
  );
}

/** The first command of a statement, when it decides or keeps by `$?`. */
function readsLast(node: NodeOf<'Statement'>): SyntaxNode | undefined {
  const first = firstOf(node.command);
  if (first === undefined || /^(?:echo|printf|return|exit)$/.test(nameOf(first))) return undefined;
  return below(first).some((at) => at.type === 'SimpleExpansion' && at.text === '$?')
    ? first
    : undefined;
}

function firstOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'If': {
      const [first] = node.clause.commands;
      return first && firstOf(first.command);
    }
    case 'AndOr':
    case 'Pipeline':
      return node.commands[0] && firstOf(node.commands[0]);
    case 'Case':
      return node.word;
    case 'Redirected':
      return firstOf(node.command);
    case 'Command':
    case 'TestCommand':
    case 'ArithmeticCommand':
      return node;
    default:
      return undefined;
  }
}

/** A command that prints what needs nothing to be run. */
function printerAt({ command, background }: NodeOf<'Statement'>): NodeOf<'Command'> | undefined {
  const isPlain =
    background !== true &&
    command.type === 'Command' &&
    /^(?:echo|printf)$/.test(nameOf(command)) &&
    !below(command).some(({ type }) => type === 'CommandExpansion');
  return isPlain ? command : undefined;
}
