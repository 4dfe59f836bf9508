import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastingFolder } from '../support/folders.ts';

/** Path → text; a path that ends in '/' is an empty folder, one that ends in '*' an executable. */
export type Tree = Readonly<Record<string, string>>;

/** A new folder that holds this tree, until all tests have ended. */
export function plant(tree: Tree): string {
  const root = lastingFolder();
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
