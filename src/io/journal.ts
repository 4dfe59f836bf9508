import { isMapping } from '../mapping.ts';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Told } from '../errors.ts';
import { insideProject } from './project-path.ts';

/** One change of the tree: put a new file, replace one, or remove one. Paths are relative to the root. */
export interface Change {
  readonly path: string;
  /** The new text inside the staging folder; absent for a removal. Once it is gone from there, it has been placed. */
  readonly staged?: string;
  /** The old version inside the staging folder; absent where there was none. */
  readonly kept?: string;
  /** What the old version looked like, to notice an edit made between a crash and its healing. */
  readonly was?: { readonly size: number; readonly mtimeMs: number };
}

/** All that is needed to finish or undo a commit without knowing why it was begun. */
export interface Journal {
  readonly version: 1;
  readonly changes: readonly Change[];
  /** Folders to be made, parents first. */
  readonly folders: readonly string[];
  /** Folders that may be removed when the removals leave them empty, children first. */
  readonly emptied: readonly string[];
}

/** Which way a commit that was found unfinished goes on. */
export type Direction = 'forward' | 'back';

const fileOf: Readonly<Record<Direction, string>> = { forward: 'journal.json', back: 'undo.json' };

/** The commit point: before the rename a crash is rolled back, after it forward. */
export function sealJournal(root: string, staging: string, journal: Journal): void {
  const draft = join(root, staging, 'journal.draft');
  writeFileSync(draft, JSON.stringify(journal));
  renameSync(draft, join(root, staging, fileOf.forward));
}

/** From here on the commit is undone, also when the undoing is killed. */
export function turnBack(root: string, staging: string): void {
  renameSync(join(root, staging, fileOf.forward), join(root, staging, fileOf.back));
}

/** What a killed command left; undefined when it had not reached the commit point. */
export function findJournal(
  root: string,
  staging: string,
): { direction: Direction; journal: Journal } | undefined {
  const direction = (['back', 'forward'] as const).find((way) =>
    existsSync(join(root, staging, fileOf[way])),
  );
  if (direction === undefined) return undefined;
  const file = `${staging}/${fileOf[direction]}`;
  return { direction, journal: parseJournal(readFileSync(join(root, file), 'utf8'), root, file) };
}

/** The folder may come with a cloned repository, so nothing in it is believed: no path leaves the project or staging. */
function parseJournal(text: string, root: string, file: string): Journal {
  const journal = parseJson(text);
  if (!isJournal(journal)) {
    throw new Told('the record of an interrupted command cannot be read', {
      code: 'broken-journal',
      where: file,
      cure: `compare the project with its last commit, then delete the folder of ${file}`,
    });
  }
  for (const { path } of journal.changes) insideProject(root, path);
  for (const folder of [...journal.folders, ...journal.emptied]) insideProject(root, folder);
  return journal;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJournal(value: unknown): value is Journal {
  return (
    isMapping(value) &&
    value['version'] === 1 &&
    isListOf(value['changes'], isChange) &&
    isListOf(value['folders'], isText) &&
    isListOf(value['emptied'], isText)
  );
}

function isChange(value: unknown): value is Change {
  if (!isMapping(value) || !isText(value['path'])) return false;
  const { staged, kept, was } = value;
  return (
    (staged === undefined || (isText(staged) && /^new\/\d+$/.test(staged))) &&
    (kept === undefined || (isText(kept) && /^old\/\d+$/.test(kept))) &&
    (staged !== undefined || kept !== undefined) &&
    (was === undefined || isMapping(was))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}
