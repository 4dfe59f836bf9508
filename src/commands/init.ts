import { exitCodes } from '../errors.ts';
import { unifiedDiffs } from '../files/diff.ts';
import { indexPage } from '../files/index-page.ts';
import { ciText, configText, ignoreText } from '../files/project-files.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { allRows } from '../io/library.ts';
import { configName, openProject, readTemplates, type Project } from '../io/project.ts';
import { textAt } from '../io/read-text.ts';
import type { Workspace } from '../io/workspace.ts';
import { loadProfile } from '../profile/load.ts';
import { guideFile } from '../scaffold.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario init`. */
export interface InitOptions extends Common {
  /** The profile that a new configuration names. */
  readonly profile?: string;
  readonly dryRun: boolean;
}

/** Where the example of a CI job goes: beside the index, for no CI of the project's is touched unasked. */
const ciPath = 'docs/testing/scenarios.ci.yml';

/** Makes a project ready: what is missing is made, what is there stays as it is but for added lines. Run twice it does nothing. */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const workspace = await opened(options, io);
  const { project } = workspace;
  const plan = async (): Promise<readonly PlannedFile[]> => planned(workspace);
  const before = new Map<string, string | undefined>();
  const look = (files: readonly PlannedFile[]): readonly PlannedFile[] => {
    for (const { path } of files) before.set(path, textAt(project.root, path));
    return files;
  };
  const files = options.dryRun
    ? look(await plan())
    : await withProjectLock(project.root, project.staging, async () => {
        const decided = look(await plan());
        await commitFiles(decided, { root: project.root, staging: project.staging });
        return decided;
      });
  const changed = files.filter(({ path, text }) => before.get(path) !== text);
  const left = files.filter((file) => !changed.includes(file)).map(({ path }) => path);
  const diff = unifiedDiffs(changed, (path) => before.get(path));
  const { dryRun } = options;
  if (options.json) {
    const paths = changed.map(({ path }) => path);
    writeJson(io, { files: paths, left, dryRun, ...(dryRun ? { diff } : {}) });
  } else if (dryRun) io.stdout.write(diff);
  else tell(changed, before, left, io);
  return exitCodes.ok;
}

async function opened(options: InitOptions, io: Io): Promise<Workspace> {
  const { profile: asked } = options;
  const project = openProject(options.cwd);
  if (asked === undefined || textAt(project.root, configName) !== undefined)
    return openFor(options, io);
  const profile = await loadProfile(asked, { root: project.root });
  return { project: { ...project, profile: asked }, profile };
}

async function planned({ project, profile }: Workspace): Promise<readonly PlannedFile[]> {
  const make = (path: string, text: string): PlannedFile => ({
    path,
    text: textAt(project.root, path) ?? text,
  });
  const guide = await guideFile(profile, readTemplates(project), project);
  return [
    make(configName, configText(project)),
    { path: '.gitignore', text: ignoreText(textAt(project.root, '.gitignore')) },
    { path: project.index, text: indexOf(project, profile) },
    make(guide.path, guide.text),
    make(ciPath, ciText),
  ];
}

/** An index without markers gets them at its end; all else in it stays. */
function indexOf(project: Project, profile: Workspace['profile']): string {
  const rows = allRows(project, profile);
  return indexPage(textAt(project.root, project.index), rows, project, profile.domains);
}

function tell(
  changed: readonly PlannedFile[],
  before: ReadonlyMap<string, string | undefined>,
  left: readonly string[],
  io: Io,
): void {
  for (const { path } of changed)
    io.stdout.write(`${before.get(path) === undefined ? 'wrote' : 'added to'} ${path}\n`);
  for (const path of left) io.stdout.write(`left as it is: ${path}\n`);
  io.stdout.write('\nNow make a scenario: scenario new\n');
}
