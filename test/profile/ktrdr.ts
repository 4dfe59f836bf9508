import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseProfile } from '../../src/profile/parse.ts';

/** The folder of this repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const folder = new URL('../../profiles/ktrdr/', import.meta.url);

/** The files of the shipped profile. */
export const ktrdrFiles = readdirSync(folder)
  .toSorted()
  .map((name) => ({
    path: `profiles/ktrdr/${name}`,
    text: readFileSync(new URL(name, folder), 'utf8'),
  }));

/** The shipped profile. */
export const ktrdr = parseProfile(ktrdrFiles);
