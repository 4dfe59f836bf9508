import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

const folder = 'generated/training/training-cancellation';

test('a weaker check needs a reason that came with it', async () => {
  const cwd = freshFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      encoding: 'utf8',
    });
  const against = async (revision: string, ...more: readonly string[]) => {
    const { code, stdout } = await scenario(cwd, [
      'check',
      '--json',
      '--against',
      revision,
      ...more,
    ]);
    const { findings = [], error } = JSON.parse(stdout) as {
      findings?: readonly { code: string; path: string; message: string }[];
      error?: { code: string };
    };
    return { code, findings: findings.map((one) => one.code), error: error?.code };
  };
  expect(await against('HEAD')).toMatchObject({ code: 2, error: 'no-revision' });

  await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  expect(await against('HEAD')).toEqual({ code: 0, findings: [], error: undefined });
  expect(await against('HAED')).toMatchObject({ code: 2, error: 'no-revision' });

  const file = join(cwd, folder, 'scenario.yaml');
  const first = readFileSync(file, 'utf8');
  const change = async (more: string): Promise<void> => {
    writeFileSync(file, `${first}${more}`);
    expect(await scenario(cwd, ['check', '--write'])).toMatchObject({ code: 0 });
  };
  const longer = 'overrides: { half-way: { within: 300 } }\n';
  await change(longer);
  expect(await against('HEAD')).toMatchObject({ code: 1, findings: ['longer-timeout'] });

  const reason = 'weakened: [{ check: half-way, because: the disk is slow }]\n';
  await change(`${longer}${reason}`);
  expect(await against('HEAD')).toMatchObject({ code: 0, findings: [] });
  git('commit', '-qam', 'second');

  await change(`overrides: { half-way: { within: 400 } }\n${reason}`);
  expect(await against('HEAD')).toMatchObject({ code: 1, findings: ['longer-timeout'] });
  expect(await against('HEAD~1')).toMatchObject({ code: 0, findings: [] });

  await change(`${longer}weakened: [{ check: half-wai, because: the disk is slow }]\n`);
  expect(await against('HEAD')).toMatchObject({ code: 0, findings: ['weakened-nothing'] });

  await change('weakened: [{ check: half-way, because: the disk is slow }]\n');
  await scenario(cwd, ['remove', 'training/training-cancellation', '--force']);
  expect(await against('HEAD')).toMatchObject({ code: 0, findings: ['removed-scenario'] });
});

test('a script that a scenario names is judged with it, and must be there', async () => {
  const cwd = freshFolder();
  await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  const file = join(cwd, folder, 'scenario.yaml');
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}additions: [{ id: model, text: it fits, script: checks/model.sh }]\n`,
  );
  const codes = async (): Promise<readonly string[]> => {
    const { stdout } = await scenario(cwd, ['check', '--write', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: readonly { code: string }[] };
    return findings.map(({ code }) => code);
  };
  expect(await codes()).toEqual(['missing-script']);
  mkdirSync(join(cwd, folder, 'checks'));
  writeFileSync(join(cwd, folder, 'checks/model.sh'), 'set -e\nsleep 9\ntest -s model\n');
  expect(await codes()).toEqual(['fixed-sleep']);
});
