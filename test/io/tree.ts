import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** Path → text; a path that ends in '/' is an empty folder, one that ends in '*' an executable. */
export type Tree = Readonly<Record<string, string>>;

const garden = mkdtempSync(join(tmpdir(), 'new-scenario-io-'));
// Others than root run there, too.
chmodSync(garden, 0o755);
afterAll(() => rmSync(garden, { recursive: true, force: true }));

/** A new folder that holds this tree, until the tests of the file have ended. */
export function plant(tree: Tree): string {
  const root = mkdtempSync(join(garden, 'project-'));
  for (const [path, text] of Object.entries(tree)) plantOne(root, path, text);
  return root;
}

/** All that is below a folder, in the form that {@link plant} takes, with modes beside texts. */
export function harvest(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const found = entries.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isDirectory()) return [`${name}/`, ''];
    if (entry.isSymbolicLink()) return [name, 'link'];
    return [name, `${(statSync(path).mode & 0o777).toString(8)} ${readFileSync(path, 'utf8')}`];
  });
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function plantOne(root: string, path: string, text: string): void {
  const place = join(root, path.replace(/\*$/, ''));
  mkdirSync(path.endsWith('/') ? place : dirname(place), { recursive: true });
  if (path.endsWith('/')) return;
  writeFileSync(place, text);
  chmodSync(place, path.endsWith('*') ? 0o755 : 0o644);
}
