import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import { shortHash } from '../files/hash.ts';
import type { IndexRow } from '../files/index-page.ts';
import {
  proofSchema,
  resultSchema,
  type RecordedProof,
  type RecordedRun,
} from '../files/records.ts';
import { standingOf } from '../files/standing.ts';
import { exerciseOf, type KnownRow } from '../find/exercise.ts';
import type { Profile } from '../profile/schema.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import { piecesOf, withPieces } from '../scenario/pieces.ts';
import { resolveText, scenarioIn } from '../scenario/read.ts';
import type { Others } from '../scenario/uses.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { cannotWrite } from './errno.ts';
import { pieceAt } from './piece-text.ts';
import type { Project } from './project.ts';
import { textAt } from './read-text.ts';

/** A scenario of the project, read and resolved. */
export interface LibraryEntry {
  readonly scenario: Scenario;
  readonly resolved: Resolved;
  readonly runs: readonly RecordedRun[];
  readonly proof?: RecordedProof;
}

/** The ids (`<domain>/<slug>`) of all scenarios in the project, sorted. */
export function scenarioIds(project: Project): readonly string[] {
  const output = join(project.root, project.output);
  return foldersIn(output)
    .flatMap((domain) => foldersIn(join(output, domain)).map((slug) => `${domain}/${slug}`))
    .filter((id) => existsSync(join(output, id, 'scenario.yaml')))
    .toSorted();
}

function foldersIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : [],
  );
}

/** Reads one scenario. Throws a {@link Told} when its file, or a record beside it, is broken or isn't there. */
export function readEntry(project: Project, profile: Profile, id: string): LibraryEntry {
  const path = `${project.output}/${id}/scenario.yaml`;
  const text = textAt(project.root, path, exitCodes.notWell) ?? '';
  const { scenario, resolved } = resolveText(text, id, path, profile, othersIn(project));
  const textOf = (file: string): string | undefined => pieceAt(project, id, file);
  return { scenario, resolved: withPieces(resolved, textOf), ...recordsOf(project, id) };
}

/** The scenarios of the project, for one that builds on another. */
export function othersIn(project: Project): Others {
  return {
    ids: scenarioIds(project),
    find: (id) => {
      const path = `${project.output}/${id}/scenario.yaml`;
      if (!scenarioIds(project).includes(id)) return undefined;
      return scenarioIn(textAt(project.root, path) ?? '', id, path);
    },
  };
}

/** The recorded runs and the recorded proof of a scenario. */
export function recordsOf(project: Project, id: string): Pick<LibraryEntry, 'runs' | 'proof'> {
  const folder = `${project.output}/${id}`;
  const proof = readRecord(project, `${folder}/proof.json`, (value) => proofSchema.parse(value));
  const runs =
    readRecord(project, `${folder}/result.json`, (value) => resultSchema.parse(value))?.runs ?? [];
  return { runs, ...(proof === undefined ? {} : { proof }) };
}

/** Scenarios that are there but cannot be read, each with the reason. */
export function brokenAmong(
  project: Project,
  profile: Profile,
  rows: readonly IndexRow[],
): readonly { readonly id: string; readonly message: string }[] {
  const known = new Set(rows.map(({ id }) => id));
  return scenarioIds(project)
    .filter((id) => !known.has(id))
    .map((id) => ({ id, message: reasonFor(project, profile, id) }));
}

function reasonFor(project: Project, profile: Profile, id: string): string {
  try {
    readEntry(project, profile, id);
    return 'cannot be read';
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    return `${error.where ?? id}: ${error.message}`;
  }
}

function readRecord<T>(
  project: Project,
  path: string,
  parse: (value: unknown) => T,
): T | undefined {
  const full = join(project.root, path);
  if (!existsSync(full)) return undefined;
  try {
    return parse(JSON.parse(readFileSync(full, 'utf8')));
  } catch (error) {
    throw new Told('this record is broken', {
      code: 'broken-record',
      exitCode: exitCodes.notWell,
      where: path,
      cure: 'restore it from version control, or delete it: the next recorded run or proof makes a new one',
      cause: error,
    });
  }
}

