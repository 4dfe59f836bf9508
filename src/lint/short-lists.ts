import { capturesByName } from './captures.ts';
import { comparisonsByName, holds, type Comparison } from './comparisons.ts';
import { isReceived } from '../shell/jq/kinds.ts';
import type { Jq } from '../shell/jq/program.ts';
import type { Script } from '../shell/script.ts';
import { wanted } from './wanted.ts';

/** `n=$(jq '.items | length' …); [ "$n" -lt 5 ]`: the only look at how many there are, and none would do. */
export function shortCounts(script: Script): readonly Comparison[] {
  const all = comparisonsByName(script);
  return [...capturesByName(script)].flatMap(([name, captures]) => {
    if (!captures.every(({ jq: { program } }) => program !== undefined && isLengthOfField(program)))
      return [];
    const [one, other] = all.get(name) ?? [];
    return one !== undefined &&
      other === undefined &&
      /^-l[te]$/.test(one.operator) &&
      holds(one, '0') === true &&
      wanted(script, one.node) === true
      ? [one]
      : [];
  });
}

/** `.items | length`, and nothing that would fail without the list. */
function isLengthOfField(program: Jq): boolean {
  return (
    program.kind === 'binary' &&
    program.op === '|' &&
    program.left.kind === 'field' &&
    isReceived(program.left) &&
    program.right.kind === 'call' &&
    program.right.name === 'length'
  );
}
