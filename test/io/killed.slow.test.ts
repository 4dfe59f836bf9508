import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitInSteps, heal, withProjectLock } from '../../src/io/commit.ts';
import { lockName } from '../../src/io/lock.ts';
import { takeAll } from '../../src/io/steps.ts';
import { cases, staging } from './commit-cases.ts';
import { harvest, plant } from './tree.ts';

/** Compiled once: some sixty processes run it. */
const script = join(plant({}), 'committing-process.mjs');
beforeAll(async () => {
  const entry = join(import.meta.dirname, 'committing-process.ts');
  const options = { bundle: true, platform: 'node', format: 'esm', target: 'node20' } as const;
  await build({ ...options, entryPoints: [entry], outfile: script });
  chmodSync(dirname(script), 0o755);
});

describe.each(['a first scenario, no output folder yet', 'a scenario that moves'])('%s', (name) => {
  const one = cases[name] ?? { before: {}, files: [] };
  const options = { staging, ...(one.remove && { remove: one.remove }) };
  const steps = [...commitInSteps(one.files, { root: plant(one.before), ...options })];

  test.concurrent.each(steps.map((step, number): [number, string] => [number, step]))(
    'a process killed before step %i (%s) is healed by the next one',
    async (number) => {
      const root = plant(one.before);
      expect(await run('commit', root, name, String(number))).toBe('SIGKILL');
      expect(await run('heal', root, '1')).toMatch(/SIGKILL|0/);
      await withProjectLock(root, staging, async () => {});
      const after = plant(one.before);
      takeAll(commitInSteps(one.files, { root: after, ...options }));
      expect([harvest(plant(one.before)), harvest(after)]).toContainEqual(harvest(root));
    },
  );
});

test('processes that commit at the same time lose nothing', async () => {
  const root = plant({ 'docs/index.md': '' });
  const names = ['a', 'b', 'c', 'd'];
  const ends = await Promise.all(names.map((name) => run('add', root, name, '10')));
  expect(ends).toEqual(['0', '0', '0', '0']);
  const rows = names.flatMap((name) => Array.from({ length: 10 }, (_, row) => `${name}-${row}`));
  expect(readFileSync(join(root, 'docs/index.md'), 'utf8').trim().split('\n').toSorted()).toEqual(
    rows,
  );
  expect(readdirSync(join(root, 'generated')).toSorted()).toEqual(rows);
  expect(readdirSync(root).toSorted()).toEqual(['docs', 'generated']);
});

test('a process that dies with the lock is succeeded at once, by one process at a time', async () => {
  const root = plant({ 'docs/index.md': '' });
  const child = start('hold', root);
  await once(child.stdout, 'data');
  expect(existsSync(join(root, lockName))).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const ends = await Promise.all(['a', 'b', 'c'].map((name) => run('add', root, name, '5')));
  expect(ends).toEqual(['0', '0', '0']);
  expect(readFileSync(join(root, 'docs/index.md'), 'utf8').trim().split('\n')).toHaveLength(15);
  expect(readdirSync(root).toSorted()).toEqual(['docs', 'generated']);
});

test('who waits is told for whom, and in the end what to do', async () => {
  const root = plant({});
  const child = start('hold', root);
  await once(child.stdout, 'data');
  const waited: string[] = [];
  const options = { waitMs: 50, onWait: (owner: string) => waited.push(owner) };
  const refused = withProjectLock(root, staging, async () => {}, options);
  await expect(refused).rejects.toMatchObject({
    code: 'locked',
    exitCode: 3,
    where: lockName,
    message: expect.stringContaining(`process ${child.pid}`),
    cure: expect.stringContaining(`delete the folder ${lockName}`),
  });
  expect(waited).toEqual([expect.stringContaining(`process ${child.pid}`)]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await withProjectLock(root, staging, async () => 'mine')).toBe('mine');
});

describe('locks that nobody holds any more', () => {
  test.each([
    ['its folder is empty', undefined],
    ['its process id belongs to another process now', `${process.pid}.1.${now()}.00000000.PLACE`],
    ['its process ended', `999999999.1.${now()}.00000000.PLACE`],
    ['it came from another machine, long ago', `1.1.${now() - 3600}.00000000.elsewhere.1`],
  ])('%s', async (_, owner) => {
    const root = plant({});
    const place = await placeOf(root);
    mkdirSync(join(root, lockName));
    if (owner !== undefined) writeFileSync(join(root, lockName, owner.replace('PLACE', place)), '');
    expect(await withProjectLock(root, staging, async () => 1, { waitMs: 0 })).toBe(1);
    expect(harvest(root)).toEqual({});
  });

  test.each([
    ['it came from another machine, just now', `1.1.${now()}.00000000.elsewhere.1`],
    ['something unknown is in it', 'notes.txt'],
  ])('but not when %s', async (_, owner) => {
    const root = plant({ [`${lockName}/${owner}`]: '' });
    await expect(
      withProjectLock(root, staging, async () => 1, { waitMs: 0 }),
    ).rejects.toMatchObject({ code: 'locked' });
    expect(Object.keys(harvest(root))).toEqual([`${lockName}/`, `${lockName}/${owner}`]);
  });

  test('what a killed waiter left is swept', async () => {
    const root = plant({});
    const place = await placeOf(root);
    mkdirSync(join(root, `${lockName}.999999999.1.${now()}.00000000.${place}`));
    await withProjectLock(root, staging, async () => {});
    expect(harvest(root)).toEqual({});
  });
});

test('an error inside is passed on, and the lock is free again', async () => {
  const root = plant({});
  const failing = withProjectLock(root, staging, () => Promise.reject(new Error('inside')));
  await expect(failing).rejects.toThrow('inside');
  expect(harvest(root)).toEqual({});
  expect(await heal(root, staging)).toBeUndefined();
});

describe('a target that may not be written, met by somebody who is not root', () => {
  test.each([
    ['docs/index.md', 'a folder', 'docs', 0o555],
    ['docs/index.md', 'a file', 'docs/index.md', 0o444],
    ['docs/more/index.md', 'a folder that lacks the folder', 'docs', 0o555],
    ['generated/y', 'the output folder', 'generated', 0o555],
  ])('%s, in %s', async (path, _, readOnly, mode) => {
    const root = plant({ 'docs/index.md': 'old', 'generated/x/run.sh': 'old' });
    for (const name of ['', ...Object.keys(harvest(root))]) disown(join(root, name));
    chmodSync(join(root, readOnly), mode);
    const before = harvest(root);
    const child = spawn(process.execPath, [script, 'try', root, path], nobody);
    const error: unknown = JSON.parse(String(await once(child.stdout, 'data')));
    expect(error).toMatchObject({
      code: 'cannot-write',
      cure: expect.stringContaining('owner and mode'),
    });
    await once(child, 'close');
    expect(harvest(root)).toEqual(before);
  });
});

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};

function disown(path: string): void {
  if (isRoot) chownSync(path, 65534, 65534);
}

function start(...args: string[]) {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs to the end; the signal or exit code it ended by. */
async function run(...args: string[]): Promise<string> {
  const child = start(...args);
  const [code, signal] = await once(child, 'exit');
  return String(signal ?? code);
}

/** How this machine calls itself in a lock. */
async function placeOf(root: string): Promise<string> {
  let owner = '';
  await withProjectLock(root, staging, async () => {
    owner = readdirSync(join(root, lockName))[0] ?? '';
  });
  return owner.split('.').slice(4).join('.');
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
