import { existsSync, lstatSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { cannotWrite, isErrno } from './errno.ts';
import type { Change, Journal } from './journal.ts';
import type { Steps } from './steps.ts';

/** Where a commit happens. */
export interface Site {
  readonly root: string;
  readonly staging: string;
}

/** Makes every change of the journal that has not been made yet. Safe to be killed and done again. */
export function* placeAll(site: Site, journal: Journal): Steps {
  for (const folder of journal.folders) yield* telling(folder, makeFolder(site, folder));
  for (const change of journal.changes) yield* telling(change.path, place(site, change));
}

/** Takes back every change that has been made. Safe to be killed and done again. */
export function* takeBackAll(site: Site, journal: Journal): Steps {
  for (const change of journal.changes.toReversed()) {
    yield* telling(change.path, takeBack(site, change));
  }
  for (const folder of journal.folders.toReversed()) {
    yield `remove ${folder}`;
    removeEmpty(join(site.root, folder));
  }
}

/** Removes the folders that the removals emptied; nothing depends on it, so nothing fails with it. */
export function removeEmptied(root: string, journal: Journal): void {
  for (const folder of journal.emptied) removeEmpty(join(root, folder));
}

/** Whether a file that is still to be changed is no longer what the commit saw: somebody worked on it after a crash. */
export function wasEditedSince(root: string, staging: string, journal: Journal): boolean {
  return journal.changes.some(
    (change) =>
      !isMade(root, staging, change) && looks(join(root, change.path)) !== expected(change),
  );
}

/** Names the file in the error, when one of the steps fails. */
export function* telling(path: string, steps: Steps): Steps {
  try {
    yield* steps;
  } catch (error) {
    throw cannotWrite(error, path);
  }
}

function* makeFolder({ root }: Site, folder: string): Steps {
  yield `make ${folder}`;
  mkdirSync(join(root, folder), { recursive: true });
}

function* place({ root, staging }: Site, change: Change): Steps {
  if (isMade(root, staging, change)) return;
  yield `place ${change.path}`;
  const target = join(root, change.path);
  if (change.staged !== undefined) renameSync(join(root, staging, change.staged), target);
  else if (change.kept !== undefined) renameIfThere(target, join(root, staging, change.kept));
}

function* takeBack({ root, staging }: Site, change: Change): Steps {
  if (!isMade(root, staging, change)) return;
  yield `take back ${change.path}`;
  const target = join(root, change.path);
  if (change.kept !== undefined) renameIfThere(join(root, staging, change.kept), target);
  else if (change.staged !== undefined) renameIfThere(target, join(root, staging, change.staged));
}

/** A staged text leaves the staging folder when it is placed; a removed file arrives there. */
function isMade(root: string, staging: string, change: Change): boolean {
  if (change.staged !== undefined) return !existsSync(join(root, staging, change.staged));
  return change.kept !== undefined && existsSync(join(root, staging, change.kept));
}

function renameIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function looks(path: string): string {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.size} ${stat.mtimeMs}`;
}

function expected({ was }: Change): string {
  return was === undefined ? 'absent' : `${was.size} ${was.mtimeMs}`;
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
