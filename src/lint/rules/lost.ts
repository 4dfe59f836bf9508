import type { SyntaxNode } from 'unbash';
import { callsOf, isCleanup } from '../checks.ts';
import { judgementsByName, type Judgement } from '../judgements.ts';
import { grouped } from '../grouped.ts';
import type { Hit, Rule } from '../rule.ts';
import { perScript } from '../../shell/per-script.ts';
import { above, below, type NodeOf, type Script } from '../../shell/script.ts';
import { argsOf, nameOf, variablesRead, variablesSet } from '../../shell/words.ts';

/** Rules on failures that are kept where nobody asks for them. */
export const lostRules: readonly Rule[] = [
  {
    code: 'failure-lost',
    severity: 'error',
    reason:
      'a pipe, `$(…)` and ( ) run in a shell of their own: what is set there is gone behind it',
    cure: 'keep the loop out of the pipe (`while …; done < <(COMMAND)`), or judge inside and hand the exit status out',
    find: (script) => lostIn(script),
  },
  {
    code: 'failure-only-counted',
    severity: 'error',
    reason: 'a count of failures that is only printed leaves the exit status at 0',
    cure: 'judge the count at the end: `[ "$failed" -eq 0 ] || exit 1`',
    find: (script) => onlyCounted(script),
  },
];

const kept = /fail|err(?:or)?s?$|bad|problem|missing|wrong|^(?:rc|status|result|ok|passed)$/i;

interface Setting {
  readonly node: SyntaxNode;
  readonly name: string;
}

/** Where a variable is given a value, declarations left out. */
const settingsOf = perScript((script): readonly Setting[] =>
  script.nodes.flatMap((node): readonly Setting[] => {
    if (node.type === 'Assignment') {
      const owner = script.parent(node);
      const isLocal = /^(?:local|declare|typeset)$/.test(owner === undefined ? '' : nameOf(owner));
      return isLocal || isInFront(owner) ? [] : [{ node, name: node.name }];
    }
    return node.type === 'ArithmeticUnary' ||
      nameOf(node) === 'let' ||
      (node.type === 'ArithmeticBinary' && /^[-+*/%]?=$/.test(node.operator))
      ? ownNames(node).map((name) => ({ node, name }))
      : [];
  }),
);

function ownNames(node: SyntaxNode): readonly string[] {
  return [...variablesSet(node)];
}

/** `NAME=value command`: only for that command. */
function isInFront(owner: SyntaxNode | undefined): boolean {
  return owner?.type === 'Command' && nameOf(owner) !== '' && nameOf(owner) !== 'export';
}

/** The part of a script that runs in a shell of its own and holds a node; looked up through the function that it is in, once. */
function shellOf(script: Script, node: SyntaxNode, isInCall = false): SyntaxNode | undefined {
  let at = node;
  for (const up of above(script, node)) {
    if (up.type === 'Subshell' || up.type === 'CommandExpansion') return up;
    if (up.type === 'Pipeline' && up.commands.length > 1) return at;
    if (up.type === 'Function') {
      if (isInCall) return undefined;
      const shells = (callsOf(script).get(up.name.value) ?? []).map((call) =>
        shellOf(script, call, true),
      );
      return shells.length > 0 && shells.every((shell) => shell !== undefined)
        ? shells[0]
        : undefined;
    }
    at = up;
  }
  return undefined;
}

/** Failures that are set in a shell of their own, and judged outside of it, where they never come. */
function lostIn(script: Script): readonly Hit[] {
  const settings = settingsOf(script).filter(({ name }) => kept.test(name));
  return [...grouped(settings.map((one) => [one.name, one] as const))].flatMap(([name, all]) => {
    // Of a name that is set over and over, the first ones tell enough.
    const some = all.slice(0, 50).map((one) => ({ ...one, shell: shellOf(script, one.node) }));
    const lost = some.find(({ node, shell }) => shell !== undefined && !isCleanup(script, node));
    if (lost?.shell === undefined) return [];
    const { node, shell } = lost;
    const begin = script.offset(shell);
    const others = some.filter((one) => one.shell !== shell);
    // It begins outside, and what is outside is not set anew behind the shell.
    if (others.length === 0 || others.some((one) => script.offset(one.node) > begin)) return [];
    const isJudged = (judgementsByName(script).get(name) ?? []).some(
      (one) => script.offset(one) > begin && shellOf(script, one) !== shell,
    );
    return isJudged
      ? [
          {
            node,
            message: `$${name} is set in a shell of its own, and judged outside, where it keeps its old value`,
            nearest: `while read -r line; do …; ${script.textOf(node)}; done < <(COMMAND)`,
          },
        ]
      : [];
  });
}

/** Counts of failures that are printed at the end, and that nothing else ever reads. */
function onlyCounted(script: Script): readonly Hit[] {
  const counters = settingsOf(script).filter(({ name, node }) => {
    const text = script.textOf(node);
    return /fail|err(?:or)?s?$/i.test(name) && /\+\+|\+=|\+\s*1/.test(text);
  });
  return [...new Set(counters.map(({ name }) => name))].flatMap((name) => {
    const reads = readersOf(script).filter(({ names }) => names.has(name));
    const prints = reads.filter(({ node }) => isPrint(node));
    const [last] = prints.slice(-1);
    if (last === undefined || prints.length < reads.length) return [];
    return [
      {
        node: last.node,
        message: `$${name} is printed here, and nothing depends on it`,
        nearest: `[ "$${name}" -eq 0 ] || exit 1`,
      },
    ];
  });
}

/** The commands and decisions that read variables, those left out that only count on. */
const readersOf = perScript((script): readonly Judgement[] =>
  script.nodes
    .filter(
      (
        node,
      ): node is
        NodeOf<'Command'> | NodeOf<'TestCommand'> | NodeOf<'ArithmeticCommand'> | NodeOf<'Case'> =>
        (node.type === 'Command' && nameOf(node) !== '') ||
        node.type === 'TestCommand' ||
        node.type === 'ArithmeticCommand' ||
        node.type === 'Case',
    )
    .filter((node) => node.type !== 'ArithmeticCommand' || !isCounting(node.body))
    .filter((node) => nameOf(node) !== 'let' && !isOwnCount(script, node))
    .map((node) => ({ node, names: variablesRead(node.type === 'Case' ? node.word : node) })),
);

function isCounting(body: string): boolean {
  return /^\s*(?:\w+\s*(?:\+\+|[-+]=.*)|\+\+\w+)\s*$/.test(body);
}

/** `expr $n + 1` inside `n=$(…)`. */
function isOwnCount(script: Script, node: SyntaxNode): boolean {
  return nameOf(node) === 'expr' && above(script, node).some(({ type }) => type === 'Assignment');
}

function isPrint(node: SyntaxNode): boolean {
  return (
    node.type === 'Command' &&
    (/^(?:echo|printf)$/.test(nameOf(node)) ||
      (nameOf(node) === 'cat' && argsOf(node).length === 0)) &&
    !below(node).some((at) => at !== node && at.type === 'Command')
  );
}
