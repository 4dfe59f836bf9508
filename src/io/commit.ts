import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { Told } from '../errors.ts';
import { findDifferences, missingFolders, wantedMode } from './differences.ts';
import type { Differences, PlannedFile, PresentFile, Put } from './differences.ts';
import { cannotWrite, isErrno } from './errno.ts';
import { findJournal, sealJournal, turnBack } from './journal.ts';
import type { Change, Journal } from './journal.ts';
import { holdingLock } from './lock.ts';
import type { LockOptions } from './lock.ts';
import { placeAll, removeEmptied, takeBackAll, telling, wasEditedSince } from './place.ts';
import type { Site } from './place.ts';
import { insideProject } from './project-path.ts';
import { closeStaging, isLeftOver, openStaging, sweepAside } from './staging.ts';
import { takeAll } from './steps.ts';
import type { Steps } from './steps.ts';

export type { PlannedFile } from './differences.ts';

/** Where a commit happens, and what it takes away. */
export interface CommitOptions {
  /** The project's root, absolute. */
  readonly root: string;
  /** Folder for the time of the commit, relative to the root, inside the output tree: `generated/.staging`. */
  readonly staging: string;
  /** Files to remove in the same commit; those that are absent are ignored. */
  readonly remove?: readonly string[];
}

/** What {@link heal} did. */
export type Healed = 'rolled-forward' | 'rolled-back';

/**
 * Puts all files in place, in the order given, or none. Files that are already as planned are not touched.
 * To be called inside {@link withProjectLock}.
 *
 * Everything is staged first, then a journal is put beside it by one rename: the commit point. An error before or
 * after it undoes all. A process killed before it leaves the tree as it was, after it a tree that {@link heal} completes.
 * That holds for killed processes; nothing is fsynced, so a power failure can lose what was written last.
 */
export async function commitFiles(
  files: readonly PlannedFile[],
  options: CommitOptions,
): Promise<void> {
  takeAll(commitInSteps(files, options));
}

/** Runs `fn` while no other process generates in this project; finishes or undoes what a killed one left. */
export async function withProjectLock<T>(
  root: string,
  staging: string,
  fn: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  return holdingLock(
    root,
    async () => {
      takeAll(healInSteps(root, staging));
      return fn();
    },
    options,
  );
}

/** Rolls a crashed commit forward or back; tells what it did, or undefined when there was nothing. */
export async function heal(root: string, staging: string): Promise<Healed | undefined> {
  // Without the lock, what looks like a crash may be another process at work.
  if (!isLeftOver(root, staging)) return undefined;
  return holdingLock(root, async () => takeAll(healInSteps(root, staging)));
}

/** {@link commitFiles}, telling of each step. */
export function* commitInSteps(files: readonly PlannedFile[], options: CommitOptions): Steps {
  const { root } = options;
  const staging = insideProject(root, options.staging);
  if (isLeftOver(root, staging)) throw new Error(`${staging} is in use: commit under the lock`);
  const differences = findDifferences(root, files, options.remove ?? [], staging);
  if (differences.puts.length + differences.removals.length === 0) return;
  const journal = toJournal(root, staging, differences);
  const site = { root, staging };
  yield* stageAll(site, differences, journal);
  yield* placeOrUndo(site, journal);
  yield* finish(site, journal);
}

/** {@link heal}, telling of each step, for who holds the lock. */
export function* healInSteps(root: string, unsafe: string): Steps<Healed | undefined> {
  const staging = insideProject(root, unsafe);
  yield 'sweep';
  sweepAside(root, staging);
  if (!isLeftOver(root, staging)) return undefined;
  const site = { root, staging };
  const found = findJournal(root, staging);
  const healed =
    found === undefined
      ? 'rolled-back'
      : yield* goOn(site, found.direction === 'forward', found.journal);
  yield* closeStaging(root, staging);
  return healed;
}

function* goOn(site: Site, forward: boolean, journal: Journal): Steps<Healed> {
  if (!forward) {
    yield* takeBackAll(site, journal);
    return 'rolled-back';
  }
  // Going forward would overwrite what a person wrote since; going back leaves those files alone.
  if (wasEditedSince(site.root, site.staging, journal)) {
    yield* undo(site, journal);
    return 'rolled-back';
  }
  yield* placeOrUndo(site, journal);
  removeEmptied(site.root, journal);
  return 'rolled-forward';
}

