import type { Command, Pipeline, SyntaxNode } from 'unbash';
import { isCleanup, isFailing, isQuietGrep, looksOutside } from '../checks.ts';
import { piped } from '../piped.ts';
import type { Rule } from '../rule.ts';
import { above, below, type Script } from '../../shell/script.ts';
import { isSet, statusUse } from '../status.ts';
import { wanted } from '../wanted.ts';
import { argsOf, hasOption, nameOf } from '../../shell/words.ts';

/** Rules on searches in logs and other texts. */
export const logRules: readonly Rule[] = [
  {
    code: 'grep-q-pipefail',
    severity: 'error',
    reason:
      'grep -q closes the pipe at the first match, the writer dies of SIGPIPE (141), and pipefail makes that the result: found, and red',
    cure: 'let grep read to the end: `… | grep TEXT >/dev/null`',
    find: (script) =>
      piped(script)
        .filter(({ pipeline }) => isSet(script, 'pipefail', pipeline))
        .filter(({ pipeline }) => !pipeline.commands.slice(0, -1).every(isShort))
        .filter(({ grep }) => isQuietGrep(grep))
        .map(({ grep }) => ({
          node: grep,
          message: 'on long output this is red although the text is there',
          nearest: `${script
            .textOf(grep)
            .replace(/\s+(?:-q|--quiet|--silent)(?=\s|$)/, '')
            .replace(/(\s-[a-zA-Z]*)q/, '$1')} >/dev/null`,
        })),
  },
  {
    code: 'absence-unseen',
    severity: 'error',
    reason:
      'a text is absent from a log that could not be read, too: a failing command in front of grep counts as good news',
    cure: 'take the log first and let that fail (`log=$(docker compose logs backend)`), then search in it',
    find: (script) =>
      piped(script)
        .filter(({ pipeline }) => pipeline.commands.slice(0, -1).some(looksOutside))
        .filter(({ pipeline }) => !isCleanup(script, pipeline) && wantsAbsence(script, pipeline))
        .map(({ pipeline, grep }) => ({
          node: pipeline,
          message: 'this holds also when there is nothing to search in',
          nearest: `log=$(${script
            .textOf(pipeline)
            .slice(0, grep.pos - pipeline.pos)
            .replace(/\s*\|&?\s*$/, '')})`,
        })),
  },
  {
    code: 'grep-v-as-absence',
    severity: 'error',
    reason:
      'grep -v ends with 0 as soon as one line is without the text, whatever the other lines say',
    cure: 'look for the text itself, and fail when it is there: `if grep TEXT FILE; then exit 1; fi`',
    find: (script) =>
      script
        .all('Command')
        .filter((node) => /^[ef]?grep$/.test(nameOf(node)) && hasOption(node, 'v', 'invert-match'))
        .filter(
          (node) =>
            !hasOption(node, 'c', 'count') && wanted(script, resultOf(script, node)) === true,
        )
        .filter((node) => isQuietGrep(node) || statusUse(script, node) === 'tested')
        .filter((node) => !isFiltering(script, node))
        .map((node) => ({
          node,
          message: 'this holds as soon as one line is without it',
          nearest: `! ${script
            .textOf(node)
            .replace(/\s-(?:v|-invert-match)(?=\s)/, '')
            .replace(/(\s-[a-zA-Z]*)v/, '$1')}`,
        })),
  },
];

/** A command, or the pipe whose status it gives. */
function resultOf(script: Script, node: Command): SyntaxNode {
  const up = script.parent(node);
  const whole = up?.type === 'Redirected' ? up : node;
  const pipe = script.parent(whole);
  return pipe?.type === 'Pipeline' ? pipe : whole;
}

/** `grep ERROR | grep -v known`: what is left of a search. Comments and blank lines are left out for the same end. */
function isFiltering(script: Script, node: Command): boolean {
  const pipe = script.parent(node);
  const before = pipe?.type === 'Pipeline' ? pipe.commands.filter((one) => one !== node) : [];
  const pattern = argsOf(node).find(({ value }) => !value.startsWith('-'))?.value ?? '';
  return (
    before.some((one) => /^(?:[ef]?grep|awk|sed|jq|ps|find|ls|diff)$/.test(nameOf(one))) ||
    pattern.startsWith('^') ||
    pattern === ''
  );
}

/** Prints of the shell itself end before a pipe is full. */
function isShort(node: Pipeline['commands'][number]): boolean {
  return node.type === 'Command' && /^(?:echo|printf|hostname|uname|date|id)$/.test(nameOf(node));
}

/** Negated, counted against 0, or in an `if` whose branch fails. */
function wantsAbsence(script: Script, pipeline: Pipeline): boolean {
  if (pipeline.prefixes.some(({ type }) => type === 'Negation')) return true;
  const statement = script.parent(pipeline);
  const list = statement && script.parent(statement);
  const owner = list && script.parent(list);
  if (owner?.type === 'If' && owner.clause === list)
    return owner.else === undefined && below(owner.then).some(isFailing);
  return above(script, pipeline).some(
    (at) =>
      (at.type === 'Command' || at.type === 'TestCommand') &&
      /^(?:\[|\[\[|test)$/.test(at.type === 'Command' ? nameOf(at) : '[[') &&
      /-eq\s+"?0|==?\s+"?0|-z\s/.test(script.textOf(at)),
  );
}
