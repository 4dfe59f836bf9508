import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Builds the command line once before the tests: processes start from the bundle, as a user's do. And a folder for what tests leave. */
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
  const folders = mkdtempSync(join(tmpdir(), 'new-scenario-tests-'));
  // Others than root run there, too.
  chmodSync(folders, 0o755);
  process.env['NEW_SCENARIO_TEST_FOLDERS'] = folders;
  return () => {
    for (const folder of [dist, folders]) rmSync(folder, { recursive: true, force: true });
  };
}
