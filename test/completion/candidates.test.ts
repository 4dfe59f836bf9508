import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { candidates, completionScripts, type Known } from '../../src/completion/candidates.ts';
import { builtCli, freshFolder, scenario } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';

const leaf = (name: string, more: Partial<Known> = {}): Known => ({
  name,
  commands: [],
  options: [{ name: '--json', hasValue: false }],
  takes: [],
  repeats: false,
  ...more,
});
const tool = leaf('scenario', {
  commands: [
    leaf('run', {
      takes: ['ids'],
      repeats: true,
      options: [
        { name: '--all', hasValue: false },
        { name: '--speed', hasValue: true },
        { name: '--ports', hasValue: true, values: ['fixed', 'auto'] },
      ],
    }),
    leaf('rename', { takes: ['id', 'name'] }),
    leaf('find', { options: [{ name: '--service', hasValue: true }] }),
    leaf('trace', { options: [{ name: '--fail-on', hasValue: true }] }),
    leaf('doctor', { options: [{ name: '--for', hasValue: true }] }),
    leaf('profile', { commands: [leaf('init', { takes: ['name'] }), leaf('check')] }),
    leaf('completion', { takes: ['shell', 'words'], repeats: true }),
  ],
});
const ids = ['orders/recalled', 'orders/smoke'];
const values = {
  ids,
  id: ids,
  shell: ['bash', 'zsh', 'fish'],
  '--for': ids,
  '--service': ['counter'],
  'find --service': ['counter', 'oven'],
  '--fail-on': ['red', 'stale'],
};

describe('what may come next', () => {
  test.each<[string[], string[]]>([
    [['r'], ['run', 'rename']],
    [[''], ['run', 'rename', 'find', 'trace', 'doctor', 'profile', 'completion']],
    [['run', ''], ids],
    [['run', 'orders/s'], ['orders/smoke']],
    [['run', 'orders/smoke', ''], ['orders/recalled']],
    [
      ['run', '--'],
      ['--all', '--speed', '--ports'],
    ],
    [['run', '--speed', ''], []],
    [['run', '--speed', '2', 'orders/s'], ['orders/smoke']],
    [['run', '--ports', 'a'], ['auto']],
    [['rename', 'orders/smoke', ''], []],
    [
      ['find', '--service', ''],
      ['counter', 'oven'],
    ],
    [['trace', '--fail-on', 'red,'], ['red,stale']],
    [['trace', '--fail-on', 's'], ['stale']],
    [['doctor', '--for', 'orders/r'], ['orders/recalled']],
    [
      ['profile', ''],
      ['init', 'check'],
    ],
    [['profile', 'c'], ['check']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['nothing', 'x'], []],
    [[], ['run', 'rename', 'find', 'trace', 'doctor', 'profile', 'completion']],
  ])('%o → %o', (words, found) => expect(candidates(tool, words, values)).toEqual(found));
});

test('the real command line offers its commands, options and the ids of the project', async () => {
  const offered = async (...words: string[]): Promise<readonly string[]> =>
    (await scenario(root, ['completion', 'words', '--', ...words])).stdout.trim().split('\n');
  expect(await offered('')).toEqual(expect.arrayContaining(['new', 'check', 'guide', 'profile']));
  expect(await offered('guide', '--')).toEqual(
    expect.arrayContaining(['--json', '--cwd', '--dry-run', '--force', '--help']),
  );
  expect(await offered('find', '--endpoint', 'backtest.')).toEqual(['backtest.start']);
  expect(await offered('trace', 'docs', '--fail-on', 'red,un')).toEqual(
    expect.arrayContaining(['red,uncovered', 'red,unproven']),
  );
  expect(await offered('run', 'training/training-sm')).toEqual(['training/training-smoke']);
});

test('bash asks it when Tab is pressed', () => {
  const bin = freshFolder();
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'scenario'),
    `#!/bin/sh\nexec '${process.execPath}' -- '${builtCli}' "$@"\n`,
  );
  chmodSync(join(bin, 'scenario'), 0o755);
  const said = execFileSync(
    'bash',
    [
      '--norc',
      '-c',
      `${completionScripts.bash}\nCOMP_WORDS=(scenario run training/training-sm) COMP_CWORD=2; _scenario; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` } },
  );
  expect(said).toBe('training/training-smoke\n');
});

test('an unknown shell is told with those that there are', async () => {
  const { code, stderr } = await scenario(root, ['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/zsh|fish|bash/);
});
