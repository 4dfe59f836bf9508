import type { Command, Pipeline, SyntaxNode } from 'unbash';
import { isCheck, isCleanup, isFailing, isQuietGrep, looksOutside } from '../checks.ts';
import { curlOf } from '../curl.ts';
import type { Rule } from '../rule.ts';
import { curlOptions } from '../../shell/curl-options.ts';
import { perScript } from '../../shell/per-script.ts';
import { above, below, type Script } from '../../shell/script.ts';
import { stateWord } from '../states.ts';
import { isSet, statusUse } from '../status.ts';
import { argsOf, nameOf, quoted, variablesRead } from '../../shell/words.ts';

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
      searchesOfReplies(script)
        .filter((grep) => isCheck(script, grep) || statusUse(script, grep) === 'tested')
        .filter((grep) => !isCleanup(script, grep))
        .flatMap((grep) => {
          const pattern = argsOf(grep).find(({ value }) => !value.startsWith('-'))?.value ?? '';
          const word = /^(?:"?status"?\s*:\s*)?"?(\w[\w-]*)"?$/.exec(pattern)?.[1];
          return word === undefined || !stateWord.test(word)
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

/** Searches in what curl brought: in its pipe, in a variable or in a file that it was kept in. */
function searchesOfReplies(script: Script): readonly Command[] {
  const { names, files } = repliesKept(script);
  const holds = (node: SyntaxNode): boolean =>
    [...variablesRead(node)].some((name) => names.has(name));
  const inPipes = piped(script)
    .filter(({ pipeline }) =>
      pipeline.commands
        .slice(0, -1)
        .some(
          (at) =>
            isCurl(at) ||
            (at.type === 'Command' && /^(?:echo|printf)$/.test(nameOf(at)) && holds(at)),
        ),
    )
    .map(({ grep }) => grep);
  const direct = script
    .all('Command')
    .filter((node) => /^[ef]?grep$/.test(nameOf(node)))
    .filter(
      (node) =>
        node.redirects.some(
          (at) => at.type === 'HereString' && at.target !== undefined && holds(at.target),
        ) ||
        argsOf(node)
          .slice(1)
          .some((word) => files.has(script.textOf(word))),
    );
  return [...new Set([...inPipes, ...direct])];
}

/** The variables and files that hold a reply as it came. */
const repliesKept = perScript((script) => {
  const names = new Set<string>();
  const files = new Set<string>();
  for (const command of script.all('Command')) {
    if (curlOf(command) === undefined) continue;
    const file = curlOptions(argsOf(command)).find(
      ({ name }) => name === 'o' || name === 'output',
    )?.word;
    if (file !== undefined) {
      files.add(script.textOf(file));
      continue;
    }
    if (statusUse(script, command) === 'piped') continue;
    const assignment = above(script, command).find(({ type }) => type === 'Assignment');
    if (assignment?.type === 'Assignment') names.add(assignment.name);
  }
  return { names, files };
});

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
