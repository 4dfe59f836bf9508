import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Makes a folder for the PATH that holds `ktrdr`; resolves with it. */
export async function writeShim(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const file = join(bin, 'ktrdr');
  const words = [process.execPath, ...program()].map(
    (one) => `'${one.replaceAll("'", String.raw`'\''`)}'`,
  );
  await writeFile(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  await chmod(file, 0o755);
  return bin;
}

/** What node runs: the built program beside the bundle, or the source through tsx. */
function program(): readonly string[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const built = join(here, 'ktrdr.mjs');
  if (existsSync(built)) return [built];
  const tsx = createRequire(import.meta.url).resolve('tsx');
  return ['--import', pathToFileURL(tsx).href, join(here, 'main.ts')];
}
