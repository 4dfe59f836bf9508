import { comparisonAt, comparisonsOf, eithers, holds, type Comparison } from '../comparisons.ts';
import { statusNames } from '../http-status.ts';
import type { Hit, Rule } from '../rule.ts';
import { capturesByName } from '../captures.ts';
import { jqCalls } from '../../shell/jq-call.ts';
import { allParts, operandsOf, type Jq } from '../../shell/jq/program.ts';
import { under, type Script } from '../../shell/script.ts';
import { lineWithin } from '../place.ts';
import { perScript } from '../../shell/per-script.ts';
import { argsOf, hasOption, nameOf } from '../../shell/words.ts';

/** Rules on checks that no reply can fail. */
export const alwaysRules: readonly Rule[] = [
  {
    code: 'always-holds',
    severity: 'error',
    reason: 'this is true of every reply, and of none at all: it asks nothing',
    cure: 'ask for what a wrong reply would not have: a number above 0, the whole word, the status itself',
    find: (script) => [
      ...gluedTests(script),
      ...countsOfAny(script),
      ...statusesOfAny(script),
      ...eitherDiffers(script),
      ...inJq(script),
    ],
  },
];

/** `[ "$a"="b" ]`: one word, and a word that is not empty is true. */
function gluedTests(script: Script): readonly Hit[] {
  const single = script.all('Command').flatMap((node) => {
    const words = argsOf(node).filter(({ value }) => value !== ']');
    const [word] = words;
    return /^(?:\[|test)$/.test(nameOf(node)) && words.length === 1 && word !== undefined
      ? [{ node, text: script.textOf(word) }]
      : [];
  });
  const double = script
    .all('TestUnary')
    .filter(({ operator }) => operator === '-n')
    .map((node) => ({ node, text: script.textOf(node.operand) }))
    .filter(({ node }) => !script.textOf(node).startsWith('-n'));
  return [...single, ...double].flatMap(({ node, text }) => {
    const glued = /^("?\$\{?\w+\}?"?)([!=]?=|[<>])(.+)$/.exec(text);
    return glued === null
      ? []
      : [
          {
            node,
            message: 'without blanks around the sign this is one word, and a word is true',
            nearest: `[ ${glued[1]} ${glued[2]} ${glued[3]} ]`,
          },
        ];
  });
}

/** `[ "$n" -ge 0 ]` of something that was counted. */
function countsOfAny(script: Script): readonly Hit[] {
  return comparisonsOf(script)
    .filter(({ name, operator }) => /^-g[et]$/.test(operator) && isCount(script, name))
    .filter((one) => holds(one, '0') === true)
    .map(({ node, name }) => ({
      node,
      message: `$${name} is a count, and no count is less than 0`,
      nearest: `[ "$${name}" -gt 0 ]`,
    }));
}

/** Whether a variable holds how many there are: by jq's `length`, `wc -l`, `grep -c`. */
function isCount(script: Script, name: string): boolean {
  if (name === '') return false;
  const byJq = (capturesByName(script).get(name) ?? []).some(
    ({ jq: { program } }) => program !== undefined && lastOf(program) === 'length',
  );
  return byJq || countedBy(script).has(name);
}

const countedBy = perScript(
  (script): ReadonlySet<string> =>
    new Set(
      script
        .all('Assignment')
        .filter((node) =>
          under(node, 'Command').some(
            (at) =>
              (nameOf(at) === 'wc' && hasOption(at, 'l', 'lines')) ||
              (/^[ef]?grep$/.test(nameOf(at)) && hasOption(at, 'c', 'count')),
          ),
        )
        .map(({ name }) => name),
    ),
);

function lastOf(program: Jq): string {
  if (program.kind === 'binary' && program.op === '|') return lastOf(program.right);
  return program.kind === 'call' ? program.name : '';
}

/** `[ -n "$code" ]`: curl writes 000 when nobody answered. */
function statusesOfAny(script: Script): readonly Hit[] {
  const names = statusNames(script);
  const isAny = ({ operator, value }: Comparison): boolean =>
    operator === '-n' || (operator === '!=' && value === '');
  return comparisonsOf(script)
    .filter((one) => names.has(one.name) && isAny(one))
    .filter(({ name }) => comparisonsOf(script).every((one) => one.name !== name || isAny(one)))
    .filter(({ name }) => !isLookedAt(script, name))
    .map(({ node, name }) => ({
      node,
      message: `$${name} is never empty: curl writes 000 when nobody answered`,
      nearest: `[ "$${name}" = 200 ]`,
    }));
}

function isLookedAt(script: Script, name: string): boolean {
  return script
    .all('Case')
    .some((node) => new RegExp(`\\$\\{?${name}\\b`).test(script.textOf(node.word)));
}

/** `$s != a || $s != b`: whatever it is, it differs from one of them. */
function eitherDiffers(script: Script): readonly Hit[] {
  const comparisons = comparisonAt(script);
  return eithers(script).flatMap(({ node, parts }) => {
    const all = parts.map((part) => comparisons.get(part));
    // What follows the comparisons of a chain is done when none of them held.
    const end = all.findIndex((one) => one === undefined);
    const differ = (node.type === 'AndOr' && end >= 0 ? all.slice(0, end) : all).map((one) =>
      one !== undefined && /^(?:!=|-ne)$/.test(one.operator) ? one : undefined,
    );
    const [first] = differ;
    const isSame = differ.every((one) => one !== undefined && one.name === first?.name);
    const values = new Set(differ.map((one) => one?.value));
    return first === undefined || first.name === '' || !isSame || values.size < 2
      ? []
      : [
          {
            node,
            message: `whatever $${first.name} is, it differs from one of these`,
            nearest: script.textOf(node).replace('||', '&&'),
          },
        ];
  });
}

/** `length >= 0` and `.s != "a" or .s != "b"`. */
function inJq(script: Script): readonly Hit[] {
  return jqCalls(script).flatMap((call) => {
    const { program, text } = call;
    if (program === undefined) return [];
    return allParts(program)
      .filter((part) => isAnyLength(part) || differsFromOne(part, text))
      .map((part) => ({
        node: call.word ?? call.command,
        lines: lineWithin(script, call, part.pos),
        message: `\`${text.slice(part.pos, part.end)}\` is true of everything`,
        nearest: text
          .slice(part.pos, part.end)
          .replace(/>=\s*0|>\s*-1/, '> 0')
          .replace(/\bor\b/, 'and'),
      }));
  });
}

function isAnyLength(node: Jq): boolean {
  if (node.kind !== 'binary' || node.right.kind !== 'literal') return false;
  const { op, right } = node;
  return op === '>=' && right.value === 0 && lastOf(node.left) === 'length';
}

function differsFromOne(node: Jq, text: string): boolean {
  if (node.kind !== 'binary' || node.op !== 'or') return false;
  const parts = operandsOf(node, 'or');
  const sides = parts.map((part) =>
    part.kind === 'binary' && part.op === '!=' && part.right.kind === 'literal'
      ? { field: text.slice(part.left.pos, part.left.end).trim(), value: part.right.value }
      : undefined,
  );
  const [first] = sides;
  return (
    first !== undefined &&
    sides.every((side) => side?.field === first.field) &&
    new Set(sides.map((side) => side?.value)).size > 1
  );
}
