import type { SyntaxNode } from 'unbash';
import { goodNews, isCleanup, looksOutside } from '../checks.ts';
import { curlOf } from '../curl.ts';
import { jqOf } from '../../shell/jq-call.ts';
import { isDecision } from '../../shell/jq/kinds.ts';
import type { Hit, Rule } from '../rule.ts';
import { above, below, type NodeOf, type Script } from '../../shell/script.ts';
import { judgementsByName } from '../judgements.ts';
import { countersOf } from '../loops.ts';
import { nameOf } from '../../shell/words.ts';

/** Rules on scripts that look at nothing. */
export const nothingRules: readonly Rule[] = [
  {
    code: 'loop-over-nothing',
    severity: 'error',
    reason:
      'a loop over an empty list checks nothing, and a request that fails gives an empty list',
    cure: 'take the list first, let that fail, and see that it is not empty: `[ -n "$list" ] || exit 1`',
    find: (script) =>
      listLoops(script)
        .filter(({ loop }) => judgesIn(loop) && !isCleanup(script, loop))
        .map(({ loop, list }) => ({
          node: loop,
          message: 'with nothing to go through, every check in it is passed over',
          nearest: `list=${list}; [ -n "$list" ] || exit 1`,
        })),
  },
  {
    code: 'asserts-nothing',
    severity: 'error',
    reason: 'a script that sends requests and compares nothing is green whatever comes back',
    cure: 'compare what came back: `curl -sf … | jq -e \'.status == "completed"\'`',
    find: (script) => assertsNothing(script),
  },
];

interface ListLoop {
  readonly loop: NodeOf<'For'> | NodeOf<'While'>;
  /** What gives the list, for the shell. */
  readonly list: string;
}

/** Loops over what comes from outside: `for x in $(curl …)`, `while read …; done < <(curl …)`, `curl … | while read …`. */
function listLoops(script: Script): readonly ListLoop[] {
  const over = script
    .all('For')
    .filter((loop) => (loop.wordlist ?? []).some((word) => looksOutside(word)))
    .map((loop) => ({
      loop,
      list: loop.wordlist?.map((word) => script.textOf(word)).join(' ') ?? '',
    }));
  const reading = script.all('While').flatMap((loop): readonly ListLoop[] => {
    if (!below(loop.clause).some((at) => nameOf(at) === 'read') || isCounted(script, loop))
      return [];
    const around = above(script, loop).slice(0, 2);
    const source = around.flatMap((at): readonly SyntaxNode[] =>
      at.type === 'Redirected'
        ? at.redirects.flatMap((one) => (one.type === 'Redirect' ? (one.target ?? []) : []))
        : at.type === 'Pipeline'
          ? at.commands.filter((one) => !below(one).includes(loop))
          : [],
    );
    // A reading of lines as they come (`logs -f`) has its end elsewhere.
    if (
      !source.some((at) =>
        below(at).some((one) => one.type === 'Command' && curlOf(one) !== undefined),
      )
    )
      return [];
    const text = source.map((at) => script.textOf(at)).join(' | ');
    return [{ loop, list: `$(${text.replace(/^<\(([\s\S]*)\)$/, '$1')})` }];
  });
  return [...over, ...reading];
}

/** Whether the rounds are counted, and the count is judged behind the loop. */
function isCounted(script: Script, loop: NodeOf<'While'>): boolean {
  const counters = countersOf(script, loop);
  const inside = new Set(below(loop));
  return [...counters].some((name) =>
    (judgementsByName(script).get(name) ?? []).some((node) => !inside.has(node)),
  );
}

function judgesIn(loop: NodeOf<'For'> | NodeOf<'While'>): boolean {
  return below(loop.body).some(
    (node) =>
      (node.type === 'Command' && /^(?:exit|return|\[|test)$/.test(nameOf(node))) ||
      node.type === 'TestCommand' ||
      node.type === 'If',
  );
}

function decidesByJq(script: Script, command: NodeOf<'Command'>): boolean {
  const call = jqOf(script, command);
  return (
    call !== undefined && (call.decides || (call.program !== undefined && isDecision(call.program)))
  );
}

/** A script with requests and without anything that could end it red on what they bring. */
function assertsNothing(script: Script): readonly Hit[] {
  const requests = script
    .all('Command')
    .filter((node) => curlOf(node) !== undefined || nameOf(node) === 'wget')
    .filter((node) => !isCleanup(script, node));
  const [first] = requests;
  if (first === undefined) return [];
  const decides = script.nodes.some(
    (node) =>
      node.type === 'If' ||
      node.type === 'Case' ||
      node.type === 'AndOr' ||
      node.type === 'TestCommand' ||
      node.type === 'ArithmeticCommand' ||
      node.type === 'While' ||
      (node.type === 'Command' &&
        (/^(?:\[|test|exit|return|diff|cmp|python3?|node|pytest|[ef]?grep)$/.test(nameOf(node)) ||
          curlOf(node)?.fails === true ||
          decidesByJq(script, node))),
  );
  const tells = script
    .all('Command')
    .some((node) => /^(?:echo|printf)$/.test(nameOf(node)) && goodNews.test(script.textOf(node)));
  return decides ||
    (!tells && requests.length < 2 && above(script, first).some(({ type }) => type === 'Function'))
    ? []
    : [
        {
          node: first,
          message: 'nothing that comes back is compared with anything',
          nearest: `${script.textOf(first)} | jq -e '.status == "…"'`,
        },
      ];
}
