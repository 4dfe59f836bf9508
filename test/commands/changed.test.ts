import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

test('--changed runs and proves what is otherwise than at a revision, and takes no unknown one for "nothing"', async () => {
  const cwd = freshFolder();
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-C', cwd, ...identity, ...args], { stdio: 'pipe' });
  // Nobody's live service is asked.
  const env = { KTRDR_API_URL: 'http://127.0.0.1:9', SCENARIO_TIME_SCALE: '0.05' };
  const run = async (revision: string): Promise<unknown> => {
    const { stdout } = await scenario(cwd, ['run', '--json', '--changed', revision], { env });
    return JSON.parse(stdout);
  };
  const prove = async (...args: readonly string[]): Promise<unknown> => {
    const asked = ['prove', '--json', '--replay', '--changed', 'HEAD', ...args];
    return JSON.parse((await scenario(cwd, asked, { env })).stdout);
  };
  const noProof = { proofs: [{ reason: expect.stringContaining('there is no recording') }] };
  await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  const error = { code: 'no-revision', where: '--changed' };
  expect(await run('HEAD')).toMatchObject({ error });

  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  expect(await run('HAED')).toMatchObject({ error });
  expect(await run('HEAD')).toEqual({ ok: true, runs: [] });
  expect(await prove()).toEqual({ ok: true, proofs: [] });
  expect(await prove('--sample', '3')).toMatchObject(noProof);

  appendFileSync(
    join(cwd, 'generated/training/training-cancellation/scenario.yaml'),
    '# changed\n',
  );
  expect(await run('HEAD')).toMatchObject({ runs: [{ id: 'training/training-cancellation' }] });
  expect(await prove()).toMatchObject({ target: 'replay', ...noProof });
});
