import type { Command, Pipeline, SyntaxNode } from 'unbash';
import { isCheck, isCleanup, isFailing } from '../checks.ts';
import { curlOf } from '../curl.ts';
import { piped } from '../piped.ts';
import type { Hit, Rule } from '../rule.ts';
import { curlOptions } from '../../shell/curl-options.ts';
import { perScript } from '../../shell/per-script.ts';
import { above, below, under, type Script } from '../../shell/script.ts';
import { stateWord } from '../states.ts';
import { statusUse } from '../status.ts';
import { wanted } from '../wanted.ts';
import { argsOf, nameOf, quoted, variablesRead } from '../../shell/words.ts';

/** Rules on replies that are searched as text. */
export const replyTextRules: readonly Rule[] = [
  {
    code: 'grep-on-json',
    severity: 'error',
    reason: 'a search in the text of a reply finds the word in any field, and in any other word',
    cure: 'ask for the field: `jq -e \'.status == "completed"\'`',
    find: (script) => [
      ...partsOfReplies(script),
      ...searchesOfReplies(script)
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
    ],
  },
];

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

/** `[[ $reply == *completed* ]]` and `case $reply in *completed*)`: the same search without grep. */
function partsOfReplies(script: Script): readonly Hit[] {
  const { names } = repliesKept(script);
  const whole = new Set([...names].filter((name) => isWhole(script, name)));
  const hit = (node: SyntaxNode, pattern: string): readonly Hit[] => {
    const word = /^\*?(?:status:? ?)?(\w[\w-]*)\*?$/.exec(
      pattern.replaceAll(/\\?["'\\]/g, ''),
    )?.[1];
    return word === undefined || !stateWord.test(word)
      ? []
      : [
          {
            node,
            message: `any reply with ${JSON.stringify(word)} somewhere in it passes this`,
            nearest: `jq -e ${quoted(`.status == "${word}"`)}`,
          },
        ];
  };
  const reads = (node: SyntaxNode): boolean =>
    [...variablesRead(node)].some((name) => whole.has(name));
  return [
    ...script.all('TestBinary').flatMap((node) => {
      const pattern = script.textOf(node.right);
      const isPart =
        node.operator === '=~' ||
        (/^==?$/.test(node.operator) && /^["']?\*.*\*["']?$/.test(pattern));
      return isPart && reads(node.left) && wanted(script, node) !== false ? hit(node, pattern) : [];
    }),
    ...script.all('Case').flatMap((node) =>
      reads(node.word)
        ? node.items
            .filter(({ body }) => !below(body).some(isFailing))
            .flatMap((item) =>
              item.pattern.flatMap((pattern) => {
                const text = script.textOf(pattern);
                return /^\*.+\*$/.test(text) ? hit(pattern, text) : [];
              }),
            )
        : [],
    ),
  ];
}

/** Whether a variable holds the whole reply: no status beside it, and nothing else is ever put into it. */
function isWhole(script: Script, name: string): boolean {
  return script
    .all('Assignment')
    .filter((node) => node.name === name)
    .every((node) =>
      under(node, 'Command').every((at) => curlOf(at) === undefined || !curlOf(at)?.showsStatus),
    );
}

function isCurl(node: Pipeline['commands'][number]): boolean {
  return node.type === 'Command' && nameOf(node) === 'curl';
}
