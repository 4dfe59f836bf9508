import type { SyntaxNode } from 'unbash';
import { badNews, callsOf, goodNews, isCleanup, printedBy } from '../checks.ts';
import { comparisonAt, comparisonsOf, eithers } from '../comparisons.ts';
import { isLoop } from '../loops.ts';
import { lineWithin } from '../place.ts';
import type { Hit, Rule } from '../rule.ts';
import { jqCalls } from '../../shell/jq-call.ts';
import { isDecision } from '../../shell/jq/kinds.ts';
import { allParts, operandsOf, type Jq } from '../../shell/jq/program.ts';
import { above, type NodeOf, type Script } from '../../shell/script.ts';
import { variablesRead } from '../../shell/words.ts';
import { wanted } from '../wanted.ts';

/** Rules on checks that are content with any end. */
export const eitherEndRules: readonly Rule[] = [
  {
    code: 'either-end-passes',
    severity: 'error',
    reason: 'that it ended is no result: what failed has ended, too',
    cure: 'wait for any end, then ask for the good one: `[ "$status" = completed ]`',
    find: (script) =>
      [...patterns(script), ...alternatives(script), ...cases(script), ...inJq(script)].flatMap(
        ({ node, words, lines, name }) => {
          const good = words.find((word) => /^(?:complet|succe|done$|pass|finish)/i.test(word));
          const bad = words.find((word) => /^(?:fail|err|crash|cancell?ed|time)/i.test(word));
          if (good === undefined || bad === undefined || isWaiting(script, node)) return [];
          if (isCleanup(script, node) || isAskedAgain(script, node, name)) return [];
          return [
            {
              node,
              ...(lines === undefined ? {} : { lines }),
              message: `"${bad}" passes here as "${good}" does`,
              nearest: `[ "$${name || 'status'}" = ${good} ]`,
            },
          ];
        },
      ),
  },
];

interface Choice extends Pick<Hit, 'node' | 'lines'> {
  readonly words: readonly string[];
  /** The variable that is looked at, if it is one. */
  readonly name: string;
}

/** `[[ $s =~ ^(completed|failed)$ ]]`. */
function patterns(script: Script): readonly Choice[] {
  return comparisonsOf(script).flatMap(({ node, name, operator, value }) =>
    operator === '=~' && /^\^?\(?[\w|]+\)?\$?$/.test(value) && wanted(script, node) === true
      ? [{ node, name, words: value.match(/\w+/g) ?? [] }]
      : [],
  );
}

/** `[ "$s" = completed ] || [ "$s" = failed ] || exit 1`, and within `[[ ]]`. */
function alternatives(script: Script): readonly Choice[] {
  const comparisons = comparisonAt(script);
  const meant = eithers(script).filter(
    ({ node }) => node.type === 'AndOr' || wanted(script, node) === true,
  );
  return meant.flatMap(({ node, parts }) => {
    const equal = parts.flatMap((part) => {
      const one = comparisons.get(part);
      return one?.operator === '=' ? [one] : [];
    });
    const [first] = equal;
    return first === undefined || equal.some(({ name }) => name !== first.name)
      ? []
      : [{ node, name: first.name, words: equal.map(({ value }) => value) }];
  });
}

/** `case $s in completed | failed) echo PASS ;; …`. */
function cases(script: Script): readonly Choice[] {
  return script.all('Case').flatMap((node) =>
    node.items.flatMap((item) => {
      const printed = printedBy(script, item.body);
      return printed !== undefined && goodNews.test(printed) && !badNews.test(printed)
        ? [
            {
              node: item,
              name: [...variablesRead(node.word)][0] ?? '',
              words: item.pattern.map(({ value }) => value),
            },
          ]
        : [];
    }),
  );
}

/** `jq -e '.s == "completed" or .s == "failed"'` and `IN("completed", "failed")`. */
function inJq(script: Script): readonly Choice[] {
  return jqCalls(script).flatMap((call) => {
    const { program, decides, command } = call;
    if (program === undefined || !decides) return [];
    return allParts(program).flatMap((part) => {
      const words = wordsOf(part);
      return words.length < 2
        ? []
        : [
            {
              node: call.word ?? command,
              lines: lineWithin(script, call, part.pos),
              name: '',
              words,
            },
          ];
    });
  });
}

function wordsOf(part: Jq): readonly string[] {
  const texts = (nodes: readonly Jq[]): readonly string[] =>
    nodes.flatMap((one) =>
      one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : [],
    );
  if (part.kind === 'call' && part.name === 'IN') return texts(allParts(part));
  if (part.kind !== 'binary' || part.op !== 'or') return [];
  return operandsOf(part, 'or').flatMap((one) =>
    one.kind === 'binary' && one.op === '==' ? texts([one.right]) : [],
  );
}

/** Whether it is asked in a loop, or in a function that is called there or by its name tells whether it ended: any end will do. */
function isWaiting(script: Script, node: SyntaxNode): boolean {
  const around = above(script, node);
  if (around.some(isLoop)) return true;
  const own = around.find((at): at is NodeOf<'Function'> => at.type === 'Function');
  return (
    own !== undefined &&
    (/wait|poll|until|^is_|_is_|terminal|finish|ended|done/i.test(own.name.value) ||
      (callsOf(script).get(own.name.value) ?? []).some((call) => above(script, call).some(isLoop)))
  );
}

/** Whether the good end alone is asked for elsewhere. */
function isAskedAgain(script: Script, node: SyntaxNode, name: string): boolean {
  const inside = new Set([node, ...above(script, node)]);
  const isApart = (at: SyntaxNode): boolean =>
    at !== node && !inside.has(at) && !above(script, at).includes(node);
  return (
    comparisonsOf(script).some(
      (one) =>
        isApart(one.node) &&
        (name === '' || one.name === name) &&
        /^(?:=|!=)$/.test(one.operator) &&
        /^[a-z]/i.test(one.value),
    ) ||
    jqCalls(script).some(
      ({ command, decides, word, program }) =>
        decides &&
        program !== undefined &&
        isDecision(program) &&
        word !== node &&
        isApart(command),
    )
  );
}
