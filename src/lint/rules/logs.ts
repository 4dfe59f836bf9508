import type { Command, Pipeline } from 'unbash';
import { isCheck, isCleanup, isFailing, isQuietGrep, looksOutside } from '../checks.ts';
import type { Rule } from '../rule.ts';
import { above, below, type Script } from '../../shell/script.ts';
import { isSet, statusUse } from '../status.ts';
import { argsOf, nameOf, quoted } from '../../shell/words.ts';

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
    code: 'grep-on-json',
    severity: 'error',
    reason: 'a search in the text of a reply finds the word in any field, and in any other word',
    cure: 'ask for the field: `jq -e \'.status == "completed"\'`',
    find: (script) =>
      piped(script)
        .filter(({ pipeline }) => pipeline.commands.slice(0, -1).some(isCurl))
        .filter(({ grep }) => isCheck(script, grep) || statusUse(script, grep) === 'tested')
        .filter(({ pipeline }) => !isCleanup(script, pipeline))
        .flatMap(({ grep }) => {
          const pattern = argsOf(grep).find(({ value }) => !value.startsWith('-'))?.value ?? '';
          const word = /^(?:"?status"?\s*:\s*)?"?(\w[\w-]*)"?$/.exec(pattern)?.[1];
          return word === undefined
            ? []
            : [
                {
                  node: grep,
                  message: `any reply with ${JSON.stringify(word)} somewhere in it passes this`,
                  nearest: `jq -e ${quoted(`.status == "${word}"`)}`,
                },
              ];
        }),
  },
];

interface Piped {
  readonly pipeline: Pipeline;
  readonly grep: Command;
}

function piped(script: Script): readonly Piped[] {
  return script.all('Pipeline').flatMap((pipeline) => {
    const last = pipeline.commands.at(-1);
    return pipeline.commands.length > 1 &&
      last?.type === 'Command' &&
      /^[ef]?grep$/.test(nameOf(last))
      ? [{ pipeline, grep: last }]
      : [];
  });
}

/** Prints of the shell itself end before a pipe is full. */
function isShort(node: Pipeline['commands'][number]): boolean {
  return node.type === 'Command' && /^(?:echo|printf|hostname|uname|date|id)$/.test(nameOf(node));
}

function isCurl(node: Pipeline['commands'][number]): boolean {
  return node.type === 'Command' && nameOf(node) === 'curl';
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
