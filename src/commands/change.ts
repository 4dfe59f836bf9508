import { exitCodes } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { commitFiles, withProjectLock } from '../io/commit.ts';
import { allRows, scenarioIds } from '../io/library.ts';
import { planRemoval } from '../io/remove.ts';
import { planRename, type Change } from '../io/rename.ts';
import { textAt } from '../io/read-text.ts';
import { selectIds } from '../io/select.ts';
import type { Workspace } from '../io/workspace.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario rename` and `scenario remove`. */
export interface ChangeOptions extends Common {
  readonly id: string;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Gives a scenario another name: its folder, its row and those that build on it follow, all or none. */
export async function renameCommand(
  options: ChangeOptions & { readonly name: string },
  io: Io,
): Promise<number> {
  return change(options, io, async ({ project, profile }, id) =>
    planRename(project, profile, id, options.name, options.force),
  );
}

/** Takes a scenario away: its folder and its row, all or none. */
export async function removeCommand(options: ChangeOptions, io: Io): Promise<number> {
  return change(options, io, async ({ project, profile }, id) =>
    planRemoval(project, profile, id, options.force),
  );
}

async function change(
  options: ChangeOptions,
  io: Io,
  plan: (workspace: Workspace, id: string) => Promise<Change>,
): Promise<number> {
  const workspace = await openFor(options, io);
  const { project, profile } = workspace;
  const [id = ''] = selectIds({ ids: [options.id] }, scenarioIds(project), () =>
    allRows(project, profile),
  );
  if (options.dryRun) {
    tell(await plan(workspace, id), id, workspace, options, io);
    return exitCodes.ok;
  }
  const planned = await withProjectLock(project.root, project.staging, async () => {
    const decided = await plan(workspace, id);
    await commitFiles(decided.puts, {
      root: project.root,
      staging: project.staging,
      remove: decided.removals,
    });
    return decided;
  });
  tell(planned, id, workspace, options, io);
  return exitCodes.ok;
}

function tell(
  { id, puts, removals, users }: Change,
  was: string,
  { project }: Workspace,
  { json, dryRun }: ChangeOptions,
  io: Io,
): void {
  const files = puts.map(({ path }) => path);
  if (json) {
    writeJson(io, {
      ...(id === undefined ? {} : { id }),
      was,
      files,
      removed: removals,
      users,
      dryRun,
    });
    return;
  }
  if (dryRun) {
    for (const path of removals) io.stdout.write(`would remove ${path}\n`);
    for (const { path, text } of puts) {
      const present = textAt(project.root, path);
      // What only moves needs no diff.
      if (present === undefined) io.stdout.write(`would write ${path}\n`);
      else if (present !== text) io.stdout.write(unifiedDiff(path, present, text));
    }
    return;
  }
  io.stdout.write(id === undefined ? `removed ${was}\n` : `${was} is now ${id}\n`);
  if (users.length > 0)
    io.stdout.write(`rewritten: ${users.join(', ')}; run \`scenario check --write\`\n`);
}
