import { appendFileSync, chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cpSync } from 'node:fs';
import { stringify } from 'yaml';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';
import { cancellation, root } from '../support/ktrdr.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';

const folder = 'generated/training/training-cancellation';
let made = '';

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'new-scenario-'));
  await scenario(made, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  return () => rmSync(made, { recursive: true, force: true });
});

/** A copy of a project with one scenario. */
function project(): string {
  const cwd = freshFolder();
  cpSync(made, cwd, { recursive: true });
  return cwd;
}

describe('drift is found, shown as a diff, and mended', () => {
  test.each<[string, string, (path: string) => void, string]>([
    [
      'a document edited by hand',
      `${folder}/scenario.md`,
      (path) => appendFileSync(path, 'more\n'),
      'edited-by-hand',
    ],
    [
      'a script edited by hand',
      `${folder}/run.sh`,
      (path) =>
        writeFileSync(path, readFileSync(path, 'utf8').replace('equals 200', 'exists true')),
      'edited-by-hand',
    ],
    [
      'a document that is missing',
      `${folder}/scenario.md`,
      (path) => rmSync(path),
      'drift-document',
    ],
    ['the runtime', 'generated/runtime.sh', (path) => rmSync(path), 'drift-runtime'],
    [
      'the index',
      'docs/testing/SCENARIOS.md',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('~', '≈')),
      'drift-index',
    ],
    ['the mode of the script', `${folder}/run.sh`, (path) => chmodSync(path, 0o644), 'drift-mode'],
  ])('%s', async (_what, path, change, code) => {
    const cwd = project();
    const before = treeOf(cwd);
    change(join(cwd, path));
    const found = await scenario(cwd, ['check', '--json']);
    expect(found.code).toBe(1);
    const document = JSON.parse(found.stdout) as {
      ok: boolean;
      findings: readonly { code: string; path: string; diff?: string }[];
    };
    expect(document).toMatchObject({ ok: false, findings: [{ code, path }] });
    if (code !== 'drift-mode') expect(document.findings[0]?.diff).toContain(`b/${path}`);
    const renewed = await scenario(cwd, ['check', '--write']);
    if (code === 'edited-by-hand') {
      expect(renewed.code).toBe(1);
      expect(await scenario(cwd, ['check', '--write', '--force'])).toMatchObject({ code: 0 });
    } else expect(renewed.code).toBe(0);
    expect(treeOf(cwd)).toEqual(before);
  });
});

test('a changed scenario file reaches document, script and index', async () => {
  const cwd = project();
  const path = join(cwd, folder, 'scenario.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('no running event loop', 'another text'));
  const { code, stdout } = await scenario(cwd, ['check']);
  expect(code).toBe(1);
  expect(stdout).toContain('-log log-absent-backend');
  expect(stdout).toContain('+log log-absent-backend');
  expect(await scenario(cwd, ['check', '--write'])).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, folder, 'run.sh'), 'utf8')).toContain('another text');
});

test('a broken scenario file is told with line, column and caret; the others are checked all the same', async () => {
  const cwd = project();
  const path = join(cwd, folder, 'scenario.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('kind: api', 'kind: apii'));
  const { code, stdout } = await scenario(cwd, ['check']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/scenario\.yaml:\d+:\d+ /);
  expect(stdout).toContain('^^^^');
});

test('the library of this repository is as its scenario files give it', async () => {
  expect(await scenario(root, ['check'])).toMatchObject({ code: 0, stderr: '' });
});

test('what drives a browser is taken away when its scenario visits no page any more', async () => {
  const cwd = project();
  const path = `${folder}/ui.mjs`;
  cpSync(join(root, 'generated/training/training-from-the-page/ui.mjs'), join(cwd, path));
  const { code, stdout } = await scenario(cwd, ['check', '--json']);
  expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
    code: 1,
    findings: [{ code: 'left-over', path }],
  });
  const written = await scenario(cwd, ['check', '--write', '--json']);
  expect({ code: written.code, ...(JSON.parse(written.stdout) as object) }).toMatchObject({
    code: 0,
    removed: [path],
  });
  expect(Object.keys(treeOf(cwd))).not.toContain(path);
});
