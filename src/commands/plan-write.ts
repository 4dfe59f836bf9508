import { Told } from '../errors.ts';
import { unifiedDiffs } from '../files/diff.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { makeScenarios } from '../io/make.ts';
import type { DocumentFile } from '../io/documents.ts';
import type { Project } from '../io/project.ts';
import { textAt } from '../io/read-text.ts';
import { withOwn } from '../milestone/own-section.ts';
import type { Wanted } from '../milestone/wanted.ts';
import type { Profile } from '../profile/schema.ts';

/** What was written, or would be. */
export interface Written {
  readonly ids: readonly string[];
  readonly files: readonly string[];
  readonly diff: string;
}

/** Makes the scenarios and writes the sections into their plans, all of it or nothing; a plan that changed since it was read is refused. */
export async function writeWanted(
  { scenarios, sections }: Wanted,
  plans: readonly DocumentFile[],
  { project, profile }: { readonly project: Project; readonly profile: Profile },
  options: { readonly dryRun: boolean; readonly force: boolean },
): Promise<Written> {
  const edited = plans.flatMap(({ path, text }): PlannedFile[] => {
    const own = sections.get(path);
    if (!own) return [];
    if (path.startsWith('../') || path.startsWith('/')) throw outside(path);
    return [{ path, text: withOwn(path, text, own, options.force) }];
  });
  const decide = async (): Promise<readonly PlannedFile[]> => {
    for (const { path } of edited) refuseChanged(project, plans, path);
    const wanted = scenarios.map((scenario) => ({ scenario }));
    const [first] =
      wanted.length === 0
        ? []
        : await makeScenarios(project, profile, wanted, { dryRun: true, force: false });
    return [...(first?.files ?? []), ...edited];
  };
  const before = (path: string): string | undefined => textAt(project.root, path);
  const changesOf = (files: readonly PlannedFile[]): Written => {
    const changed = files.filter(({ path, text }) => before(path) !== text);
    return {
      ids: scenarios.map(({ id }) => id),
      files: changed.map(({ path }) => path),
      diff: unifiedDiffs(changed, before),
    };
  };
  if (options.dryRun) return changesOf(await decide());
  return withProjectLock(project.root, project.staging, async () => {
    const files = await decide();
    const written = changesOf(files);
    await commitFiles(files, { root: project.root, staging: project.staging });
    return written;
  });
}

function refuseChanged(project: Project, plans: readonly DocumentFile[], path: string): void {
  const read = plans.find((plan) => plan.path === path);
  if (textAt(project.root, path) === read?.text) return;
  throw new Told('the plan changed since it was read', {
    code: 'changed',
    where: path,
    cure: 'run the command again',
  });
}

function outside(path: string): Told {
  return new Told('the plan is not in the project, so nothing is written into it', {
    code: 'outside',
    where: path,
    cure: 'name a plan of the project, or read it without --write',
  });
}
