import { statSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { isAsMade } from '../files/hash.ts';
import { pageFile } from '../files/page.ts';
import { indexPage, type IndexRow } from '../files/index-page.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { allRows, readEntry, rowOf, scenarioIds } from '../io/library.ts';
import { readTemplates, type Project } from '../io/project.ts';
import { selectIds } from '../io/select.ts';
import type { Profile } from '../profile/schema.ts';
import type { Templates } from '../files/templates.ts';
import { guideFile, runtimeFile, scaffold } from '../scaffold.ts';
import { textAt } from '../io/read-text.ts';
import { openWorkspace, type Workspace } from '../io/workspace.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario check`. */
export interface CheckOptions extends Common {
  readonly ids: readonly string[];
  readonly write: boolean;
  readonly force: boolean;
}

/** One thing that is not as it should be. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly cure: string;
  readonly diff?: string;
  /** Text with carets, for people. */
  readonly detail?: string;
}

/** Regenerates everything in memory and compares it with what is there; `--write` renews what is derived. */
export async function checkCommand(options: CheckOptions, io: Io): Promise<number> {
  const { project, profile } = await openWorkspace(options.cwd, (line) =>
    io.stderr.write(`${line}
`),
  );
  const look = async (): Promise<Judged> => judge(project, profile, options.ids);
  const judged = options.write
    ? await withProjectLock(project.root, project.staging, async () =>
        renew(project, await look(), options.force),
      )
    : await look();
  tell(judged, options, io);
  return judged.findings.some(({ severity }) => severity === 'error')
    ? exitCodes.notWell
    : exitCodes.ok;
}

