import { Told } from '../errors.ts';
import { indexPage } from '../files/index-page.ts';
import { exerciseOf } from '../find/exercise.ts';
import { nearDuplicateWarning } from '../find/likeness.ts';
import type { Profile } from '../profile/schema.ts';
import { runtimeFile, scaffold, sourceFile } from '../scaffold.ts';
import type { Resolved } from '../scenario/model.ts';
import { resolve } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { commitFiles, withProjectLock, type PlannedFile } from './commit.ts';
import { refuseForeign } from './foreign.ts';
import { allKnown, brokenAmong, recordsOf, rowOf } from './library.ts';
import { readTemplates, type Project } from './project.ts';
import { textAt } from './read-text.ts';

/** What was made, or would be. */
export interface Made {
  readonly id: string;
  readonly resolved: Resolved;
  readonly files: readonly PlannedFile[];
  /** What is there now of these files, by path. */
  readonly before: { readonly [path: string]: string | undefined };
  /** Other scenarios that cannot be read, each with the reason: the index leaves them out. */
  readonly broken: readonly { readonly id: string; readonly message: string }[];
  /** That another scenario does nearly the same. */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** Decides all files of a scenario and, unless it is a dry run, puts them in place under the project's lock. */
export async function makeScenario(
  project: Project,
  profile: Profile,
  scenario: Scenario,
  options: { readonly dryRun: boolean; readonly force: boolean },
): Promise<Made> {
  const plan = async (): Promise<Made> => planFiles(project, profile, scenario, options.force);
  if (options.dryRun) return plan();
  return withProjectLock(project.root, project.staging, async () => {
    const made = await plan();
    await commitFiles(made.files, { root: project.root, staging: project.staging });
    return made;
  });
}

async function planFiles(
  project: Project,
  profile: Profile,
  scenario: Scenario,
  force: boolean,
): Promise<Made> {
  const { resolved, problems } = resolve(scenario, profile);
  if (!resolved)
    throw new Error(`unchecked answers: ${problems.map(({ message }) => message).join('; ')}`);
  const source = await sourceFile(scenario, project);
  if (!force && textAt(project.root, source.path) !== undefined)
    throw exists(scenario.id, source.path);
  const templates = readTemplates(project);
  const files = [
    source,
    ...(await scaffold(resolved, templates, project)),
    runtimeFile(templates, project),
  ];
  if (!force) for (const file of files.slice(1)) refuseForeign(project, file);
  const row = rowOf({ scenario, resolved, ...recordsOf(project, scenario.id) });
  const known = allKnown(project, profile);
  const rows = known.map((one) => one.row);
  const others = rows.filter(({ id }) => id !== scenario.id);
  const made = { row, exercise: exerciseOf(scenario, resolved, profile) };
  const index = {
    path: project.index,
    text: indexPage(
      textAt(project.root, project.index),
      [...others, row],
      project,
      profile.domains,
    ),
  };
  const all = [...files, index];
  return {
    id: scenario.id,
    resolved,
    files: all,
    before: Object.fromEntries(all.map(({ path }) => [path, textAt(project.root, path)])),
    broken: brokenAmong(project, profile, rows).filter(({ id }) => id !== scenario.id),
    warnings: nearDuplicateWarning(made, known),
  };
}

function exists(id: string, path: string): Told {
  return new Told(`the scenario ${id} exists already`, {
    code: 'exists',
    where: path,
    cure: 'choose another name, or replace it with --force',
  });
}
