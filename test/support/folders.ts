import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder that goes away when all tests have ended: modules are shared by the test files of a worker. */
export function lastingFolder(name = 'project'): string {
  return mkdtempSync(join(process.env['NEW_SCENARIO_TEST_FOLDERS'] ?? tmpdir(), `${name}-`));
}