/** Decides every name that the commit will use. */
function toJournal(root: string, staging: string, { puts, removals }: Differences): Journal {
  const changes = [
    ...puts.map(({ file, present }, index): Change => ({
      path: file.path,
      staged: `new/${index}`,
      ...(present && { kept: `old/${index}`, was: was(present) }),
    })),
    ...removals.map((present, index): Change => ({
      path: present.path,
      kept: `old/${puts.length + index}`,
      was: was(present),
    })),
  ];
  const folders = new Set(puts.flatMap(({ file }) => missingFolders(root, file.path)));
  const emptied = new Set(removals.flatMap(({ path }) => foldersBetween(dirname(staging), path)));
  return { version: 1, changes, folders: [...folders], emptied: [...emptied] };
}

function was({ stat }: PresentFile): Required<Change>['was'] {
  return { size: stat.size, mtimeMs: stat.mtimeMs };
}

/** The folders of a path below `top`, children first: what removals leave empty inside the output tree goes too. */
function foldersBetween(top: string, path: string): string[] {
  const folder = dirname(path);
  return folder.startsWith(`${top}/`) ? [folder, ...foldersBetween(top, folder)] : [];
}

/** Writes all that the commit needs, so that placing only renames. Nothing of the tree is touched yet. */
function* stageAll(site: Site, { puts }: Differences, journal: Journal): Steps {
  const { root, staging } = site;
  try {
    yield* telling(staging, openStaging(root, staging));
    for (const [index, put] of puts.entries()) {
      yield* telling(put.file.path, stage(site, index, put));
    }
    yield* telling(staging, seal(site, journal));
  } catch (error) {
    yield* discard(site);
    throw error;
  }
}

function* stage({ root, staging }: Site, index: number, { file, present }: Put): Steps {
  yield `stage ${file.path}`;
  const staged = join(root, staging, 'new', String(index));
  const executable = file.executable === true;
  // The process's umask applies to new files, as everywhere.
  writeFileSync(staged, file.text, { flag: 'wx', mode: executable ? 0o777 : 0o666 });
  if (present === undefined) return;
  keepOwner(staged, present);
  chmodSync(staged, wantedMode(present.stat, executable));
  keepOld(join(root, file.path), present.stat, join(root, staging, 'old', String(index)));
}

function* seal({ root, staging }: Site, journal: Journal): Steps {
  yield 'seal the journal';
  sealJournal(root, staging, journal);
}

/** As root in a container, a replaced file stays its owner's. */
function keepOwner(staged: string, { stat }: PresentFile): void {
  if (process.getuid?.() === 0) chownSync(staged, stat.uid, stat.gid);
}

/** A second name for the old version; a copy where the file system, or the file's owner, allows no second name. */
function keepOld(path: string, stat: Stats, kept: string): void {
  try {
    linkSync(path, kept);
  } catch (error) {
    if (!isErrno(error)) throw error;
    copyFileSync(path, kept);
    utimesSync(kept, stat.atimeMs / 1000, stat.mtimeMs / 1000);
  }
}

function* placeOrUndo(site: Site, journal: Journal): Steps {
  try {
    yield* placeAll(site, journal);
  } catch (error) {
    yield* undoFor(site, journal, error);
    yield* discard(site);
    throw error;
  }
}

function* undo(site: Site, journal: Journal): Steps {
  yield 'turn back';
  turnBack(site.root, site.staging);
  yield* takeBackAll(site, journal);
}

function* undoFor(site: Site, journal: Journal, reason: unknown): Steps {
  try {
    yield* undo(site, journal);
  } catch (error) {
    throw new Told(
      `the files could not be put in place, nor all be taken back: ${messageOf(error)}`,
      {
        code: 'cannot-undo',
        where: site.staging,
        cure: `the old versions are kept in ${site.staging}; put the cause right, and the next command takes the rest back`,
        cause: reason,
      },
    );
  }
}

/** The tree is as it was; what remains of the staging folder when this fails too, the next command removes. */
function* discard({ root, staging }: Site): Steps {
  try {
    if (existsSync(join(root, staging))) yield* closeStaging(root, staging);
    sweepAside(root, staging);
  } catch (error) {
    if (!(error instanceof Told) && !isErrno(error)) throw error;
  }
}

/** Everything is in place, so a failure here is none: the next command finds the folder and removes it. */
function* finish(site: Site, journal: Journal): Steps {
  try {
    removeEmptied(site.root, journal);
    yield* closeStaging(site.root, site.staging);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function messageOf(error: unknown): string {
  const told = cannotWrite(error, 'them');
  return told instanceof Error ? told.message : String(told);
}
