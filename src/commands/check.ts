import { statSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
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
import type { Workspace } from '../io/workspace.ts';
import type { Finding } from '../lint/finding.ts';
import { openRevision, type Revision } from '../io/revision.ts';
import { againstFindings, type Now } from './check-against.ts';
import { judgeScenario } from './judge-scenario.ts';
import { driftOf, findingOf } from './drift.ts';
import { judgeScripts, splitArguments, type ScriptsJudged } from './check-scripts.ts';
import { tellFinding } from './tell-finding.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario check`. */
export interface CheckOptions extends Common {
  readonly ids: readonly string[];
  readonly write: boolean;
  readonly force: boolean;
  /** The revision of git with which checks are compared. */
  readonly against?: string;
}

/** Regenerates everything in memory and compares it with what is there; `--write` renews what is derived. */
export async function checkCommand(options: CheckOptions, io: Io): Promise<number> {
  const { ids, paths } = splitArguments(options.ids, options.here);
  if (ids.length === 0 && paths.length > 0 && (options.write || options.against !== undefined))
    throw new Told(
      `${options.write ? '--write' : '--against'} is about scenarios, and only scripts are named`,
      {
        code: 'usage',
        cure: 'leave it out, or name scenarios too',
      },
    );
  const scripts = judgeScripts(paths, options.here);
  const judged =
    ids.length === 0 && paths.length > 0
      ? nothingJudged
      : await checkProject({ ...options, ids }, io);
  const findings = [...judged.findings, ...scripts.findings];
  tell({ ...judged, findings }, scripts, options, io);
  if (findings.some(({ severity }) => severity === 'error'))
    return scripts.isUnread && judged.findings.length === 0 ? exitCodes.usage : exitCodes.notWell;
  return exitCodes.ok;
}

async function checkProject(options: CheckOptions, io: Io): Promise<Judged> {
  const { project, profile } = await openFor(options, io);
  const { against } = options;
  const revision =
    against === undefined ? undefined : openRevision(project.root, against, '--against');
  const look = async (): Promise<Judged> => judge(project, profile, options.ids, revision);
  return options.write
    ? withProjectLock(project.root, project.staging, async () =>
        renew(project, await look(), options.force),
      )
    : look();
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

const nothingJudged: Judged = {
  findings: [],
  stale: [],
  left: [],
  checked: 0,
  written: [],
  removed: [],
};

async function judge(
  project: Project,
  profile: Profile,
  asked: readonly string[],
  revision: Revision | undefined,
): Promise<Judged> {
  const known = scenarioIds(project);
  const ids =
    asked.length === 0 ? known : selectIds({ ids: asked }, known, () => allRows(project, profile));
  const templates = readTemplates(project);
  const findings: Finding[] = [];
  /** What the scenario files themselves give rise to; the derived files can be made all the same. */
  const weak: Finding[] = [];
  const nows: Now[] = [];
  const rows: IndexRow[] = [];
  const planned: PlannedFile[] = ids.length === 0 ? [] : [runtimeFile(templates, project)];
  for (const id of ids) {
    try {
      const entry = readEntry(project, profile, id);
      const files = await scaffold(entry.resolved, templates, project);
      planned.push(...files);
      rows.push(rowOf(entry));
      weak.push(...judgeScenario(project, entry));
      const script = files.find(({ path }) => path.endsWith('/run.sh'))?.text ?? '';
      nows.push({ id, script, weakened: entry.scenario.weakened ?? [] });
    } catch (error) {
      findings.push(findingOf(error, `${project.output}/${id}/scenario.yaml`));
    }
  }
  // What cannot be read is not gone.
  const isWhole = asked.length === 0 && findings.length === 0;
  if (revision !== undefined) weak.push(...againstFindings(project, revision, nows, isWhole));
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
    findings: [...findings, ...weak, ...[...stale, ...left].map(({ finding }) => finding)],
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

function tell(judged: Judged, scripts: ScriptsJudged, options: CheckOptions, io: Io): void {
  const { findings, written, removed, checked } = judged;
  const ok = !findings.some(({ severity }) => severity === 'error');
  if (options.json) {
    writeJson(io, {
      ok,
      findings: findings.map(({ detail: _detail, ...finding }) => finding),
      ...(options.write ? { written, removed } : {}),
      ...(scripts.judged === 0 ? {} : { scripts: scripts.judged, ignored: scripts.ignored }),
    });
    return;
  }
  for (const path of written) io.stdout.write(`renewed ${path}\n`);
  for (const path of removed) io.stdout.write(`removed ${path}\n`);
  for (const finding of findings) io.stdout.write(tellFinding(finding));
  const ignored = scripts.ignored === 0 ? '' : `, ${scripts.ignored} taken back with a reason`;
  const well = [
    ...(checked === 0 && scripts.judged > 0
      ? []
      : [
          `${counted(checked, 'scenario')}: documents, scripts, runtime and index are as their scenario files give them`,
        ]),
    ...(scripts.judged === 0
      ? []
      : [
          `${counted(scripts.judged, 'script')}: nothing that looks like a check and is none${ignored}`,
        ]),
  ];
  io.stdout.write(`${ok ? well.join('\n') : `${counted(findings.length, 'finding')}${ignored}`}\n`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
