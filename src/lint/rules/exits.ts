import type { Pipeline, SyntaxNode } from 'unbash';
import { callsOf, goodNews, isCheck, isCleanup, printedBy } from '../checks.ts';
import { curlOf } from '../curl.ts';
import { jqOf } from '../../shell/jq-call.ts';
import { refusing } from '../refusing.ts';
import type { Rule } from '../rule.ts';
import { perScript } from '../../shell/per-script.ts';
import { below, under, type NodeOf, type Script } from '../../shell/script.ts';
import { following, isSet, isSuspended, statusUse } from '../status.ts';
import { argsOf, hasOption, nameOf, quoted } from '../../shell/words.ts';

/** Rules on exit statuses that get lost on their way. */
export const exitRules: readonly Rule[] = [
  {
    code: 'result-unused',
    severity: 'error',
    reason: 'without `set -e` a check that does not hold changes nothing: the next line is done',
    cure: 'begin with `set -euo pipefail`, or say what follows: `… || exit 1`',
    find: (script) =>
      [...checks(script), ...refusing(script)]
        .filter((node) => statusUse(script, node) === 'bare' && !isSet(script, 'errexit', node))
        .filter((node) => !isSuspended(script, node) && !isRead(script, node))
        .map((node) => ({
          node,
          message: 'nobody looks at the result of this check',
          nearest: `${script.textOf(node)} || exit 1`,
        })),
  },
  {
    code: 'negation-never-fails',
    severity: 'error',
    reason:
      '`set -e` does not look at a command that is negated by `!`, so this can never stop the script',
    cure: 'say what follows: `if COMMAND; then exit 1; fi`',
    find: (script) =>
      script
        .all('Pipeline')
        .filter(({ prefixes }) => prefixes.some(({ type }) => type === 'Negation'))
        .filter((node) => statusUse(script, node) === 'bare' && !isRead(script, node))
        .map((node) => ({
          node,
          message: 'a negated command is exempt from `set -e`',
          nearest: `if ${script.textOf(node).replace(/^!\s*/, '')}; then exit 1; fi`,
        })),
  },
  {
    code: 'errexit-hole',
    severity: 'error',
    reason:
      '`set -e` lets everything pass but the last command of an `&&` chain, and all in a function that is called in a condition',
    cure: 'write `CHECK || exit 1` on a line of its own, and `CHECK || return 1` in such a function',
    find: (script) => [
      ...script
        .all('AndOr')
        .filter((node) => statusUse(script, node) === 'bare' && isSet(script, 'errexit', node))
        .flatMap((node) => andOnly(script, node)),
      ...script.all('Function').flatMap((node) => suspended(script, node)),
    ],
  },
  {
    code: 'pipe-masks-exit',
    severity: 'error',
    reason: 'the status of a pipe is that of its last command; the one before may fail unseen',
    cure: 'begin with `set -o pipefail`',
    find: (script) =>
      script
        .all('Pipeline')
        .filter((node) => node.commands.length > 1 && !isSet(script, 'pipefail', node))
        .filter((node) => ['bare', 'tested', 'last'].includes(statusUse(script, node)))
        .flatMap((node) => masked(script, node)),
  },
  {
    code: 'declare-masks-exit',
    severity: 'error',
    reason: '`local`, `export` and the like end with 0, whatever becomes of the command in them',
    cure: 'declare first, then assign: `local x; x=$(…)`',
    find: (script) =>
      script
        .all('Command')
        .filter((node) => /^(?:local|export|declare|typeset|readonly)$/.test(nameOf(node)))
        .flatMap((node) =>
          node.args.flatMap((arg) =>
            arg.type === 'Assignment' && holdsRequest(script, arg)
              ? [
                  {
                    node,
                    message: `when this fails, ${nameOf(node)} says that all is well`,
                    nearest: `${nameOf(node)} ${arg.name}; ${script.textOf(arg)}`,
                  },
                ]
              : [],
          ),
        ),
  },
  {
    code: 'trap-masks-exit',
    severity: 'error',
    reason: 'an exit in the trap of EXIT takes the place of the status that the script ended with',
    cure: 'leave `exit` out of the trap: the status stays what it was',
    find: (script) =>
      script
        .all('Command')
        .filter((node) => nameOf(node) === 'trap' && isForExit(node))
        .filter((node) => endsWell(script, argsOf(node)[0]?.value ?? ''))
        .map((node) => ({
          node,
          message: 'the script ends with 0, whatever happened',
          nearest: `trap ${quoted((argsOf(node)[0]?.value ?? '').replace(/;?\s*exit\s+0/, ''))} EXIT`,
        })),
  },
];

type Check = NodeOf<'Command'> | NodeOf<'TestCommand'> | Pipeline;

