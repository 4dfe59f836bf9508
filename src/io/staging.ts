import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Steps } from './steps.ts';

/**
 * Makes the staging folder. It appears, with the folders above it that are missing, by one rename, and holds a record
 * of which folders those are: killed at any point, what is to be removed can be told from what was there before.
 */
export function* openStaging(root: string, staging: string): Steps {
  const first = ancestry(staging).find((folder) => !existsSync(join(root, folder))) ?? staging;
  const aside = join(root, asideOf(first));
  const built = join(aside, staging.slice(first.length));
  yield 'build the staging folder aside';
  mkdirSync(join(built, 'new'), { recursive: true });
  mkdirSync(join(built, 'old'));
  writeFileSync(join(built, 'first'), first);
  yield 'put the staging folder in place';
  renameSync(aside, join(root, first));
}

/** Removes the staging folder, and those folders made for it that hold nothing else; it disappears by one rename. */
export function* closeStaging(root: string, staging: string): Steps {
  const top = topmostOfOurs(root, staging);
  const aside = join(root, asideOf(top));
  yield 'take the staging folder away';
  renameSync(join(root, top), aside);
  yield 'remove what was taken away';
  rmSync(aside, { recursive: true, force: true });
}

/** Whether a command was killed between opening and closing. */
export function isLeftOver(root: string, staging: string): boolean {
  return existsSync(join(root, staging)) || leftAside(root, staging).length > 0;
}

/** Removes what a killed command had not put in place yet, or had taken away already. */
export function sweepAside(root: string, staging: string): void {
  for (const folder of leftAside(root, staging))
    rmSync(join(root, folder), { recursive: true, force: true });
}

function leftAside(root: string, staging: string): string[] {
  return ancestry(staging)
    .map(asideOf)
    .filter((folder) => existsSync(join(root, folder)));
}

/** A name that nobody else uses: whatever has it is ours to delete. */
function asideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.new-scenario-aside`);
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function ancestry(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function topmostOfOurs(root: string, staging: string): string {
  const folders = ancestry(staging);
  const made = folders.slice(Math.max(0, folders.indexOf(recordedFirst(root, staging))));
  const shared = made.findLastIndex(
    (folder, index) => folder !== staging && holdsOthers(join(root, folder), made[index + 1] ?? ''),
  );
  return made[shared + 1] ?? staging;
}

function recordedFirst(root: string, staging: string): string {
  const record = join(root, staging, 'first');
  return existsSync(record) ? readFileSync(record, 'utf8') : staging;
}

function holdsOthers(folder: string, ours: string): boolean {
  return readdirSync(folder).some((name) => name !== basename(ours));
}
