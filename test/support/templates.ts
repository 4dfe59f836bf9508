import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../../src/files/templates.ts';
import { root } from './ktrdr.ts';

/** The shipped templates. */
export const templates = Object.fromEntries(
  (['scenario.md.hbs', 'run.sh.hbs', 'guide.md.hbs', 'runtime.sh'] as const).map((name) => [
    name,
    readFileSync(join(root, 'templates', name), 'utf8'),
  ]),
) as unknown as Templates;
