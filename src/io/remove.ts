import { Told } from '../errors.ts';
import { indexPage } from '../files/index-page.ts';
import { isAsMade } from '../files/hash.ts';
import type { Profile } from '../profile/schema.ts';
import { filesOf } from './folder.ts';
import { allRows } from './library.ts';
import type { Project } from './project.ts';
import { textAt } from './read-text.ts';
import type { Change } from './rename.ts';
import { sourcePath, usersOf } from './users.ts';

/** What belongs to every scenario; whatever else lies in its folder, a person put there. */
const records = ['result.json', 'proof.json', 'exchanges.json'];

/**
 * Decides what goes with a scenario: its folder and its row. Refuses when another one builds on it, and, without force, when the
 * folder holds what a person wrote or edited beside `scenario.yaml`. A scenario that is broken can be removed too.
 */
export function planRemoval(
  project: Project,
  profile: Profile,
  id: string,
  force: boolean,
): Change {
  const users = usersOf(project, id);
  if (users.length > 0)
    throw new Told(`${users.join(', ')} ${users.length === 1 ? 'builds' : 'build'} on ${id}`, {
      code: 'in-use',
      where: sourcePath(project, users[0] ?? id),
      cure: 'take it out of `uses` there, or remove those first',
    });
  const removals = filesOf(project, id);
  const own = removals.filter((path) => isOwn(project, id, path));
  if (own.length > 0 && !force)
    throw new Told(`${own.join(', ')} ${own.length === 1 ? 'was' : 'were'} written by hand`, {
      code: 'written-by-hand',
      where: own[0] ?? id,
      cure: 'move it away, or remove it too with --force',
    });
  const rows = allRows(project, profile).filter((row) => row.id !== id);
  const index = textAt(project.root, project.index);
  return {
    puts:
      index === undefined
        ? []
        : [{ path: project.index, text: indexPage(index, rows, project, profile.domains) }],
    removals,
    users: [],
  };
}

function isOwn(project: Project, id: string, path: string): boolean {
  if (path === sourcePath(project, id)) return false;
  if (records.some((name) => path === `${project.output}/${id}/${name}`)) return false;
  return isAsMade(textAt(project.root, path) ?? '') !== true;
}
