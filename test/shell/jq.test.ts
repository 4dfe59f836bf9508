import { expect, test } from 'vitest';
import { parseJq } from '../../src/shell/jq/parse.ts';
import { allParts, type Jq } from '../../src/shell/jq/program.ts';

/** A tree in brackets, short enough to read in a line. */
function shown(node: Jq): string {
  switch (node.kind) {
    case 'identity':
      return '.';
    case 'field':
      return `${shown(node.of)}.${node.name}`;
    case 'each':
      return `${shown(node.of)}[]`;
    case 'literal':
      return JSON.stringify(node.value);
    case 'variable':
      return `$${node.name}`;
    case 'call':
      return `${node.name}(${node.args.map(shown).join('; ')})`;
    case 'binary':
      return `(${shown(node.left)} ${node.op} ${shown(node.right)})`;
    default:
      return `<${node.kind}${allParts(node).slice(1).length}>`;
  }
}

test.each([
  ['.status=="completed"', '(..status == "completed")'],
  ['.a.b | c', '(..a.b | c())'],
  ['.["k"].x', '..k.x'],
  ['.a // 1, 2', '((..a // 1) , 2)'],
  ['.a and .b or .c', '((..a and ..b) or ..c)'],
  ['.a + 1 * 2 < 3', '((..a + (1 * 2)) < 3)'],
  ['all(.[]; .x > 1)', 'all(.[]; (..x > 1))'],
  ['.a == $x # why\n and true', '((..a == $x) and true)'],
  ['.a | (.b)', '(..a | ..b)'],
])('%s', (program, tree) => {
  const read = parseJq(program);
  expect(read && shown(read)).toBe(tree);
});

test.each([
  'if .x then 1 elif .y then 2 else 3 end',
  'if .x then 1 end',
  '. as [$a, {b: $c}] | $a',
  '. as $x | {$x, a, "b c": 1, (.k): .v | tostring, @base64 "x": 2, $__loc__}',
  'def f(g; $x): g + $x; f(.a; 1)',
  'reduce .[] as $i (0; . + $i)',
  'foreach .[] as $x (0; . + 1; [$x, .])',
  'label $out | .[] | if . then break $out else . end',
  'try error("x") catch .',
  String.raw`"a\(.b | "in \(.c)")\n" | @sh "x \(.)"`,
  '.[1:3], .[:2], .[2:], .[-1], .a[].b?',
  '.a |= 3 | .b //= 4 | -(.c)',
  '.. | .b? // empty',
  '.a."b".c | .[].["d"]',
])('is read: %s', (program) => {
  expect(parseJq(program)).toBeDefined();
});

test.each(['', '--bad (', '"open', '.a .', 'if .a then', '{', '${x}', '('.repeat(50_000)])(
  'is none: %.20s',
  (program) => {
    expect(parseJq(program)).toBeUndefined();
  },
);
