import {
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  mkdirSync,
  appendFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Told } from '../../src/errors.ts';
import { commitFiles, commitInSteps, heal, healInSteps } from '../../src/io/commit.ts';
import type { CommitOptions } from '../../src/io/commit.ts';
import { takeAll } from '../../src/io/steps.ts';
import type { Steps } from '../../src/io/steps.ts';
import { cases, staging } from './commit-cases.ts';
import type { Case } from './commit-cases.ts';
import { harvest, plant } from './tree.ts';

describe.each(Object.entries(cases))('%s', (_, one) => {
  test('is put in place, and nothing else remains', async () => {
    const root = plant(one.before);
    await commitFiles(one.files, optionsOf(root, one));
    for (const { path, text, executable } of one.files) {
      expect(readFileSync(join(root, path), 'utf8')).toBe(text);
      expect(statSync(join(root, path)).mode & 0o111).toBe(executable === true ? 0o111 : 0);
    }
    for (const path of one.remove ?? []) expect(existsSync(join(root, path))).toBe(false);
    expect(Object.keys(harvest(root)).filter((path) => /staging|aside|lock/.test(path))).toEqual(
      [],
    );
  });

  test('killed at any step, and in any step of the healing: as before, or complete', () => {
    const ends = stepsOf(one).flatMap((name, step) =>
      upToEnd((healing) => {
        const root = plant(one.before);
        stopAt(commitInSteps(one.files, optionsOf(root, one)), step);
        const ended = stopAt(healInSteps(root, staging), healing);
        takeAll(healInSteps(root, staging));
        return { ended, seen: `${name}, ${healing}: ${compare(root, one)}` };
      }),
    );
    expect(ends.filter((end) => !/as before|complete/.test(end))).toEqual([]);
  });

  test('an error at any step: as before, times too, with the reason and the cure', () => {
    const ends = stepsOf(one).map((name, step) => {
      const root = plant(one.before);
      const times = timesOf(root, one);
      const error = failAt(commitInSteps(one.files, optionsOf(root, one)), step);
      if (closing.has(name)) takeAll(healInSteps(root, staging));
      const sameTimes = closing.has(name) || String(timesOf(root, one)) === String(times);
      return { name, end: compare(root, one), told: codeAndCure(error), sameTimes };
    });
    const diskFullTold = 'cannot-write: free some space and try again';
    expect(ends).toEqual(
      stepsOf(one).map((name) => ({
        name,
        end: closing.has(name) ? 'complete' : 'as before',
        told: closing.has(name) ? 'nothing' : diskFullTold,
        sameTimes: true,
      })),
    );
  });

  test('an error, then killed at any step of the undoing: as before', () => {
    const ends = stepsOf(one).flatMap((name, step) =>
      upToEnd((undoing) => {
        const root = plant(one.before);
        const steps = commitInSteps(one.files, optionsOf(root, one));
        stopAt(steps, step);
        const ended = failThenStop(steps, undoing);
        takeAll(healInSteps(root, staging));
        // Killed between the error and the turning back, the commit is healed forward: complete is right, too.
        const wanted = closing.has(name) ? /complete/ : undoing === 0 ? /\w/ : /as before/;
        const end = compare(root, one);
        return { ended, seen: `${name}, ${undoing}: ${wanted.test(end) && end !== 'neither'}` };
      }),
    );
    expect(ends.filter((end) => !end.endsWith('true'))).toEqual([]);
  });
});

