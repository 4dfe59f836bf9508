import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, found upward from this module: in `src/` and in `dist/` alike. */
export function packageRoot(): string {
  for (
    let folderPath = dirname(fileURLToPath(import.meta.url));
    ;
    folderPath = dirname(folderPath)
  ) {
    if (existsSync(join(folderPath, 'templates', 'runtime.sh'))) return folderPath;
    if (dirname(folderPath) === folderPath) throw new Error('the package has lost its templates');
  }
}
