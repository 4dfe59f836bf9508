import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { draftsOf, type Drafted } from '../../src/milestone/draft.ts';
import { readPlan } from '../../src/milestone/milestones.ts';
import { bakery } from '../support/ktrdr.ts';

/** What is drafted for a plan whose E2E section is this. */
function drafted(section: readonly string[], title = 'M4.5: Loaves'): readonly Drafted[] {
  const text = [`# ${title}`, '', '**Goal:** Bake', '', '## E2E Test', '', ...section].join('\n');
  return readPlan('p.md', text).milestones.flatMap((one) => draftsOf(one, bakery));
}

const bash = (...lines: string[]): string[] => ['```bash', ...lines, '```'];

test('a draft is answers that hold, each guess with its reason', () => {
  const [draft] = drafted([
    ...bash(
      'ID=$(curl -s -X POST http://localhost:7070/orders | jq -r .id)',
      '# Expected: HTTP 201',
      'curl -s http://localhost:7070/orders/$ID | jq .state',
      '# Expected: smells good',
    ),
    '',
    '- [ ] The customer smiles',
  ]);
  expect(draft?.why).toBeUndefined();
  expect(draft?.answers).toMatchObject({
    name: 'Loaves',
    domain: 'orders',
    category: 'smoke',
    trigger: { kind: 'api', endpoint: 'orders.place' },
    milestone: 'M4.5',
  });
  expect(JSON.stringify(draft?.answers)).not.toContain('localhost');
  expect(draft?.answers?.outcome).toContainEqual({ response: { status: 201 } });
  expect(draft?.answers?.outcome).toContainEqual({ manual: 'smells good' });
  expect(draft?.answers?.outcome).toContainEqual({ manual: 'The customer smiles' });
  expect({ checks: draft?.checks, manual: draft?.manual }).toEqual({ checks: 3, manual: 2 });
  expect(draft?.guesses.find(({ field }) => field === 'trigger')).toMatchObject({
    line: 8,
    confidence: 'high',
  });
  expect(checkAnswers(draft?.answers, bakery).problems).toEqual([]);
});

test.each<[what: string, section: string[], expected: object]>([
  [
    'a cancel',
    bash(
      'curl -X POST http://localhost:7070/orders',
      'curl -X POST "http://localhost:7070/orders/$ID/recall"',
    ),
    { answers: { category: 'cancellation' } },
  ],
  [
    'an endpoint that is not there yet',
    bash('curl -X POST http://localhost:7070/vans'),
    { answers: { trigger: { method: 'POST', path: '/vans' }, flow: ['counter'] } },
  ],
  [
    'words',
    ['1. Place an order', '2. Eat'],
    {
      answers: { trigger: { endpoint: 'orders.place' } },
      line: 5,
    },
  ],
  [
    'nothing to begin with',
    ['1. Look around'],
    { why: expect.stringContaining('none of its steps') },
  ],
  [
    'an unknown address with a value from elsewhere',
    bash('curl http://localhost:7070/vans/$VAN'),
    { why: expect.stringContaining('GET /vans/${VAN} (line 8)') },
  ],
])('%s', (_, section, expected) => {
  expect(drafted(section)[0]).toMatchObject(expected);
});