describe('what is refused, with nothing written', () => {
  const refusals: readonly [path: string, code: string, says: string][] = [
    ['/etc/passwd', 'unsafe-path', 'absolute'],
    ['C:/x', 'unsafe-path', 'absolute'],
    ['../x', 'unsafe-path', 'not a plain path'],
    ['generated/../../x', 'unsafe-path', 'not a plain path'],
    ['generated//x', 'unsafe-path', 'not a plain path'],
    ['', 'unsafe-path', 'not a plain path'],
    ['.', 'unsafe-path', 'not a plain path'],
    ['a\0b', 'unsafe-path', 'NUL'],
    ['out/x', 'unsafe-path', 'leads out of the project'],
    ['out/deep/er/x', 'unsafe-path', 'leads out of the project'],
    ['out-file', 'unsafe-path', 'leads out of the project'],
    ['nowhere', 'unsafe-path', 'link to nowhere'],
    ['nowhere/x', 'unsafe-path', 'link to nowhere'],
    ['loop/x', 'unsafe-path', 'link to itself'],
    ['.git/hooks/pre-commit', 'unsafe-path', "git's own folder"],
    ['sub/.GIT/config', 'unsafe-path', "git's own folder"],
    ['to-git/x', 'unsafe-path', "git's own folder"],
    ['folder', 'cannot-write', 'a folder of that name'],
    ['file/x', 'cannot-write', 'a file stands where a folder'],
    ['n'.repeat(300), 'cannot-write', 'too long'],
  ];
  test.each(refusals)('%j', async (path, code, says) => {
    const root = treeWithTraps();
    const before = harvest(root);
    const error = await commitFiles(
      [
        { path: 'fine', text: '' },
        { path, text: 'x' },
      ],
      { root, staging },
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(harvest(root)).toEqual(before);
  });

  test('a file planned twice, also by way of a link, is a bug', async () => {
    const root = treeWithTraps();
    const files = [
      { path: 'folder/x', text: '1' },
      { path: 'inner/x', text: '2' },
    ];
    await expect(commitFiles(files, { root, staging })).rejects.toThrow('planned twice');
  });

  test('one name planned as a file and as a folder is a bug', async () => {
    const root = plant({});
    const files = [
      { path: 'a/x/y', text: '1' },
      { path: 'a', text: '2' },
    ];
    await expect(commitFiles(files, { root, staging })).rejects.toThrow(
      'as a file and as a folder',
    );
    expect(harvest(root)).toEqual({});
  });

  test('a project folder that does not exist', async () => {
    const root = join(plant({}), 'absent');
    const error = await heal(root, staging).catch((reason: unknown) => reason);
    expect(error).toBeUndefined();
    await expect(commitFiles([{ path: 'x', text: '' }], { root, staging })).rejects.toMatchObject({
      code: 'cannot-write',
    });
  });

  test('a commit while another one is staged', async () => {
    const root = plant({ 'generated/.staging/': '' });
    await expect(commitFiles([{ path: 'x', text: '' }], { root, staging })).rejects.toThrow(
      'under the lock',
    );
  });
});

describe('what stays as it is', () => {
  test('a file that is as planned keeps its time', async () => {
    const root = plant({ same: 'same', other: 'old' });
    utimesSync(join(root, 'same'), 1, 1);
    await commitFiles(
      [
        { path: 'same', text: 'same' },
        { path: 'other', text: 'new' },
      ],
      { root, staging },
    );
    expect(statSync(join(root, 'same')).mtimeMs).toBe(1000);
  });

  test('a link inside the project stays a link', async () => {
    const root = plant({ 'real/index.md': 'old' });
    symlinkSync('real', join(root, 'docs'));
    symlinkSync('index.md', join(root, 'real/alias.md'));
    await commitFiles(
      [
        { path: 'docs/alias.md', text: 'new' },
        { path: 'docs/more.md', text: 'more' },
      ],
      { root, staging },
    );
    expect(readFileSync(join(root, 'real/index.md'), 'utf8')).toBe('new');
    expect(readFileSync(join(root, 'real/more.md'), 'utf8')).toBe('more');
  });

  test('what a person wrote between the crash and the healing', async () => {
    const one = cases['files that are replaced'] ?? { before: {}, files: [] };
    const root = plant(one.before);
    const before = harvest(root);
    stopAt(
      commitInSteps(one.files, optionsOf(root, one)),
      stepNamed(one, 'place docs/testing/SCENARIOS.md'),
    );
    appendFileSync(join(root, 'docs/testing/SCENARIOS.md'), ' and a line of mine');
    expect(await heal(root, staging)).toBe('rolled-back');
    expect(harvest(root)).toEqual({
      ...before,
      'docs/testing/SCENARIOS.md': '644 old index and a line of mine',
    });
  });

  test('a file that somebody put into the output folder', async () => {
    const root = plant({});
    stopAt(commitInSteps([{ path: 'generated/x', text: '' }], { root, staging }), 3);
    writeFileSync(join(root, 'generated/mine'), 'mine');
    expect(await heal(root, staging)).toBe('rolled-back');
    expect(harvest(root)).toEqual({ 'generated/': '', 'generated/mine': '644 mine' });
  });
});

describe('healing', () => {
  test.each([
    ['stage docs/testing/SCENARIOS.md', 'rolled-back'],
    ['seal the journal', 'rolled-back'],
    ['place generated/training/x/scenario.md', 'rolled-forward'],
    ['place docs/testing/SCENARIOS.md', 'rolled-forward'],
    ['take the staging folder away', 'rolled-forward'],
    ['remove what was taken away', undefined],
  ])('killed before "%s" is %s', async (step, healed) => {
    const one = cases['files that are replaced'] ?? { before: {}, files: [] };
    const root = plant(one.before);
    stopAt(commitInSteps(one.files, optionsOf(root, one)), stepNamed(one, step));
    expect(await heal(root, staging)).toBe(healed);
    expect(await heal(root, staging)).toBeUndefined();
  });

  test.each([
    ['no JSON', '{', 'broken-journal'],
    ['another version', '{"version":2}', 'broken-journal'],
    [
      'a staged file elsewhere',
      '{"version":1,"changes":[{"path":"x","staged":"../../x"}],"folders":[],"emptied":[]}',
      'broken-journal',
    ],
    ['a path outside', JSON.stringify(forged('../x')), 'unsafe-path'],
    ['a git hook', JSON.stringify(forged('.git/hooks/pre-commit')), 'unsafe-path'],
  ])(
    'a journal that came with a cloned repository, with %s, moves nothing',
    async (_, journal, code) => {
      const root = plant({
        '.git/hooks/': '',
        'generated/.staging/new/0': 'evil',
        'generated/.staging/journal.json': journal,
      });
      const before = harvest(root);
      await expect(heal(root, staging)).rejects.toMatchObject({ code });
      expect(harvest(root)).toEqual(before);
    },
  );

  test('a staging folder that is a link to elsewhere is refused', async () => {
    const root = plant({ 'generated/': '' });
    symlinkSync(plant({ keep: 'me' }), join(root, staging));
    await expect(heal(root, staging)).rejects.toMatchObject({ code: 'unsafe-path' });
  });
});

test('any plan on any tree, stopped or failing anywhere, ends as before or complete', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'generated'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('/'));
  const text = fc.constantFrom('', 'one', 'two', 'öäü🙂\r\n');
  const files = fc.uniqueArray(fc.record({ path, text, executable: fc.boolean() }), {
    selector: (file) => file.path,
    maxLength: 4,
  });
  fc.assert(
    fc.property(
      files,
      files,
      fc.array(path, { maxLength: 2 }),
      fc.nat(25),
      fc.nat(15),
      fc.boolean(),
      (old, wanted, removed, step, healing, fails) => {
        const remove = [...new Set(removed)].filter((gone) =>
          wanted.every((file) => file.path !== gone),
        );
        const one: Case = { before: toTree(old), files: wanted, remove };
        const after = orError(() => afterOf(one));
        const root = plant(one.before);
        const before = harvest(root);
        const steps = commitInSteps(one.files, optionsOf(root, one));
        orError(() => (fails ? failAt(steps, step) : stopAt(steps, step)));
        orError(() => stopAt(healInSteps(root, staging), healing));
        takeAll(healInSteps(root, staging));
        expect([before, after]).toContainEqual(harvest(root));
      },
    ),
    { numRuns: 200 },
  );
});

