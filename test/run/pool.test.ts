import { expect, test } from 'vitest';
import { expectedSeconds } from '../../src/run/expected.ts';
import { gate, inOrder, pool } from '../../src/run/pool.ts';
import { optionsFor } from '../../src/run/sandboxes.ts';

/** Works that end when they are told, and how many go on. */
function works(): {
  readonly begun: number[];
  readonly work: (item: number) => Promise<number>;
  end(item: number): Promise<void>;
} {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    begun,
    work: async (item) => {
      begun.push(item);
      await new Promise<void>((end) => ends.set(item, end));
      return item * 10;
    },
    end: async (item) => {
      ends.get(item)?.();
      await new Promise(setImmediate);
    },
  };
}

test('so many go on at once, and results stand in the order of the items', async () => {
  const { begun, work, end } = works();
  const all = pool([1, 2, 3], 2, work);
  expect(begun).toEqual([1, 2]);
  await end(2);
  expect(begun).toEqual([1, 2, 3]);
  await end(3);
  await end(1);
  expect(await all).toEqual([10, 20, 30]);
});

test('after a stop none begins any more', async () => {
  const { begun, work, end } = works();
  let stopped = false;
  const all = pool([1, 2, 3], 1, work, () => stopped);
  stopped = true;
  await end(1);
  expect(await all).toEqual([10, undefined, undefined]);
  expect(begun).toEqual([1]);
});

test('a gate lets in who came first, also after a failure', async () => {
  const { begun, work, end } = works();
  const narrow = gate(1);
  const failed = narrow(() => Promise.reject(new Error('no')));
  const all = [1, 2].map((item) => narrow(() => work(item)));
  await expect(failed).rejects.toThrow('no');
  await new Promise(setImmediate);
  expect(begun).toEqual([1]);
  await end(1);
  expect(begun).toEqual([1, 2]);
  await end(2);
  expect(await Promise.all(all)).toEqual([10, 20]);
});

test('things are handed on in their order', () => {
  const taken: string[] = [];
  const give = inOrder<string>((item) => taken.push(item));
  give(2, 'c');
  give(0, 'a');
  expect(taken).toEqual(['a']);
  give(1, 'b');
  expect(taken).toEqual(['a', 'b', 'c']);
});

test.each([
  [[], 60],
  [[{ verdict: 'passed', seconds: 3, timeScale: 0.1 }], 30],
  [
    [
      { verdict: 'passed', seconds: 3, timeScale: 0.1 },
      { verdict: 'blocked', seconds: 0, timeScale: 1 },
    ],
    30,
  ],
] as const)('after %j it is expected to take %d s', (runs, seconds) => {
  expect(expectedSeconds({ durationSeconds: 60 }, [...runs])).toBeCloseTo(seconds);
});

test.each([
  [{}, {}, 'era'],
  [{ version: 'head' }, {}, 'head'],
  [{ version: 'era' }, { version: 'head' }, 'head'],
])('a scenario of %j in a sandbox of %j is run on %s', (required, asked, version) => {
  const modes = { oven: 'cold' };
  const setting = { speed: 2, defaultVersion: 'era', ...asked };
  expect(optionsFor({ modes, ...required }, setting)).toEqual({
    ports: 'auto',
    speed: 2,
    profileVersion: version,
    modes,
  });
});
