import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the command line once before the tests: processes start from the bundle, as a user's do. */
export function setup(): () => void {
  const root = join(import.meta.dirname, '..', '..');
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const dist = mkdtempSync(join(cache, 'dist-'));
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/build.ts'), dist], {
    cwd: root,
    stdio: 'inherit',
  });
  process.env['NEW_SCENARIO_TEST_DIST'] = dist;
  return () => rmSync(dist, { recursive: true, force: true });
}