function optionsOf(root: string, { remove }: Case): CommitOptions {
  return { root, staging, ...(remove && { remove }) };
}

function afterOf(one: Case): Record<string, string> {
  const root = plant(one.before);
  takeAll(commitInSteps(one.files, optionsOf(root, one)));
  return harvest(root);
}

function stepsOf(one: Case): string[] {
  return [...commitInSteps(one.files, optionsOf(plant(one.before), one))];
}

function stepNamed(one: Case, name: string): number {
  const found = stepsOf(one).indexOf(name);
  expect(found).toBeGreaterThan(-1);
  return found;
}

/** When these begin everything is in place, and an error in them is none. */
const closing = new Set(['take the staging folder away', 'remove what was taken away']);

function compare(root: string, one: Case): 'as before' | 'complete' | 'neither' {
  const tree = JSON.stringify(harvest(root));
  if (tree === JSON.stringify(harvest(plant(one.before)))) return 'as before';
  return tree === JSON.stringify(afterOf(one)) ? 'complete' : 'neither';
}

/** Tries 0, 1, 2… until the work has no such step. */
function upToEnd(attempt: (step: number) => { ended: boolean; seen: string }): string[] {
  const seen: string[] = [];
  for (let step = 0; ; step++) {
    const one = attempt(step);
    seen.push(one.seen);
    if (one.ended) return seen;
  }
}