/** The row of the index for one scenario. */
export function rowOf({ resolved, runs, proof }: LibraryEntry): IndexRow {
  const { id, name, domain, category, milestone, ref, durationSeconds } = resolved;
  return {
    id,
    name,
    domain,
    category,
    durationSeconds,
    ...(milestone === undefined ? {} : { milestone }),
    ...(ref === undefined ? {} : { ref }),
    standing: standingOf(checksHash(resolved), runs, proof),
  };
}

/** Raised whenever a row says something else of the same files. */
const rowShape = 4;

interface Cache {
  readonly key: string;
  readonly rows: { readonly [id: string]: CachedRow };
}

interface CachedRow extends KnownRow {
  readonly stamp: string;
  /** Its own pieces of bash, relative to its folder. */
  readonly pieces: readonly string[];
}

/** The rows of all scenarios, as {@link allKnown} has them. */
export function allRows(project: Project, profile: Profile): readonly IndexRow[] {
  return allKnown(project, profile).map(({ row }) => row);
}

/**
 * The rows of all scenarios, with what each exercises. A cache in `.scenario/` spares those whose files have not changed; deleting it changes nothing but
 * the time. Scenarios whose file is broken are left out: {@link brokenAmong} tells of them.
 */
export function allKnown(project: Project, profile: Profile): readonly KnownRow[] {
  const key = shortHash(`${rowShape} ${JSON.stringify(profile)}`);
  const cache = readCache(project, key);
  const rows: Record<string, CachedRow> = {};
  let fresh = false;
  for (const id of scenarioIds(project)) {
    const cached = cache?.rows[id];
    if (cached?.stamp === stampOf(project, id, cached?.pieces)) {
      rows[id] = cached;
      continue;
    }
    const known = knownUnlessBroken(project, profile, id);
    if (!known) continue;
    rows[id] = { stamp: stampOf(project, id, known.pieces), ...known };
    fresh = true;
  }
  if (fresh || Object.keys(rows).length !== Object.keys(cache?.rows ?? {}).length)
    writeCache(project, { key, rows });
  return Object.values(rows);
}

function knownUnlessBroken(
  project: Project,
  profile: Profile,
  id: string,
): Omit<CachedRow, 'stamp'> | undefined {
  try {
    const entry = readEntry(project, profile, id);
    const { scenario, resolved } = entry;
    return {
      row: rowOf(entry),
      exercise: exerciseOf(scenario, resolved, profile),
      pieces: piecesOf(resolved),
    };
  } catch (error) {
    if (error instanceof Told) return undefined;
    throw error;
  }
}

function stampOf(project: Project, id: string, pieces: readonly string[] = []): string {
  return ['scenario.yaml', 'result.json', 'proof.json', ...pieces]
    .map((name) => {
      const found = statSync(join(project.root, project.output, id, name), {
        throwIfNoEntry: false,
      });
      return found ? `${found.mtimeMs}:${found.size}:${found.ino}` : '-';
    })
    .join(' ');
}

/** The folder for what isn't kept in version control: runs and the cache. It ignores itself. */
export function ignoredFolder(project: Project): string {
  const folder = join(project.root, '.scenario');
  try {
    mkdirSync(folder, { recursive: true });
    const ignore = join(folder, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    throw cannotWrite(error, '.scenario');
  }
  return folder;
}

function readCache(project: Project, key: string): Cache | undefined {
  try {
    const cache = JSON.parse(
      readFileSync(join(project.root, '.scenario', 'rows.json'), 'utf8'),
    ) as Cache;
    return cache.key === key ? cache : undefined;
  } catch {
    // Absent or damaged: it is only a cache.
    return undefined;
  }
}

function writeCache(project: Project, cache: Cache): void {
  try {
    const path = join(ignoredFolder(project), 'rows.json');
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(cache));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A project that can't be written to has no cache; everything else works.
  }
}
