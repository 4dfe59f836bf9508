import { expect, test } from 'vitest';
import { labWith } from './lab.ts';

test('a point on a file is red when the file is missing, old, empty, or holds something else', async () => {
  const { prove } = await labWith('files');
  const proof = await prove({ only: ({ point }) => point?.startsWith('file-') === true });
  expect(proof.survivors).toEqual([]);
  const killed = proof.criteria.filter(({ id }) => id.startsWith('file-'));
  const names = killed.map(({ id, killedBy }) => [id, killedBy.map((one) => one.split(':')[0])]);
  expect(Object.fromEntries(names)).toEqual({
    'file-newer': ['file-missing', 'file-old'],
    'file-min-bytes': ['file-missing', 'file-empty'],
    'file-rows': ['file-missing', 'wrong-value'],
    'file-value': ['file-missing', 'field-missing', 'wrong-value'],
    'file-exists': ['file-missing'],
  });
});
