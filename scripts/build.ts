/**
 * Builds `dist/`, or the folder that is named: the bundled command line with V8's code cache beside it, and the shipped profiles
 * as JSON so that no YAML is parsed at start. Tests name a folder of their own, so that runs side by side don't take each other's
 * files away.
 */
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { compileProfile } from '../src/profile/compile.ts';
import { profileFiles } from '../src/profile/load.ts';
import { parseProfile } from '../src/profile/parse.ts';
import { readyTemplates } from './build/templates.ts';

const root = join(import.meta.dirname, '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));

/** Loaded only when someone is asked, when a text could break the style, or when a document is read: they stay packages of their own. */
const external = ['plop', 'node-plop', 'inquirer', 'prettier', 'markdown-it'];

await rm(dist, { recursive: true, force: true });
await bundle();
await shipProfiles();
await warmUp();

/** One file, in which a module runs when a command first asks for it: V8 takes it from its cache, however long it is. */
async function bundle(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/cli.ts')],
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.12',
    // The launcher reads the text as Latin-1.
    charset: 'ascii',
    minify: true,
    legalComments: 'none',
    external,
    define: { 'import.meta.url': '__url' },
    plugins: [readyTemplates(join(root, 'templates'))],
  });
  const text = outputFiles[0]?.text ?? '';
  const program = escaped(text.replaceAll(/\bimport\(("[^"]+")\)/g, '__import($1)'));
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'program.cjs'), `(function(require,__url,__import){${program}})`);
  await copyFile(join(root, 'scripts/build/launcher.cjs'), join(dist, 'cli.js'));
  await chmod(join(dist, 'cli.js'), 0o755);
  await build({
    entryPoints: [join(root, 'src/sandbox/cli/main.ts')],
    outfile: join(dist, 'ktrdr.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.12',
    minify: true,
    logLevel: 'error',
  });
  await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
}

/** esbuild leaves regular expressions as they are written; there an escape means the same. */
function escaped(program: string): string {
  return program.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function shipProfiles(): Promise<void> {
  await mkdir(join(dist, 'profiles'), { recursive: true });
  for (const name of ['ktrdr']) {
    const files = await profileFiles(join(root, 'profiles', name), root);
    await writeFile(join(dist, 'profiles', `${name}.json`), compileProfile(parseProfile(files)));
  }
}

/** Makes a scenario and checks it, so that what these commands use stands compiled in the cache. */
async function warmUp(): Promise<void> {
  const project = await mkdtemp(join(tmpdir(), 'new-scenario-build-'));
  const answers = join(root, 'examples/answers.yaml');
  try {
    for (const command of [['new', '--from', answers], ['check']]) {
      const keepCache = join(root, 'scripts/build/keep-cache.cjs');
      const line = ['--require', keepCache, '--', join(dist, 'cli.js'), ...command];
      execFileSync(process.execPath, [...line, '--cwd', project], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}
