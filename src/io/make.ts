import { Told } from '../errors.ts';
import { indexPage } from '../files/index-page.ts';
import { exerciseOf, type KnownRow } from '../find/exercise.ts';
import { nearDuplicateWarning } from '../find/likeness.ts';
import type { Profile } from '../profile/schema.ts';
import { runtimeFile, scaffold, sourceFile } from '../scaffold.ts';
import type { Resolved } from '../scenario/model.ts';
import { withPieces } from '../scenario/pieces.ts';
import { resolve } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { commitFiles, withProjectLock, type PlannedFile } from './commit.ts';
import { refuseForeign } from './foreign.ts';
import { allKnown, brokenAmong, recordsOf, rowOf } from './library.ts';
import { pieceAt } from './piece-text.ts';
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

/** A scenario that is wanted, and texts that belong beside it. */
interface WantedScenario {
  readonly scenario: Scenario;
  readonly beside?: readonly PlannedFile[];
}

interface Options {
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Decides all files of a scenario and, unless it is a dry run, puts them in place under the project's lock. */
export async function makeScenario(
  project: Project,
  profile: Profile,
  scenario: Scenario,
  options: Options,
): Promise<Made> {
  const [made] = await makeScenarios(project, profile, [{ scenario }], options);
  if (!made) throw new Error('one scenario in, none out');
  return made;
}

/** The like for several scenarios, all of them or none; each knows of all the files. */
export async function makeScenarios(
  project: Project,
  profile: Profile,
  wanted: readonly WantedScenario[],
  options: Options,
): Promise<readonly Made[]> {
  const plan = async (): Promise<readonly Made[]> =>
    planFiles(project, profile, wanted, options.force);
  if (options.dryRun) return plan();
  return withProjectLock(project.root, project.staging, async () => {
    const made = await plan();
    const [files = []] = made.map((one) => one.files);
    await commitFiles(files, { root: project.root, staging: project.staging });
    return made;
  });
}

async function planFiles(
  project: Project,
  profile: Profile,
  wanted: readonly WantedScenario[],
  force: boolean,
): Promise<readonly Made[]> {
  const templates = readTemplates(project);
  const files: PlannedFile[] = [];
  const planned: { id: string; resolved: Resolved; known: KnownRow }[] = [];
  for (const { scenario, beside = [] } of wanted) {
    const { resolved, problems } = resolve(scenario, profile);
    if (!resolved)
      throw new Error(`unchecked answers: ${problems.map(({ message }) => message).join('; ')}`);
    const source = await sourceFile(scenario, project);
    if (!force && textAt(project.root, source.path) !== undefined)
      throw exists(scenario.id, source.path);
    const derived = await scaffold(resolved, templates, project);
    if (!force) for (const file of [...derived, ...beside]) refuseForeign(project, file);
    files.push(source, ...derived, ...beside);
    const pieces = withPieces(resolved, (file) => {
      const path = `${project.output}/${scenario.id}/${file}`;
      const written = beside.find((one) => one.path === path);
      return written?.text ?? pieceAt(project, scenario.id, file);
    });
    const row = rowOf({ scenario, resolved: pieces, ...recordsOf(project, scenario.id) });
    const exercise = exerciseOf(scenario, resolved, profile);
    planned.push({ id: scenario.id, resolved, known: { row, exercise } });
  }
  const runtime = runtimeFile(templates, project);
  if (!force) refuseForeign(project, runtime);
  const known = allKnown(project, profile);
  const rows = known.map((one) => one.row);
  const ids = new Set(planned.map(({ id }) => id));
  const all = [...rows.filter(({ id }) => !ids.has(id)), ...planned.map((one) => one.known.row)];
  const index = {
    path: project.index,
    text: indexPage(textAt(project.root, project.index), all, project, profile.domains),
  };
  files.push(runtime, index);
  const before = Object.fromEntries(files.map(({ path }) => [path, textAt(project.root, path)]));
  const broken = brokenAmong(project, profile, rows).filter(({ id }) => !ids.has(id));
  return planned.map((one) => ({
    id: one.id,
    resolved: one.resolved,
    files,
    before,
    broken,
    warnings: nearDuplicateWarning(one.known, known),
  }));
}

function exists(id: string, path: string): Told {
  return new Told(`the scenario ${id} exists already`, {
    code: 'exists',
    where: path,
    cure: 'choose another name, or replace it with --force',
  });
}
