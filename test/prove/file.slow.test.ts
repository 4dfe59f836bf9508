import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario } from '../support/cli.ts';

const write = `sleep 0.05; printf 'day,close\n2024-01-01,1.5\n' >out.csv; printf 'a:\n  n: 3\n' >out.yaml`;

const answers = {
  name: 'Files written',
  domain: 'data',
  category: 'smoke',
  trigger: { kind: 'cli', command: ['bash', '-c', write] },
  flow: ['backend'],
  outcome: [
    { file: { path: 'out.csv', newer: true, minBytes: 10, rows: { gte: 1 } } },
    { file: { path: 'out.yaml', value: { path: '.a.n', equals: 3 } } },
    { file: { path: 'out.yaml' } },
  ],
};

test(
  'a point on a file is red when the file is missing, old, empty, or holds something else',
  {
    timeout: 180_000,
  },
  async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, 'answers.json'), JSON.stringify(answers));
    expect(await scenario(cwd, ['new', '--from', 'answers.json'])).toMatchObject({ code: 0 });
    const { stdout } = await scenario(cwd, ['prove', 'data/files-written', '--json']);
    const { proofs } = JSON.parse(stdout) as {
      proofs: { survivors: unknown[]; criteria: { id: string; killedBy: string[] }[] }[];
    };
    expect(proofs[0]?.survivors).toEqual([]);
    const killed = (proofs[0]?.criteria ?? []).filter(({ id }) => id.startsWith('file-'));
    const names = killed.map(({ id, killedBy }) => [id, killedBy.map((one) => one.split(':')[0])]);
    expect(Object.fromEntries(names)).toEqual({
      'file-newer': ['file-missing', 'file-old'],
      'file-min-bytes': ['file-missing', 'file-empty'],
      'file-rows': ['file-missing', 'wrong-value'],
      'file-value': ['file-missing', 'field-missing', 'wrong-value'],
      'file-exists': ['file-missing'],
    });
  },
);