/** Checks that stand as a statement or at the end of a pipe that does. */
const checks = perScript((script): readonly Check[] => {
  const single = (['Command', 'TestCommand'] as const)
    .flatMap((type): readonly (NodeOf<'Command'> | NodeOf<'TestCommand'>)[] => script.all(type))
    .filter((node) => isCheck(script, node) && script.parent(node)?.type === 'Statement')
    // A download that fails leaves nothing to check; the check behind it is what counts.
    .filter((node) => node.type !== 'Command' || nameOf(node) !== 'curl');
  const piped = script
    .all('Pipeline')
    .filter((node) => node.prefixes.length === 0 && isCheck(script, node))
    .filter((node) => node.commands.length > 1);
  return [...single, ...piped, ...counts(script)].filter((node) => !isCleanup(script, node));
});

/** `… | grep -c TEXT` as a statement, in a script that tells good news behind it: a count that only a person could judge. */
function counts(script: Script): readonly Check[] {
  const isCount = (node: SyntaxNode | undefined): boolean =>
    node?.type === 'Command' && /^[ef]?grep$/.test(nameOf(node)) && hasOption(node, 'c', 'count');
  return [
    ...script.all('Command').filter((node) => script.parent(node)?.type === 'Statement'),
    ...script.all('Pipeline'),
  ].filter(
    (node) =>
      isCount(node.type === 'Pipeline' ? node.commands.at(-1) : node) &&
      following(script, node).some((next) => goodNews.test(printedBy(script, next) ?? '')),
  );
}

/** Whether the next statement reads `$?` or PIPESTATUS. */
function isRead(
  script: Script,
  node: NodeOf<'Command'> | NodeOf<'TestCommand'> | NodeOf<'Subshell'> | Pipeline,
): boolean {
  const [next] = following(script, node);
  return next !== undefined && /\$\?|PIPESTATUS/.test(script.textOf(next));
}

/** `CHECK && echo PASS` with something behind it: when the check fails the script goes on. */
function andOnly(script: Script, node: NodeOf<'AndOr'>) {
  const [first] = node.commands;
  if (first === undefined || node.operators.includes('||') || !isCheck(script, first)) return [];
  const last = node.commands.at(-1) ?? first;
  if (printedBy(script, last) === undefined || /^(?:exit|return)$/.test(nameOf(last))) return [];
  return isCleanup(script, node)
    ? []
    : [
        {
          node,
          message: 'when this does not hold, `set -e` lets it pass',
          nearest: `${script.textOf(first)} || exit 1`,
        },
      ];
}

/** Checks inside a function that is called where `set -e` is suspended. */
function suspended(script: Script, own: NodeOf<'Function'>) {
  const call = callsOf(script)
    .get(own.name.value)
    ?.find((command) => isSuspended(script, command));
  if (call === undefined || !isSet(script, 'errexit', call)) return [];
  const inside = new Set<SyntaxNode>(below(own));
  return checks(script)
    .filter((node) => inside.has(node) && statusUse(script, node) === 'bare')
    .filter((node) => !isSuspended(script, node) && !isRead(script, node))
    .map((node) => ({
      node,
      message: `${own.name.value} is called in a condition, where \`set -e\` is off`,
      nearest: `${script.textOf(node)} || return 1`,
    }));
}

/** Commands in front of a pipe that fail without a word to the rest. */
function masked(script: Script, node: Pipeline) {
  return node.commands.slice(0, -1).flatMap((command) => {
    if (command.type !== 'Command') return [];
    const asks = curlOf(command)?.fails === true || jqOf(script, command)?.decides === true;
    const last = node.commands.at(-1);
    const isKept = last?.type === 'Command' && nameOf(last) === 'tee';
    return asks || (isKept && isProgram(command))
      ? [
          {
            node: command,
            message: 'when this fails, the pipe does not',
            nearest: `set -o pipefail`,
          },
        ]
      : [];
  });
}

function isProgram(command: NodeOf<'Command'>): boolean {
  return !/^(?:|echo|printf|cat|date|ls|find|sort|head|tail|grep|sed|awk|jq|env)$/.test(
    nameOf(command),
  );
}

function holdsRequest(script: Script, node: NodeOf<'Assignment'>): boolean {
  return under(node, 'Command').some(
    (command) => curlOf(command)?.fails === true || jqOf(script, command)?.decides === true,
  );
}

function isForExit(node: NodeOf<'Command'>): boolean {
  return argsOf(node)
    .slice(1)
    .some(({ value }) => value === 'EXIT' || value === '0');
}

function endsWell(script: Script, text: string): boolean {
  if (/\bexit\s+0\b/.test(text)) return true;
  const own = script.all('Function').find(({ name }) => name.value === text.trim());
  const last = own && below(own).findLast((node) => node.type === 'Command');
  return last?.type === 'Command' && nameOf(last) === 'exit' && argsOf(last)[0]?.value === '0';
}
