import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { compileOptions } from '../../src/files/templates.ts';

const names = ['scenario.md.hbs', 'run.sh.hbs', 'guide.md.hbs', 'ui.mjs.hbs'];

/** Puts the compiled templates in the place of `src/files/ready-templates.ts`. */
export function readyTemplates(folder: string): Plugin {
  return {
    name: 'ready-templates',
    setup(build) {
      build.onLoad({ filter: /[/\\]files[/\\]ready-templates\.ts$/ }, async () => {
        const entries = await Promise.all(names.map((name) => entryOf(join(folder, name))));
        return { contents: `export const readyTemplates = new Map([${entries.join(',')}]);` };
      });
    },
  };
}

async function entryOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return `[${JSON.stringify(text)}, ${String(Handlebars.precompile(text, compileOptions))}]`;
}
