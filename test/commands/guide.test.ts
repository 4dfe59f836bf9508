import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';

const page = 'docs/testing/TESTING_GUIDE.md';

test('is written once, seen by check, and not replaced when edited by hand', async () => {
  const cwd = freshFolder();
  const dry = await scenario(cwd, ['guide', '--dry-run', '--json']);
  expect(dry.code).toBe(0);
  expect(JSON.parse(dry.stdout)).toMatchObject({ path: page, changed: true, dryRun: true });
  expect(treeOf(cwd)).toEqual({});

  // Nobody is asked to keep a guide who neither has nor names one.
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });
  expect(await scenario(cwd, ['guide'])).toMatchObject({ code: 0, stdout: `wrote ${page}\n` });
  const made = treeOf(cwd);

  appendFileSync(join(cwd, page), 'by hand\n');
  const refused = await scenario(cwd, ['guide', '--json']);
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'exists', where: page } });
  expect((await scenario(cwd, ['guide'])).stderr).toContain('-by hand');
  const found = await scenario(cwd, ['check', '--json']);
  expect(found.code).toBe(1);
  expect(JSON.parse(found.stdout)).toMatchObject({
    findings: [{ code: 'edited-by-hand', path: page }],
  });
  expect(await scenario(cwd, ['guide', '--force'])).toMatchObject({ code: 0 });
  expect(treeOf(cwd)).toEqual(made);
});

test('a guide of an older profile is drift that check --write renews; one that is named in the configuration must be there', async () => {
  const cwd = freshFolder();
  writeFileSync(join(cwd, 'scenario.config.yaml'), 'guide: docs/guide.md\n');
  const missing = await scenario(cwd, ['check', '--json']);
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.stdout)).toMatchObject({
    findings: [{ code: 'drift-guide', path: 'docs/guide.md', message: 'is missing' }],
  });
  expect(await scenario(cwd, ['check', '--write'])).toMatchObject({ code: 0 });
  const now = readFileSync(join(cwd, 'docs/guide.md'), 'utf8');
  expect(now).toContain('new-scenario:');
  rmSync(join(cwd, 'docs/guide.md'));
  expect(await scenario(cwd, ['guide'])).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, 'docs/guide.md'), 'utf8')).toBe(now);
});