function codeAndCure(error: unknown): string {
  if (error === undefined) return 'nothing';
  return error instanceof Told ? `${error.code}: ${error.cure}` : String(error);
}

/** Goes to just before the step of this number and no further, as if killed there; whether there was no such step. */
function stopAt(steps: Steps<unknown>, step: number): boolean {
  for (let taken = 0; taken <= step; taken++) if (steps.next().done === true) return true;
  return false;
}

const diskFull = Object.assign(new Error('ENOSPC: no space left on device, write'), {
  code: 'ENOSPC',
  errno: -28,
  syscall: 'write',
});

/** Lets the step of this number fail; the error that comes out in the end, if any. */
function failAt(steps: Steps<unknown>, step: number): unknown {
  if (stopAt(steps, step)) return undefined;
  try {
    steps.throw(diskFull);
    for (let more = true; more;) more = steps.next().done !== true;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Lets the step fail at which we are, then goes so many steps further; whether it came to an end. */
function failThenStop(steps: Steps<unknown>, further: number): boolean {
  try {
    return steps.throw(diskFull).done === true || (further > 0 && stopAt(steps, further - 1));
  } catch {
    return true;
  }
}

function timesOf(root: string, { before }: Case): number[] {
  return Object.keys(before)
    .filter((path) => !path.endsWith('/'))
    .map((path) => statSync(join(root, path.replace(/\*$/, ''))).mtimeMs);
}

function toTree(files: Case['files']): Record<string, string> {
  const clash = (path: string) => files.some((other) => other.path.startsWith(`${path}/`));
  return Object.fromEntries(
    files
      .filter(({ path }) => !clash(path))
      .map((file) => [`${file.path}${file.executable === true ? '*' : ''}`, file.text]),
  );
}

function orError<T>(act: () => T): T | unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function treeWithTraps(): string {
  const root = plant({ file: 'f', 'folder/': '', '.git/': '' });
  symlinkSync(plant({}), join(root, 'out'));
  symlinkSync(join(plant({ x: '' }), 'x'), join(root, 'out-file'));
  symlinkSync('absent', join(root, 'nowhere'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync('folder', join(root, 'inner'));
  symlinkSync('.git', join(root, 'to-git'));
  mkdirSync(join(root, 'sub'));
  return root;
}

function forged(path: string): object {
  return { version: 1, changes: [{ path, staged: 'new/0' }], folders: [], emptied: [] };
}
