import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the command line once before the tests: processes start from the bundle, as a user's do. */
export function setup(): void {
  const root = join(import.meta.dirname, '..', '..');
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/build.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
}
