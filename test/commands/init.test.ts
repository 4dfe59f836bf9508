import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ciText, ignoreText } from '../../src/files/project-files.ts';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';

test('makes what is missing, keeps what is there, and does nothing the second time', async () => {
  const cwd = freshFolder();
  mkdirSync(join(cwd, 'docs/testing'), { recursive: true });
  writeFileSync(join(cwd, '.gitignore'), 'node_modules');
  writeFileSync(join(cwd, 'docs/testing/SCENARIOS.md'), '# Ours\n\nWhat we wrote.\n');
  const before = treeOf(cwd);
  expect(await scenario(cwd, ['init', '--dry-run'])).toMatchObject({ code: 0 });
  expect(treeOf(cwd)).toEqual(before);
  const { code, stdout } = await scenario(cwd, ['init', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    files: [
      'scenario.config.yaml',
      '.gitignore',
      'docs/testing/SCENARIOS.md',
      'docs/testing/TESTING_GUIDE.md',
      'docs/testing/scenarios.ci.yml',
    ],
    left: [],
    dryRun: false,
  });
  const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');
  expect(read('.gitignore')).toMatch(/^node_modules\n# .*\n\.scenario\/\n# .*\n\.env\.sandbox\n$/);
  expect(read('docs/testing/SCENARIOS.md')).toMatch(
    /^# Ours\n\nWhat we wrote\.\n\n<!-- scenarios:begin -->\n[^]*<!-- scenarios:end -->\n$/,
  );
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });
  const made = treeOf(cwd);
  expect(JSON.parse((await scenario(cwd, ['init', '--json'])).stdout)).toMatchObject({ files: [] });
  expect(treeOf(cwd)).toEqual(made);
});

test.each([
  [undefined, /^# .*\n\.scenario\/\n# .*\n\.env\.sandbox\n$/],
  ['/.scenario/\n.env.sandbox\n', /^\/\.scenario\/\n\.env\.sandbox\n$/],
])('ignore rules are added once: %o', (present, after) =>
  expect(ignoreText(present)).toMatch(after),
);

test('the example of a CI job is YAML, and runs commands that there are', () => {
  const job = parse(ciText) as { jobs: { scenarios: { steps: readonly { run?: string }[] } } };
  const runs = job.jobs.scenarios.steps.flatMap(({ run }) => run ?? []);
  expect(runs.slice(1)).toEqual([
    'npx --no -- scenario check',
    'npx --no -- scenario doctor',
    'npx --no -- scenario run --all',
    'npx --no -- scenario prove --changed "origin/${{ github.event.repository.default_branch }}" --sample 3 --where-possible',
  ]);
});
