import { expect, test } from 'vitest';
import { expectedSeconds } from '../../src/run/expected.ts';
import { firstApart } from '../../src/run/apart.ts';
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
  const all = pool([1, 2, 3], 1, work, { stop: () => stopped });
  stopped = true;
  await end(1);
  expect(await all).toEqual([10, undefined, undefined]);
  expect(begun).toEqual([1]);
});

test.each([
  ['nothing asks for a lock', [[], []], [[]], 0],
  ['the first shares none', [['cache'], []], [['ib'], ['log:worker']], 0],
  ['the first shares one', [['cache', 'ib'], ['cache'], []], [['ib']], 1],
  ['all but the last share one', [['ib'], ['ib', 'z'], ['log:worker']], [['ib']], 2],
  ['each shares one', [['ib'], ['log:worker', 'x']], [['ib'], ['log:worker']], undefined],
  ['locks are alike but not the same', [['log:worker-2']], [['log:worker']], 0],
  ['nothing goes on', [['ib'], []], [], 0],
  ['nothing waits', [], [['ib']], undefined],
] as const)('where %s, of %j beside %j number %s begins', (_, waiting, going, at) => {
  const locking = (all: readonly (readonly string[])[]): { locks: readonly string[] }[] =>
    all.map((locks) => ({ locks }));
  expect(firstApart(locking(waiting), locking(going))).toBe(at);
});

test('what shares a lock never goes on together, and nothing is left out', async () => {
  const { begun, work, end } = works();
  const locks = new Map<number, string[]>([
    [1, ['ib']],
    [2, ['ib', 'cache']],
    [3, []],
    [4, ['cache']],
  ]);
  const locked = (item: number): { locks: string[] } => ({ locks: locks.get(item) ?? [] });
  const all = pool([1, 2, 3, 4], 3, work, {
    pick: (waiting, going) => firstApart(waiting.map(locked), going.map(locked)),
  });
  expect(begun).toEqual([1, 3, 4]);
  await end(3);
  await end(1);
  expect(begun).toEqual([1, 3, 4]);
  await end(4);
  expect(begun).toEqual([1, 3, 4, 2]);
  await end(2);
  expect(await all).toEqual([10, 20, 30, 40]);
});

test('a failed one is told, and no other begins', async () => {
  const begun: number[] = [];
  const all = pool([1, 2], 1, (item) => {
    begun.push(item);
    return Promise.reject(new Error('no'));
  });
  await expect(all).rejects.toThrow('no');
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
