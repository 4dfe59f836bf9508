import { accessSync, constants, lstatSync, readFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { Told } from '../errors.ts';
import { cannotWrite } from './errno.ts';
import { insideProject } from './project-path.ts';

/** One file to put in place: path relative to the project root ('/'-separated). */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/** A file of the tree as it is now. */
export interface PresentFile {
  readonly path: string;
  readonly stat: Stats;
}

/** One file to put, and what it replaces. */
export interface Put {
  readonly file: PlannedFile;
  readonly present: PresentFile | undefined;
}

/** What has to be done, and what is there now (nothing, for a new file). */
export interface Differences {
  readonly puts: readonly Put[];
  readonly removals: readonly PresentFile[];
}

/** Compares the plan with the tree; reads only. Refuses unsafe paths and whatever is plainly in the way. */
export function findDifferences(
  root: string,
  files: readonly PlannedFile[],
  remove: readonly string[],
  staging: string,
): Differences {
  const planned = files.map((file) => ({ ...file, path: insideProject(root, file.path) }));
  const removed = remove.map((path) => insideProject(root, path));
  refuseClashes(
    planned.map(({ path }) => path),
    removed,
    staging,
  );
  const puts = planned.map((file) => ({ file, present: presentFile(root, file.path) }));
  return {
    puts: puts.filter(
      ({ file, present }) => present === undefined || isDifferent(root, file, present),
    ),
    removals: removed.map((path) => presentFile(root, path)).filter((file) => file !== undefined),
  };
}

/** The permission bits a file should have: what it has, with the right to execute as planned. */
export function wantedMode(present: Stats, executable: boolean): number {
  const mode = present.mode & 0o777;
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}

/** The folders above a path that do not exist yet, parents first. */
export function missingFolders(root: string, path: string): string[] {
  const folder = dirname(path);
  if (folder === '.' || stat(root, folder) !== undefined) return [];
  return [...missingFolders(root, folder), folder];
}

/**
 * Two plans for one place would be a bug in the caller: which of them wins is not decided here. Nor can one name be
 * a file and a folder.
 */
function refuseClashes(
  planned: readonly string[],
  removed: readonly string[],
  staging: string,
): void {
  const seen = new Set<string>();
  const folders = new Set(planned.flatMap(foldersAbove));
  for (const path of [...planned, ...removed]) {
    if (seen.has(path)) throw new Error(`${path} is planned twice`);
    if (folders.has(path)) throw new Error(`${path} is planned as a file and as a folder`);
    if (path === staging || path.startsWith(`${staging}/`))
      throw new Error(`${path} is in staging`);
    seen.add(path);
  }
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...foldersAbove(folder), folder];
}

function presentFile(root: string, path: string): PresentFile | undefined {
  const found = stat(root, path);
  if (found === undefined) return undefined;
  if (!found.isFile())
    throw inTheWay(path, found.isDirectory() ? 'a folder' : 'something that is no file');
  return { path, stat: found };
}

function stat(root: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (error) {
    throw cannotWrite(error, path);
  }
}

function isDifferent(root: string, file: PlannedFile, present: PresentFile): boolean {
  const sameMode =
    wantedMode(present.stat, file.executable === true) === (present.stat.mode & 0o777);
  return !sameMode || !hasText(root, file, present.stat);
}

/** Also refuses a file that may not be written: a rename would replace it all the same. */
function hasText(root: string, file: PlannedFile, present: Stats): boolean {
  const path = join(root, file.path);
  try {
    const wanted = Buffer.from(file.text);
    if (wanted.length === present.size && wanted.equals(readFileSync(path))) return true;
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    throw cannotWrite(error, file.path);
  }
}

function inTheWay(path: string, what: string): Told {
  return new Told(`cannot write ${path}: ${what} of that name is in the way; nothing was written`, {
    code: 'cannot-write',
    where: path,
    cure: 'move it away and try again',
  });
}
