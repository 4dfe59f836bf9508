import { goodNews, isCleanup, looksOutside } from '../checks.ts';
import { curlOf } from '../curl.ts';
import { jqOf } from '../../shell/jq-call.ts';
import { isDecision } from '../../shell/jq/kinds.ts';
import type { Hit, Rule } from '../rule.ts';
import { above, below, type NodeOf, type Script } from '../../shell/script.ts';
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
      script
        .all('For')
        .filter((loop) => (loop.wordlist ?? []).some((word) => looksOutside(word)))
        .filter((loop) => judgesIn(loop) && !isCleanup(script, loop))
        .map((loop) => ({
          node: loop,
          message: 'with nothing to go through, every check in it is passed over',
          nearest: `list=${loop.wordlist?.map((word) => script.textOf(word)).join(' ') ?? ''}; [ -n "$list" ] || exit 1`,
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

function judgesIn(loop: NodeOf<'For'>): boolean {
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
