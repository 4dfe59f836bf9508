import { expect, test } from 'vitest';
import { categoryIn } from '../../src/draft/category.ts';
import { evidenceIn } from '../../src/draft/evidence.ts';
import { linked } from '../../src/draft/links.ts';
import { readShell } from '../../src/shell/read.ts';
import { bakery } from '../support/ktrdr.ts';

const order = 'curl -X POST http://localhost:7070/orders';
const poll = (end: string): string =>
  `for i in 1 2 3; do\n  curl -s http://localhost:7070/orders/$ID | jq .done\n  sleep 2${end}\ndone`;

const [counter] = Object.values(bakery.services);
if (!counter) throw new Error('the bakery has a counter');
const profile: typeof bakery = {
  ...bakery,
  services: {
    ...bakery.services,
    oven: { ...counter, variable: 'OVEN_URL', default: 'http://localhost:7071' },
  },
};

/** The category of a document with this name, these commands, and what is expected behind them. */
function category(
  name: string,
  shell: readonly string[],
  expected: readonly string[] = [],
  more: { purpose?: string; category?: string; canCancel?: boolean } = {},
): readonly [category: string, confidence: string] {
  const { canCancel = true, ...said } = more;
  const { commands } = readShell(shell.join('\n'), 1, { own: ['bakery'] });
  const expectations = expected.map((text) => ({ line: 99, text }));
  const evidence = evidenceIn(
    { commands, expectations },
    linked(commands, profile),
    commands[0],
    profile,
  );
  const { value, confidence } = categoryIn({ name, ...said }, evidence, canCancel);
  return [value, confidence];
}

test.each<[string, Parameters<typeof category>, string, string]>([
  ['a name', ['Rye is cancelled', [order]], 'cancellation', 'high'],
  [
    'a request that cancels',
    ['Rye', [order, 'curl -X POST http://localhost:7070/orders/$ID/recall']],
    'cancellation',
    'medium',
  ],
  [
    'a command that cancels',
    ['Rye', ['bakery order rye', 'bakery cancel 1']],
    'cancellation',
    'medium',
  ],
  ['a loop that looks at the progress', ['Rye', [order, poll('')]], 'progress', 'medium'],
  [
    'a loop that waits for the end',
    ['Rye', [order, poll('; [ "$S" = sold ] && break')]],
    'smoke',
    'low',
  ],
  [
    'progress that grows',
    ['Rye', [order], ['Percentage increases over polls']],
    'progress',
    'medium',
  ],
  ['a trigger that is refused', ['Rye', [order], ['HTTP 422']], 'error', 'high'],
  ['bars are no status', ['Rye', [order], ['450 bars are loaded']], 'smoke', 'low'],
  [
    'an error by name, with none expected',
    ['Fail early', ['bakery order rye'], ['It tells why'], { canCancel: false }],
    'smoke',
    'low',
  ],
  ['two services', ['Rye', [order, 'curl http://localhost:7071/health']], 'integration', 'medium'],
  [
    'two words of a name: what is done decides',
    ['Cancellation and errors', [order, 'bakery cancel 1']],
    'cancellation',
    'high',
  ],
  [
    'its own category',
    ['Rye', [order], [], { category: 'Integration (counter and oven)' }],
    'integration',
    'medium',
  ],
  [
    'a purpose',
    ['Rye', [order], [], { purpose: 'Follow the progress of baking' }],
    'progress',
    'low',
  ],
  [
    'that it is an E2E test says nothing',
    ['Rye: E2E validation', [order], [], { purpose: 'The E2E test of rye, no errors' }],
    'smoke',
    'low',
  ],
  ['nothing to cancel', ['Rye is cancelled', [order], [], { canCancel: false }], 'smoke', 'low'],
])('%s', (_, said, ...wanted) => {
  expect(category(...said)).toEqual(wanted);
});
