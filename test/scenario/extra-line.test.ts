import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Told } from '../../src/errors.ts';
import { pointsOf } from '../../src/scenario/model.ts';
import { resolveText } from '../../src/scenario/read.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

const line = {
  service: 'counter',
  present: 'lit the oven for ',
  takes: { name: 'loaf', matches: '[0-9a-z-]+' },
};

function read(additions: readonly object[]) {
  const file = { schema: 1, profile: 'bakery', answers: bakeryAnswers.smoke, additions };
  return resolveText(stringify(file), 'orders/baking-smoke', 'scenario.yaml', bakery).resolved;
}

function told(addition: object): string {
  try {
    read([addition]);
  } catch (error) {
    if (error instanceof Told) return error.detail ?? '';
    throw error;
  }
  return 'nothing is wrong';
}

test('a line of a log stands where it should, and gives later steps what it tells', () => {
  const { steps } = read([
    { id: 'oven-line', after: 'start', at: 'oven', line },
    { id: 'look', request: { path: '/orders/{loaf}', method: 'GET' }, expect: [{ status: 200 }] },
  ]);
  const [, second] = steps;
  expect(second).toMatchObject({
    title: 'Read loaf in the log of counter',
    component: 'oven',
    acts: [
      {
        kind: 'log',
        id: 'oven-line',
        look: { name: 'present', takes: { capture: 'loaf', matches: '[0-9a-z-]+' } },
      },
    ],
  });
  expect(pointsOf(steps).map(({ point }) => point.id)).toContain('oven-line');
});

test.each([
  [{ line: { ...line, service: 'countr' } }, 'no service with a log is named "countr"'],
  [{ line: { ...line, takes: { ...line.takes, name: 'id' } } }, 'the name id is taken already'],
  [{ line, expect: [{ status: 200 }] }, 'a line of a log is no reply'],
  [{ line, poll: { path: '/', until: { path: '.a', equals: 1 }, within: 1 } }, 'more than one'],
])('%j is refused: %s', (wrong, message) => {
  expect(told({ id: 'oven-line', after: 'start', ...wrong })).toContain(message);
});
