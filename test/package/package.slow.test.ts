import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';

/** Everything that is in the tarball, `*` where a version of Node stands. */
const contents = [
  'LICENSE',
  'README.md',
  'dist/cli.js',
  'dist/ktrdr.mjs',
  'dist/package.json',
  'dist/profiles/ktrdr.json',
  'dist/program-*.cache',
  'dist/program.cjs',
  'examples/answers.yaml',
  'package.json',
  ...readdirSync(join(root, 'profiles/ktrdr'), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `profiles/ktrdr/${name}`),
  'templates/guide.md.hbs',
  'templates/run.sh.hbs',
  'templates/runtime.sh',
  'templates/scenario.md.hbs',
  'templates/report.css',
  'templates/report.js',
  'templates/ui.mjs.hbs',
].toSorted();

const answers = join(root, 'examples/answers.yaml');

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let folder = '';
let project = '';
let packed: Packed;

/** Packs the repository and installs the tarball in an empty project elsewhere. */
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'new-scenario-package-')));
  project = join(folder, 'project');
  mkdirSync(project);
  mkdirSync(join(folder, 'tmp'));
  writeFileSync(join(project, 'package.json'), '{ "name": "elsewhere", "private": true }\n');
  const told = npm(['pack', '--json', '--silent', '--pack-destination', folder], root);
  // What the build prints stands before the document.
  [packed] = JSON.parse(told.slice(told.indexOf('[\n'))) as [Packed];
  const tarball = join(folder, packed.filename);
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', tarball], project);
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A command of the installed package, with a folder for temporary files that nothing else uses. */
function npx(...words: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('npx', ['--no', '--', ...words], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', TMPDIR: join(folder, 'tmp') },
  });
  return { code: status, stdout, stderr };
}

test('the tarball holds the program, its templates, profiles and examples, and nothing else', () => {
  const paths = packed.files.map(({ path }) =>
    path.replace(/program-.+\.cache$/, 'program-*.cache'),
  );
  expect(paths.toSorted()).toEqual(contents);
  expect(packed.files.find(({ path }) => path === 'dist/cli.js')?.mode).toBe(0o755);
  // Half of it is the compiled program; lint and reports brought it over the former megabyte, the Markdown reader and the search over 1.2.
  expect(packed.size).toBeLessThan(1_300_000);
});

test('the program is ASCII, for it is read as Latin-1', () => {
  const program = join(project, 'node_modules/new-scenario/dist/program.cjs');
  expect(readFileSync(program).findIndex((byte) => byte > 0x7f)).toBe(-1);
});

describe('installed in an empty project', { timeout: 120_000 }, () => {
  test('new-scenario --from makes the bytes that it makes here', async () => {
    const here = freshFolder();
    const before = installed();
    expect(npx('new-scenario', '--from', answers)).toMatchObject({ code: 0 });
    expect(await scenario(here, ['new', '--from', answers])).toMatchObject({ code: 0 });
    expect(made()).toEqual(treeOf(here));
    expect(installed()).toEqual(before);
  });

  test('a text that needs prettier, and templates that need the compiler', () => {
    const own = join(project, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'scenario.md.hbs'), '# {{name}}\n');
    writeFileSync(join(project, 'scenario.config.yaml'), 'templates: own\n');
    const { code, stdout } = npx(
      'new-scenario',
      '--from',
      answers,
      '--set',
      'name=Own *1*',
      '--dry-run',
    );
    rmSync(own, { recursive: true });
    rmSync(join(project, 'scenario.config.yaml'));
    expect(code).toBe(0);
    expect(stdout).toContain('+# Own');
  });

  test('list, plan, check and run work there', () => {
    const id = 'training/training-cancellation';
    const listed = JSON.parse(npx('scenario', 'list', '--json').stdout) as unknown;
    expect(listed).toMatchObject({ scenarios: [{ id, status: 'not-run' }] });
    const planned = JSON.parse(npx('scenario', 'plan', 'docs', '--json').stdout) as unknown;
    expect(planned).toMatchObject({ milestones: [], notes: [] });
    expect(npx('scenario', 'check', '--json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"ok": true') as string,
    });
    const run = npx('scenario', 'run', id, '--sandbox', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, runs: [{ id, verdict: 'passed' }] });
  });

  test('nothing is left behind outside of the project', () => {
    // tsx and npm keep things of their own; ours would bear our name.
    const left = readdirSync(join(folder, 'tmp')).filter((name) => /scenario|ktrdr/.test(name));
    expect(left).toEqual([]);
    expect(readdirSync(project).toSorted()).toEqual([
      '.scenario',
      'docs',
      'generated',
      'node_modules',
      'package-lock.json',
      'package.json',
    ]);
  });
});

/** The files of the installed package. */
function installed(): object {
  return treeOf(join(project, 'node_modules/new-scenario'));
}

/** What the command made in the project. */
function made(): object {
  const ours = Object.entries(treeOf(project)).filter(([path]) =>
    /^(?:generated|docs)\//.test(path),
  );
  return Object.fromEntries(ours);
}
