import { expect, test } from 'vitest';
import { fileFaults } from '../../src/prove/file-faults.ts';
import { fileText } from '../../src/prove/file-text.ts';
import type { FileAct } from '../../src/scenario/acts.ts';
import { allOf } from '../../src/scenario/condition.ts';

const value = (wanted: Parameters<typeof allOf>[0][number]): FileAct['look'] => ({
  name: 'value',
  condition: allOf([wanted]),
});

test.each<[string, FileAct['look'], Record<string, unknown>]>([
  ['a', { name: 'exists' }, { 'file-missing': 'nothing' }],
  [
    'a',
    { name: 'newer' },
    { 'file-missing': 'nothing', 'file-old': { text: 'planted', old: true } },
  ],
  ['a', { name: 'min-bytes', bytes: 9 }, { 'file-missing': 'nothing', 'file-empty': { text: '' } }],
  ['a', { name: 'min-bytes', bytes: 0 }, { 'file-missing': 'nothing' }],
  [
    'a.json',
    value({ path: '.a.n', gte: 3 }),
    {
      'file-missing': 'nothing',
      'field-missing': { text: '{"planted":"planted"}' },
      'wrong-value': { text: '{"a":{"n":0}}' },
    },
  ],
  [
    'a.csv',
    value({ path: '.[1]["close"]', lt: 3 }),
    {
      'file-missing': 'nothing',
      'field-missing': { text: '"planted"\n' },
      'wrong-value': { text: '"close"\n3\n3\n' },
    },
  ],
  [
    'a.csv',
    { name: 'rows', condition: allOf([{ path: '.', size: { gte: 2 } }]) },
    { 'file-missing': 'nothing', 'wrong-value': { text: '"planted"\n' } },
  ],
  [
    'a.yaml',
    value({ path: '.a.n', equals: 'x' }),
    {
      'file-missing': 'nothing',
      'field-missing': { text: '"planted": "planted"\n' },
      'wrong-value': { text: '"a":\n  "n": "not-x"\n' },
    },
  ],
])('%s, %j: %j', (path, look, planted) => {
  const faults = fileFaults({ kind: 'file', id: 'f', text: 'f', path, look }, {});
  expect(
    Object.fromEntries(
      faults.map(({ name, plant }) => [name, plant.kind === 'file' ? plant.stands : plant]),
    ),
  ).toEqual(planted);
});

test('what a format has no way to say is not planted', () => {
  expect(fileText('a.csv', [{ a: [1] }])).toBeUndefined();
  expect(fileText('a.yml', { a: [{ b: 1 }] })).toBeUndefined();
});
