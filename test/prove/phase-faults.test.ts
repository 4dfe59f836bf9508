import { expect, test } from 'vitest';
import { phaseChanges } from '../../src/prove/phase-faults.ts';
import { jsonOf, type Reply } from '../../src/prove/reply.ts';
import { valueAt } from '../../src/prove/json-path.ts';
import { withField } from '../../src/prove/reply-faults.ts';
import type { Json } from '../../src/scenario/comparators.ts';

const phases = ['queued', 'baking', 'ready'];

/** The phases that a script sees of those that are there, under each fault of `passes-through`. */
function seenUnder(
  value: string,
  real: readonly string[],
): readonly (readonly (Json | undefined)[])[] {
  const changes = phaseChanges(
    { name: 'passes-through', value },
    (reply, other) => withField(reply, '.phase', other),
    (reply) => valueAt(jsonOf(reply), '.phase'),
    () => false,
    phases,
  );
  return changes.map(({ change }) => {
    const shown: Reply[] = [];
    for (const phase of real) {
      const reply = {
        status: 200,
        headers: {},
        text: JSON.stringify({ phase }),
        seconds: 0,
        elapsed: 0,
      };
      shown.push(change(reply, { earlier: [], shown, captures: {} }));
    }
    return shown.map((reply) => valueAt(jsonOf(reply), '.phase'));
  });
}

/** Whether the order of phases, judged before, is still well: only then the point itself is the first that is red. */
const inOrder = (seen: readonly (Json | undefined)[]): boolean => {
  const at = seen.map((one) => phases.indexOf(String(one)));
  return at.every((place, index) => place >= 0 && place >= (at[index - 1] ?? 0));
};

test.each([
  ['the first that was seen', ['baking', 'baking', 'ready']],
  ['one in the middle', ['queued', 'baking', 'ready']],
])('a phase is left out and the others keep their order: %s', (_name, real) => {
  const seen = seenUnder('baking', real);
  expect(seen.flat()).not.toContain('baking');
  expect(seen.some(inOrder)).toBe(true);
});
