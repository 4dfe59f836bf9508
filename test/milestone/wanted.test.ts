import { expect, test } from 'vitest';
import { draftsOf } from '../../src/milestone/draft.ts';
import type { Existing } from '../../src/milestone/existing.ts';
import { readPlan } from '../../src/milestone/milestones.ts';
import { reviewed } from '../../src/milestone/review.ts';
import { wantedOf, type DraftedMilestone, type Wanted } from '../../src/milestone/wanted.ts';
import { bakery } from '../support/ktrdr.ts';

const plan = (id: string): string =>
  `# M${id}: Loaves\n\n**Goal:** Bake\n\n## E2E Test\n\n\`\`\`bash\ncurl -X POST http://localhost:7070/orders\n\`\`\`\n\n## Validation\n\n1. Look\n`;

function drafted(path: string, id: string, existing?: Existing): readonly DraftedMilestone[] {
  return readPlan(path, plan(id)).milestones.map((one) => ({
    ...one,
    drafted: draftsOf(one, bakery).map((draft) => ({ ...draft, ...(existing && { existing }) })),
  }));
}

function told({ scenarios, sections }: Wanted): object {
  return {
    make: scenarios.map(({ id }) => id),
    rows: [...sections].map(([path, [own]]) => [
      path,
      ...(own?.rows ?? []).map(({ id, link, source, status }) => [id, link, source, status]),
    ]),
  };
}

const none = { profile: 'bakery', output: 'generated', statuses: new Map<string, string>() };
const why =
  'no scenario: none of its steps is a request to an endpoint of the profile or a command of the system';

test('what is not there is made; of two milestones with one title the second bears its id', () => {
  expect(told(wantedOf([...drafted('docs/a.md', '1'), ...drafted('b.md', '2')], none))).toEqual({
    make: ['orders/loaves', 'orders/loaves-m2'],
    rows: [
      [
        'docs/a.md',
        ['orders/loaves', '../generated/orders/loaves/scenario.md', 'E2E Test', 'not-run'],
        [undefined, undefined, 'Validation', why],
      ],
      [
        'b.md',
        ['orders/loaves-m2', 'generated/orders/loaves-m2/scenario.md', 'E2E Test', 'not-run'],
        [undefined, undefined, 'Validation', why],
      ],
    ],
  });
});

test('what a draft made earlier stays, and shows its status', () => {
  const statuses = new Map([['orders/loaves', 'passed']]);
  expect(told(wantedOf(drafted('a.md', '1'), { ...none, statuses }))).toMatchObject({
    make: [],
    rows: [
      [
        'a.md',
        ['orders/loaves', 'generated/orders/loaves/scenario.md', 'E2E Test', 'passed'],
        expect.anything(),
      ],
    ],
  });
});

test('the catalogue first: what does the same is named instead', () => {
  const existing = { id: 'orders/bread', because: ['trigger orders.place'], missing: [] };
  const statuses = new Map([['orders/bread', 'failed']]);
  expect(told(wantedOf(drafted('a.md', '1', existing), { ...none, statuses }))).toMatchObject({
    make: [],
    rows: [
      [
        'a.md',
        ['orders/bread', 'generated/orders/bread/scenario.md', 'catalogue', 'failed'],
        expect.anything(),
      ],
    ],
  });
});

test('a person is asked about what is new, and what is declined is not made', async () => {
  const milestones = [...drafted('a.md', '1'), ...drafted('b.md', '2')];
  const asked: number[] = [];
  const left = await reviewed(milestones, none, async ({ line, answers }) => {
    asked.push(line);
    return asked.length === 1 ? { ...answers, name: 'Buns' } : undefined;
  });
  expect(asked).toEqual([5, 5]);
  const { scenarios, sections } = wantedOf(left, none);
  expect(scenarios.map(({ id }) => id)).toEqual(['orders/buns']);
  expect(sections.get('b.md')?.[0]?.rows[0]?.status).toBe('no scenario: declined');
  const statuses = new Map([['orders/loaves', 'passed']]);
  await reviewed(milestones, { ...none, statuses }, () => expect.unreachable());
});
