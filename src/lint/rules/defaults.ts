import { capturesByName } from '../captures.ts';
import { grouped } from '../grouped.ts';
import { isCleanup, looksOutside } from '../checks.ts';
import { comparisonsOf, holds, type Comparison } from '../comparisons.ts';
import { lineWithin } from '../place.ts';
import type { Rule } from '../rule.ts';
import { jqCalls, type JqCall } from '../../shell/jq-call.ts';
import { isDecision, isReceived, saysPresent } from '../../shell/jq/kinds.ts';
import { perScript } from '../../shell/per-script.ts';
import { under, type Script } from '../../shell/script.ts';
import { isSet } from '../status.ts';
import { wanted } from '../wanted.ts';
import { allParts, operandsOf, type Jq } from '../../shell/jq/program.ts';

/** Rules on what stands for a field that is missing. */
export const defaultRules: readonly Rule[] = [
  {
    code: 'default-passes',
    severity: 'error',
    reason:
      '`//` puts its own value where a field is missing, null or false, and that value passes',
    cure: 'leave the default out: `.success == true`',
    find: (script) => [
      ...jqCalls(script).flatMap((call) =>
        passing(call).map((node) => ({
          node: call.word ?? call.command,
          lines: lineWithin(script, call, node.pos),
          message: 'a field that is missing passes this',
          nearest: call.text.slice(node.left.pos, node.left.end),
        })),
      ),
      ...comparisonsOf(script).flatMap((one) => {
        const given = defaultOf(script, one);
        return given === undefined || wanted(script, one.node) !== holds(one, given)
          ? []
          : [
              {
                node: one.node,
                message: `when there is no ${one.name}, the default ${JSON.stringify(given)} passes this`,
                nearest: script.textOf(one.node).replace(/:?-[^{}]*\}/, '}'),
              },
            ];
      }),
    ],
  },
  {
    code: 'null-differs',
    severity: 'error',
    reason: 'a missing field is null, and null differs from every text',
    cure: 'ask what it is, not what it is not: `.status == "completed"`',
    find: (script) =>
      jqCalls(script)
        .filter((call) => call.decides && !isCleanup(script, call.command))
        .flatMap((call) =>
          differing(call.program).map((node) => ({
            node: call.word ?? call.command,
            lines: lineWithin(script, call, node.pos),
            message: 'a reply without this field passes',
            nearest: call.text.slice(node.pos, node.end).replace('!=', '=='),
          })),
        ),
  },
];

/** What a variable holds when nothing came: by `//` in jq, or by `${name:-…}` of what a failing command leaves empty. */
function defaultOf(script: Script, { name, fallback }: Comparison): string | undefined {
  if (fallback !== undefined && fallback !== '')
    return emptied(script).has(name) ? fallback : undefined;
  const instead = echoedInstead(script).get(name);
  if (instead !== undefined) return instead;
  const own = capturesByName(script).get(name) ?? [];
  if (own.length !== 1) return undefined;
  const last = own[0]?.jq.program && lastOf(own[0].jq.program);
  return last !== undefined &&
    isAlternative(last) &&
    last.right.kind === 'literal' &&
    Boolean(last.right.value)
    ? String(last.right.value)
    : undefined;
}

/** `n=$(curl … || echo 0)`: what a variable gets when the request fails, of those that are set once. */
const echoedInstead = perScript((script): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  for (const [name, all] of grouped(
    script.all('Assignment').map((node) => [node.name, node] as const),
  )) {
    const [node] = all;
    if (node === undefined || all.length > 1 || !looksOutside(node)) continue;
    const text = /\|\|\s*echo\s+["']?([\w.]+)["']?\s*\)["']?$/.exec(script.textOf(node))?.[1];
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
});

/** Variables that a request or a search leaves empty when it fails, and nobody hears of that. */
const emptied = perScript(
  (script): ReadonlySet<string> =>
    new Set(
      script
        .all('Assignment')
        .filter((node) => under(node, 'CommandExpansion').length > 0)
        .filter(
          (node) =>
            (looksOutside(node) &&
              (!isSet(script, 'errexit', node) || /\|\|/.test(script.textOf(node)))) ||
            /^[^|]*\bgrep\b.*2>\s*\/dev\/null/.test(script.textOf(node)),
        )
        .map(({ name }) => name),
    ),
);

type Binary = Jq & { readonly kind: 'binary' };

/** Where `//` gives the very value that the decision wants. */
function passing({ program, decides }: JqCall): readonly Binary[] {
  if (program === undefined) return [];
  const last = lastOf(program);
  if (decides && isAlternative(last) && isTrue(last.right)) return [last];
  if (!decides && !isDecision(program)) return [];
  return allParts(program).flatMap((node) => {
    if (node.kind !== 'binary' || node.op !== '==') return [];
    const [one, other] = [node.left, node.right];
    const alternative = isAlternative(one) ? one : isAlternative(other) ? other : undefined;
    const asked = alternative === one ? other : one;
    return alternative !== undefined && sameLiteral(alternative.right, asked) ? [alternative] : [];
  });
}

function lastOf(node: Jq): Jq {
  return node.kind === 'binary' && node.op === '|' ? lastOf(node.right) : node;
}

function isAlternative(node: Jq): node is Binary {
  return node.kind === 'binary' && node.op === '//' && isReceived(node.left);
}

function isTrue(node: Jq): boolean {
  return node.kind === 'literal' && node.value === true;
}

/** A default of false, 0, "" or null says itself that there is nothing. */
function sameLiteral(one: Jq, other: Jq): boolean {
  return (
    one.kind === 'literal' &&
    other.kind === 'literal' &&
    one.value === other.value &&
    Boolean(one.value)
  );
}

/** `.status != "failed"` as all that is said of the field. */
function differing(program: Jq | undefined): readonly Jq[] {
  if (program === undefined) return [];
  const operands = operandsOf(lastOf(program), 'and');
  const isNegative = (node: Jq): boolean =>
    node.kind === 'binary' &&
    node.op === '!=' &&
    isReceived(node.left) &&
    node.right.kind === 'literal' &&
    typeof node.right.value === 'string' &&
    node.right.value !== '';
  return operands.every(isNegative) && !saysPresent([program]) ? operands : [];
}
