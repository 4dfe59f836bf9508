/**
 * Builds `dist/`, or the folder that is named: the bundled command line, and the shipped profiles as JSON so that no YAML is
 * parsed at start. Tests name a folder of their own, so that runs side by side don't take each other's files away.
 */
import { mkdir, rm, writeFile, chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { compileProfile } from '../src/profile/compile.ts';
import { profileFiles } from '../src/profile/load.ts';
import { parseProfile } from '../src/profile/parse.ts';

const root = join(import.meta.dirname, '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(root, 'src/cli.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  // Loaded only when someone is asked, or when a text could break the style: they stay packages of their own.
  external: ['plop', 'node-plop', 'inquirer', 'prettier'],
  // CommonJS packages inside the bundle ask for Node's own modules by `require`.
  banner: {
    js: "import{createRequire as __makeRequire}from'node:module';const require=__makeRequire(import.meta.url);",
  },
});
await chmod(join(dist, 'cli.js'), 0o755);

await mkdir(join(dist, 'profiles'), { recursive: true });
for (const name of ['ktrdr']) {
  const files = await profileFiles(join(root, 'profiles', name), root);
  await writeFile(join(dist, 'profiles', `${name}.json`), compileProfile(parseProfile(files)));
}