interface Judged {
  readonly findings: readonly Finding[];
  /** Derived files that differ from what is there, with what is there. */
  readonly stale: readonly {
    readonly file: PlannedFile;
    readonly present: string | undefined;
    readonly finding: Finding;
  }[];
  /** Derived files that their scenario no longer gives, and nobody edited. */
  readonly left: readonly { readonly path: string; readonly finding: Finding }[];
  readonly checked: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

async function judge(
  project: Project,
  profile: Profile,
  asked: readonly string[],
): Promise<Judged> {
  const known = scenarioIds(project);
  const ids =
    asked.length === 0 ? known : selectIds({ ids: asked }, known, () => allRows(project, profile));
  const templates = readTemplates(project);
  const findings: Finding[] = [];
  const rows: IndexRow[] = [];
  const planned: PlannedFile[] = ids.length === 0 ? [] : [runtimeFile(templates, project)];
  for (const id of ids) {
    try {
      const entry = readEntry(project, profile, id);
      planned.push(...(await scaffold(entry.resolved, templates, project)));
      rows.push(rowOf(entry));
    } catch (error) {
      findings.push(findingOf(error, `${project.output}/${id}/scenario.yaml`));
    }
  }
  const left = ids.flatMap((id) => leftOf(project, id, planned));
  const stale: Judged['stale'][number][] = [];
  for (const file of [
    ...planned,
    // With a broken scenario its row can't be known, so the index is left as it is until that is mended.
    ...(findings.length > 0
      ? []
      : indexOf(
          { project, profile },
          asked.length === 0 ? rows : allRows(project, profile),
          known,
          findings,
        )),
    ...(asked.length > 0 ? [] : await guideOf(project, profile, templates)),
  ]) {
    const present = textAt(project.root, file.path);
    if (present === file.text && isModeRight(project, file)) continue;
    stale.push({ file, present, finding: driftOf(file, present, project) });
  }
  return {
    findings: [...findings, ...[...stale, ...left].map(({ finding }) => finding)],
    stale,
    left,
    checked: ids.length,
    written: [],
    removed: [],
  };
}

/** What drives a browser, of a scenario that visits no page any more. */
function leftOf(project: Project, id: string, planned: readonly PlannedFile[]): Judged['left'] {
  const path = `${project.output}/${id}/${pageFile}`;
  const folder = `${project.output}/${id}/`;
  const isPlanned = (wanted: string): boolean => planned.some((file) => file.path === wanted);
  // Of a broken scenario nothing is planned: what it gives isn't known.
  if (!isPlanned(`${folder}run.sh`) || isPlanned(path)) return [];
  const text = textAt(project.root, path);
  if (text === undefined || isAsMade(text) !== true) return [];
  const finding: Finding = {
    code: 'left-over',
    severity: 'error',
    path,
    message: 'is left from an earlier trigger: its scenario visits no page',
    cure: 'run `scenario check --write`, which takes it away',
  };
  return [{ path, finding }];
}

/** The index as it should be, unless it can't be made. An absent index of an empty project is as it should be. */
function indexOf(
  { project, profile }: Workspace,
  rows: readonly IndexRow[],
  known: readonly string[],
  findings: Finding[],
): readonly PlannedFile[] {
  const present = textAt(project.root, project.index);
  if (known.length === 0 && present === undefined) return [];
  try {
    return [{ path: project.index, text: indexPage(present, rows, project, profile.domains) }];
  } catch (error) {
    findings.push(findingOf(error, project.index));
    return [];
  }
}

/** The guide, for whoever has one or names one in the configuration; nobody else is asked to keep it. */
async function guideOf(
  project: Project,
  profile: Profile,
  templates: Templates,
): Promise<readonly PlannedFile[]> {
  if (!project.wantsGuide && textAt(project.root, project.guide) === undefined) return [];
  return [await guideFile(profile, templates, project)];
}

function findingOf(error: unknown, path: string): Finding {
  if (!(error instanceof Told)) throw error;
  const line =
    error.issues?.[0]?.line ?? Number(/:(\d+)/.exec(error.where ?? '')?.[1] ?? Number.NaN);
  return {
    code: error.code,
    severity: 'error',
    path: /^[^:\s]+\.(?:yaml|json|md)/.exec(error.where ?? '')?.[0] ?? path,
    ...(Number.isNaN(line) ? {} : { line }),
    message: error.message,
    cure: error.cure ?? 'correct the file',
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  };
}

const kinds: readonly (readonly [ending: string, code: string])[] = [
  ['/scenario.md', 'drift-document'],
  ['/run.sh', 'drift-script'],
  ['/ui.mjs', 'drift-page'],
  ['/runtime.sh', 'drift-runtime'],
];

function driftOf(file: PlannedFile, present: string | undefined, project: Project): Finding {
  const isGuide = file.path === project.guide;
  const code = isGuide
    ? 'drift-guide'
    : (kinds.find(([ending]) => file.path.endsWith(ending))?.[1] ?? 'drift-index');
  const edited = present !== undefined && isAsMade(present) === false;
  if (present === file.text) {
    return {
      code: 'drift-mode',
      severity: 'error',
      path: file.path,
      message: 'is not executable',
      cure: 'run `scenario check --write`',
    };
  }
  const message =
    present === undefined
      ? 'is missing'
      : edited
        ? 'was edited by hand'
        : isGuide
          ? 'is not what the profile gives now'
          : 'is not what its scenario gives now';
  return {
    code: edited ? 'edited-by-hand' : code,
    severity: 'error',
    path: file.path,
    message,
    cure: edited
      ? isGuide
        ? 'put the change into the profile or the template, then `scenario check --write --force`'
        : 'put the change into scenario.yaml (overrides, additions), then `scenario check --write --force`'
      : 'run `scenario check --write`',
    diff: unifiedDiff(file.path, present, file.text),
  };
}

/** Puts the derived files in place; those edited by hand only with force. */
async function renew(project: Project, judged: Judged, force: boolean): Promise<Judged> {
  const writable = judged.stale.filter(({ finding }) => force || finding.code !== 'edited-by-hand');
  await commitFiles(
    writable.map(({ file }) => file),
    {
      root: project.root,
      staging: project.staging,
      remove: judged.left.map(({ path }) => path),
    },
  );
  const done = new Set([...writable, ...judged.left].map(({ finding }) => finding));
  return {
    ...judged,
    findings: judged.findings.filter((finding) => !done.has(finding)),
    written: writable.map(({ file }) => file.path),
    removed: judged.left.map(({ path }) => path),
  };
}

function isModeRight(project: Project, { path, executable }: PlannedFile): boolean {
  return executable !== true || (statSync(join(project.root, path)).mode & 0o100) !== 0;
}

function tell(judged: Judged, options: CheckOptions, io: Io): void {
  const { findings, written, removed, checked } = judged;
  const ok = !findings.some(({ severity }) => severity === 'error');
  if (options.json) {
    writeJson(io, {
      ok,
      findings: findings.map(({ detail: _detail, ...finding }) => finding),
      ...(options.write ? { written, removed } : {}),
    });
    return;
  }
  for (const path of written) io.stdout.write(`renewed ${path}\n`);
  for (const path of removed) io.stdout.write(`removed ${path}\n`);
  for (const { path, line, message, cure, diff, detail, code } of findings) {
    io.stdout.write(
      detail === undefined
        ? `${path}${line === undefined ? '' : `:${line}`}: ${message} (${code}; ${cure})\n`
        : `${detail}\n`,
    );
    if (diff !== undefined) io.stdout.write(diff);
  }
  io.stdout.write(
    ok
      ? `${counted(checked, 'scenario')}: documents, scripts, runtime and index are as their scenario files give them\n`
      : `${counted(findings.length, 'finding')}\n`,
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
