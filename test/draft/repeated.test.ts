import { expect, test } from 'vitest';
import { repeatedIn } from '../../src/draft/repeated.ts';
import type { Step } from '../../src/scenario/model.ts';

const steps = [
  {
    acts: [
      {
        kind: 'log',
        id: 'seen',
        text: 'the oven was fired',
        service: 'oven',
        look: { name: 'present', text: 'Fired oven for order {id}' },
      },
      {
        kind: 'log',
        id: 'clean',
        text: 'the log has no error',
        service: 'oven',
        look: { name: 'clean', ids: [], errors: 'ERROR', noise: [] },
      },
    ],
  },
] as unknown as readonly Step[];

test.each<[object, string | undefined]>([
  [{ service: 'oven', present: 'Fired oven' }, 'the oven was fired'],
  [{ service: 'oven', matches: 'Fired .*order' }, 'the oven was fired'],
  [{ service: 'oven', present: 'Fired oven for order {id}' }, undefined],
  [{ service: 'oven', present: 'Fired oven at noon' }, undefined],
  [{ service: 'counter', present: 'Fired oven' }, undefined],
  [{ service: 'oven', absent: 'Fired oven' }, undefined],
])('%j is looked for more closely: %s', (log, by) => {
  const check = { line: 1, text: 'grep', findings: [], outcome: { log } as never };
  expect(repeatedIn([check], { steps })?.by).toBe(by);
});

test.each([
  ['No errors in logs', true],
  ['**No errors in the oven logs** (docker)', true],
  ['No errors in counter logs', false],
  ['No errors or warnings in logs', false],
  ['No errors in logs related to the dough', false],
])('%s: said by the check of every scenario: %s', (text, isSaid) => {
  const found = repeatedIn([{ line: 1, text, findings: [] }], { steps });
  expect(found?.by).toBe(isSaid ? 'the log has no error' : undefined);
});
