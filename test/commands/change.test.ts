import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openWorkspace } from '../../src/io/workspace.ts';
import { planRemoval } from '../../src/io/remove.ts';
import { planRename } from '../../src/io/rename.ts';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

const id = 'training/training-cancellation';
let made = '';

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'new-scenario-'));
  await scenario(made, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  const other = { ...cancellation, name: 'Other' };
  await scenario(made, ['new', '--from', '-'], { stdin: stringify(other) });
  return () => rmSync(made, { recursive: true, force: true });
});

function project(): string {
  const cwd = freshFolder();
  cpSync(made, cwd, { recursive: true });
  return cwd;
}

test('rename moves the folder with what a person put there, the name and the row; and back again', async () => {
  const cwd = project();
  appendFileSync(join(cwd, 'generated', id, 'scenario.yaml'), '# mine\n');
  writeFileSync(join(cwd, 'generated', id, 'check.sh'), 'true\n', { mode: 0o755 });
  const before = treeOf(cwd);
  const shown = await scenario(cwd, ['rename', id, 'Recalled', '--dry-run']);
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.stdout).toContain('would write generated/training/recalled/scenario.yaml');
  expect(treeOf(cwd)).toEqual(before);
  const { code, stdout } = await scenario(cwd, ['rename', id, 'Recalled', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id: 'training/recalled', was: id });
  const after = Object.keys(treeOf(cwd));
  expect(after.filter((path) => path.includes(id))).toEqual([]);
  expect(treeOf(cwd)['generated/training/recalled/check.sh']).toBe('755\ntrue\n');
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });
  await scenario(cwd, ['rename', 'training/recalled', cancellation.name]);
  expect(treeOf(cwd)).toEqual(before);
});

test('remove takes the folder and the row, and leaves the rest', async () => {
  const cwd = project();
  expect(await scenario(cwd, ['remove', id])).toMatchObject({ code: 0, stdout: `removed ${id}\n` });
  expect(Object.keys(treeOf(cwd)).filter((path) => path.includes(id))).toEqual([]);
  expect(readFileSync(join(cwd, 'docs/testing/SCENARIOS.md'), 'utf8')).not.toContain(id);
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });
});

test.each([
  ['a name without letters', 'rename', '!!', /letter nor digit/],
  ['a name that is taken', 'rename', 'Other', /exists already/],
  ['a control character', 'rename', 'a\u0007b', /control character/],
])('%s is refused', async (_what, _command, name, message) => {
  const { project: opened, profile } = await openWorkspace(project(), () => undefined);
  await expect(planRename(opened, profile, id, name, false)).rejects.toThrow(message);
});

test('hand edits are not lost unasked', async () => {
  const cwd = project();
  appendFileSync(join(cwd, 'generated', id, 'run.sh'), '# mine\n');
  const { project: opened, profile } = await openWorkspace(cwd, () => undefined);
  await expect(planRename(opened, profile, id, 'New', false)).rejects.toThrow(/edited by hand/);
  expect(() => planRemoval(opened, profile, id, false)).toThrow(/written by hand/);
  expect(planRemoval(opened, profile, id, true).removals).toHaveLength(3);
});

test('what others build on stays; renamed, they follow', async () => {
  const cwd = project();
  const other = join(cwd, 'generated/training/other/scenario.yaml');
  writeFileSync(other, `uses: [${id}]\n${readFileSync(other, 'utf8')}`);
  const { project: opened, profile } = await openWorkspace(cwd, () => undefined);
  expect(() => planRemoval(opened, profile, id, true)).toThrow(/training\/other builds on/);
  const { users, puts } = await planRename(opened, profile, id, 'New', false);
  expect(users).toEqual(['training/other']);
  const rewritten = puts.find(({ path }) => path.endsWith('other/scenario.yaml'));
  // What it calls the other's steps stays as it is.
  expect(rewritten?.text).toContain(
    'uses: [{ scenario: training/new, as: training-cancellation }]\n',
  );
});
