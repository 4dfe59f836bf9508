import { describe, expect, test } from 'vitest';
import { search, type Query } from '../../src/find/search.ts';
import { stem } from '../../src/find/words.ts';
import { allKnown } from '../../src/io/library.ts';
import { openProject } from '../../src/io/project.ts';
import { ktrdr, root } from '../support/ktrdr.ts';

const library = allKnown(openProject(root), ktrdr);

function found(query: Partial<Query>) {
  return search({ words: '', endpoints: [], services: [], ...query }, library);
}

describe('words find what a person means', () => {
  const cases: readonly (readonly [words: string, first: string])[] = [
    ['cancelling a training', 'training/training-cancellation'],
    ['traning cancelation', 'training/training-cancellation'],
    ['1.3', 'training/training-cancellation'],
    ['B1.3', 'backtest/backtest-cancellation'],
    ['unknown symbol of a training', 'training/training-unknown-symbol'],
    ['gateway', 'data/download-without-gateway'],
    ['concurr', 'training/concurrent-trainings'],
    ['abort a training', 'training/training-cancellation'],
    ['bad symbol training', 'training/training-unknown-symbol'],
  ];
  test.each(cases)('%s', (words, first) => {
    expect(found({ words })[0]?.id).toBe(first);
  });
});

test('each word is told as had or as missing; words that are in every sentence are not', () => {
  const [best] = found({ words: 'the gateway of the moon' });
  expect(best).toMatchObject({ overlap: ['"gateway"'], missing: ['"moon"'] });
});

test('an endpoint or a service narrows, and a scenario that has both comes first', () => {
  const matches = found({ endpoints: ['operations.cancel'], services: ['backtest-worker'] });
  expect(matches[0]).toEqual({
    id: 'backtest/remote-backtest-cancellation',
    score: 1,
    overlap: ['endpoint operations.cancel', 'component backtest-worker'],
    missing: [],
  });
  expect(matches.every(({ overlap }) => overlap.length > 0)).toBe(true);
  expect(matches.find(({ id }) => id === 'training/training-cancellation')).toMatchObject({
    missing: ['component backtest-worker'],
  });
});

test('a name of the system is told as what it is', () => {
  const [best] = found({ words: 'operations.cancel backtest-worker' });
  expect(best?.overlap).toEqual(['endpoint operations.cancel', 'component backtest-worker']);
});

test('a wanted scenario finds itself whole, and others by what they share', () => {
  const wanted = library.find(({ row }) => row.id === 'training/training-cancellation');
  const [first, second] = wanted ? found({ wanted }) : [];
  expect(first).toMatchObject({ id: wanted?.row.id, score: 1, missing: [] });
  expect(second?.missing).not.toEqual([]);
});

test('nothing in common is no match', () => {
  expect(found({ words: 'xylophone' })).toEqual([]);
});

test.each([
  ['cancelled', 'cancellation'],
  ['running', 'runs'],
  ['trainings', 'training'],
])('%s and %s are one word', (one, other) => {
  expect(stem(one)).toBe(stem(other));
});
