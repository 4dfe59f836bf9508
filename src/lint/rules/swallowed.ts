import type { SyntaxNode } from 'unbash';
import { badNews, goodNews, isCheck, isCleanup, looksOutside, printedBy } from '../checks.ts';
import { isLoop } from '../loops.ts';
import type { Rule } from '../rule.ts';
import { curlOf } from '../curl.ts';
import { above, below, type NodeOf, type Script } from '../../shell/script.ts';
import { argsOf, nameOf } from '../../shell/words.ts';

/** Rules on failures that are noticed and let go. */
export const swallowedRules: readonly Rule[] = [
  {
    code: 'or-true',
    severity: 'error',
    reason: 'the failure of a check is swallowed: what follows goes on as if it had held',
    cure: 'take `|| true` away, or keep the result and judge it: `… || failed=1`',
    find: (script) =>
      alternatives(script).flatMap(({ tried, otherwise, node }) =>
        isNothing(script, otherwise) || (isLeaving(script, otherwise) && looksOutside(tried))
          ? [
              {
                node,
                message: 'this check has no effect',
                nearest: script.textOf(tried),
              },
            ]
          : [],
      ),
  },
  {
    code: 'failure-only-printed',
    severity: 'error',
    reason: 'a failure that is only printed leaves the exit status at 0, and machines read that',
    cure: 'let the branch end the script (`exit 1`) or keep the result (`failed=1`)',
    find: (script) => [
      ...alternatives(script).flatMap(({ tried, otherwise, node }) => {
        const printed = printedBy(script, otherwise);
        return printed !== undefined &&
          printed.length > 4 &&
          isTelling(script, { node, tried, otherwise }, printed)
          ? [
              {
                node: otherwise,
                message: 'a failing check is printed and then forgotten',
                nearest: `{ ${script.textOf(otherwise)}; exit 1; }`,
              },
            ]
          : [];
      }),
      ...script.all('If').flatMap((node) => onlyPrinted(script, node)),
    ],
  },
  {
    code: 'background-ignored',
    severity: 'error',
    reason: '`wait` without a process ends with 0, whatever became of what ran in the background',
    cure: 'keep its number and wait for that: `p=$!; …; wait "$p"`',
    find: (script) =>
      unwaited(script).map((node) => ({
        node,
        message: 'when this fails in the background, nobody hears of it',
        nearest: `${script.textOf(node).replace(/\s*&?\s*$/, '')} & p=$!; wait "$p"`,
      })),
  },
];

/** `wait "$p"` in a script that sends requests to the background, and ends none of them itself. */
function waitsForRequest(script: Script, node: SyntaxNode): boolean {
  return (
    nameOf(node) === 'wait' &&
    inBackground(script).length > 0 &&
    !script.all('Command').some((command) => nameOf(command) === 'kill')
  );
}

/** Requests sent to the background in a script that waits for no process by its number. */
function unwaited(script: Script): readonly NodeOf<'Statement'>[] {
  const waits = script
    .all('Command')
    .some((node) => /^(?:wait|kill)$/.test(nameOf(node)) && argsOf(node).length > 0);
  return waits ? [] : inBackground(script).filter((node) => !isCleanup(script, node));
}

/** Statements that are sent to the background with a request in them. */
function inBackground(script: Script): readonly NodeOf<'Statement'>[] {
  return script
    .all('Statement')
    .filter(({ background }) => background === true)
    .filter((node) =>
      below(node).some((at) => at.type === 'Command' && curlOf(at)?.fails === true),
    );
}

function isNothing(script: Script, node: SyntaxNode): boolean {
  return /^(?:true|:)$/.test(script.textOf(node));
}

/** `[ -n "$x" ] || return 0` has nothing to do; a reply that is wrong is another matter. */
function isLeaving(script: Script, node: SyntaxNode): boolean {
  return /^(?:exit|return) 0$/.test(script.textOf(node));
}

interface Alternative {
  readonly node: NodeOf<'AndOr'>;
  readonly tried: NodeOf<'AndOr'>['commands'][number];
  readonly otherwise: NodeOf<'AndOr'>['commands'][number];
}

/** What follows `||` behind a check that nobody has captured. */
function alternatives(script: Script): readonly Alternative[] {
  return script.all('AndOr').flatMap((node) => {
    if (isCleanup(script, node)) return [];
    if (above(script, node).some(({ type }) => type === 'CommandExpansion')) return [];
    return node.operators.flatMap((operator, index) => {
      if (operator !== '||') return [];
      const otherwise = node.commands[index + 1];
      // `a && b || c`: c follows the failing of either.
      const tried = node.commands
        .slice(0, index + 1)
        .find((one) => isCheck(script, one) || waitsForRequest(script, one));
      return otherwise !== undefined && tried !== undefined ? [{ node, tried, otherwise }] : [];
    });
  });
}

/** `[ -f x ] || echo "no x yet"` is a note; one that speaks of failing, stands beside its PASS, or follows a request is a result. */
function isTelling(script: Script, { node, tried }: Alternative, printed: string): boolean {
  return (
    badNews.test(printed) ||
    (looksOutside(tried) && !above(script, node).some(isLoop)) ||
    node.operators.some(
      (operator, index) =>
        operator === '&&' &&
        goodNews.test(printedBy(script, node.commands[index + 1] ?? node) ?? ''),
    )
  );
}

/** A branch that speaks of failing and does nothing about it. */
function onlyPrinted(
  script: Script,
  node: NodeOf<'If'>,
): readonly {
  readonly node: NodeOf<'CompoundList'>;
  readonly message: string;
  readonly nearest: string;
}[] {
  const branches = [node.then, ...node.elif.map(({ then }) => then), node.else];
  const printed = branches.map((branch) => branch && printedBy(script, branch));
  // All branches print only and one speaks of success: a result; one branch alone: when it speaks of failing.
  return branches.flatMap((branch, index) => {
    const text = printed[index];
    return branch !== undefined && text !== undefined && badNews.test(text) && !goodNews.test(text)
      ? [
          {
            node: branch,
            message: 'this failure is printed and then forgotten',
            nearest: `${script.textOf(branch).trim().replace(/;$/, '')}; exit 1`,
          },
        ]
      : [];
  });
}
