import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repeatedIn } from '../../src/draft/repeated.ts';
import { pointsOf, type Step } from '../../src/scenario/model.ts';
import { resolveText } from '../../src/scenario/read.ts';
import { bakery, root } from '../support/ktrdr.ts';

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
  expect(repeatedIn([check], { id: 'orders/x', category: 'smoke', steps })?.by).toBe(by);
});

test.each([
  ['No errors in logs', true],
  ['**No errors in the oven logs** (docker)', true],
  ['No errors in counter logs', false],
  ['No errors or warnings in logs', false],
  ['No errors in logs related to the dough', false],
])('%s: said by the check of every scenario: %s', (text, isSaid) => {
  const scenario = { id: 'orders/x', category: 'smoke', steps } as const;
  const found = repeatedIn([{ line: 1, text, findings: [] }], scenario);
  expect(found?.by).toBe(isSaid ? 'the log has no error' : undefined);
});

const cancel = resolveText(
  readFileSync(join(root, 'test/golden/bakery/cancellation/scenario.yaml'), 'utf8'),
  'orders/cancellation',
  'scenario.yaml',
  bakery,
  { ids: [], find: () => undefined },
).resolved;

test.each([
  ['**Was actually running** — more than 0 %', 'mid-way'],
  ['Job is running after 10s (not already complete)', 'mid-way'],
  ['Operation status changes to failed/cancelled', 'ends'],
  ['Progress stops increasing after cancellation', 'progress-stops'],
  ['New operation starts without errors', 'runs-again'],
  ['New operations can start immediately after', 'runs-again'],
  ['No resource leaks from the cancelled operation', undefined],
  ['Status is completed', undefined],
  ['New bread is baked', undefined],
])('of a cancellation, %j is said by %s', (text, id) => {
  const point = pointsOf(cancel.steps).find((one) => one.point.id === id)?.point;
  expect(point === undefined).toBe(id === undefined);
  expect(repeatedIn([{ line: 1, text, findings: [] }], cancel)?.by).toBe(point?.text);
});

test.each<[own: object, other: object, isWithin: boolean]>([
  [{ gt: 0 }, { gte: 1 }, true],
  [{ gte: 1 }, { equals: 3 }, true],
  [{ lt: 10, gt: 0 }, { gte: 1, lte: 9 }, true],
  [{ lt: 10, gt: 0 }, { gte: 1 }, false],
  [{ gt: 1 }, { gte: 1 }, false],
  [{ equals: 1 }, { gte: 1 }, false],
])('what satisfies %j is within %j: %s', (own, other, isWithin) => {
  const point = (id: string, bounds: object): object => ({
    kind: 'check',
    id,
    text: id,
    reply: 'answer',
    condition: [
      [
        {
          field: '.n',
          comparisons: Object.entries(bounds).map(([name, value]) => ({
            name,
            value: value as number,
          })),
        },
      ],
    ],
  });
  const acts = [point('answer-n', other), point('outcome-n', own)];
  const check = { line: 1, text: 'n', findings: [], outcome: { response: { path: '.n', ...own } } };
  const scenario = { id: 'orders/x', category: 'smoke', steps: [{ acts }] };
  expect(repeatedIn([check as never], scenario as never)?.by).toBe(
    isWithin ? 'answer-n' : undefined,
  );
});
