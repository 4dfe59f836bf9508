import { expect, test } from 'vitest';
import type { Answers } from '../../src/answers/schema.ts';
import { playbookSays } from '../../src/draft/playbook-says.ts';
import { ktrdr } from '../support/ktrdr.ts';

const says = (category: string, text: string): boolean =>
  playbookSays(
    text,
    {
      category,
      domain: 'training',
      outcome: [{ response: { status: 404 } }],
    } as unknown as Answers,
    ktrdr.operations.training,
  ) !== undefined;

test.each([
  ['smoke', 'Training starts successfully', true],
  ['smoke', '**Training completes successfully**', true],
  ['smoke', 'Training completes (status = "completed")', true],
  ['smoke', '`task_id` returned', true],
  ['smoke', 'Status: `"running"` → `"completed"`', true],
  ['progress', 'Progress updates visible across polls:', true],
  ['cancellation', 'Response indicates cancellation accepted', true],
  ['error', '**Not HTTP 500** — Should be 404', true],
  ['smoke', 'Integration test passes', true],
  ['smoke', 'Integration tests pass: `make test`', false],
  ['error', 'Not HTTP 404', false],
  ['smoke', 'Not HTTP 500', false],
  // Another subject, another category, or another thing.
  ['smoke', 'The backtest starts', false],
  ['cancellation', 'New training starts successfully', false],
  ['cancellation', 'Training completes', false],
  ['smoke', 'Progress increases', false],
  ['progress', 'Progress stops increasing', false],
  ['smoke', 'Status: failed → completed', false],
  ['smoke', 'All trainings complete', false],
  ['smoke', 'Training completes within 5 minutes', false],
])('%s: %s', (category, text, wanted) => {
  expect(says(category, text)).toBe(wanted);
});

test('without an operation a playbook says nothing', () => {
  const answers = { category: 'smoke', domain: 'training', outcome: [] } as unknown as Answers;
  expect(playbookSays('It starts', answers, undefined)).toBeUndefined();
});
