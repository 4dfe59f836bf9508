import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profileFiles } from '../../src/profile/load.ts';
import { parseProfile } from '../../src/profile/parse.ts';

/** The folder of this repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files of the shipped profile, those of its versions among them. */
export const ktrdrFiles = await profileFiles(join(root, 'profiles/ktrdr'), root);

/** The shipped profile. */
export const ktrdr = parseProfile(ktrdrFiles);
