import { answersShape } from '../answers/schema.ts';
import { Told } from '../errors.ts';
import { indexPage } from '../files/index-page.ts';
import { rewrittenUses } from '../files/rewrite-uses.ts';
import { rewrittenYaml } from '../files/rewrite-yaml.ts';
import type { Profile } from '../profile/schema.ts';
import { scaffold } from '../scaffold.ts';
import { withPieces } from '../scenario/pieces.ts';
import { resolveText } from '../scenario/read.ts';
import { slugOf } from '../scenario/slug.ts';
import type { PlannedFile } from './commit.ts';
import { filesOf, moved } from './folder.ts';
import { refuseForeign } from './foreign.ts';
import { allRows, readEntry, recordsOf, rowOf, scenarioIds, othersIn } from './library.ts';
import { pieceAt } from './piece-text.ts';
import { readTemplates, type Project } from './project.ts';
import { textAt } from './read-text.ts';
import { sourcePath, usersOf } from './users.ts';

/** What a change of several files comes to: what is put and what is taken away, in one commit. */
export interface Change {
  /** The scenario as it is called afterwards; absent when it is gone. */
  readonly id?: string;
  readonly puts: readonly PlannedFile[];
  readonly removals: readonly string[];
  /** Scenarios that build on it, and whose files were rewritten too. */
  readonly users: readonly string[];
}

/**
 * Decides what a new name changes: the folder with all that is in it, the name in `scenario.yaml` (and nothing else there), the
 * derived files, the index, and the names in those scenarios that build on it.
 */
export async function planRename(
  project: Project,
  profile: Profile,
  id: string,
  name: string,
  force: boolean,
): Promise<Change> {
  const entry = readEntry(project, profile, id);
  const slug = slugOf(refuseName(name));
  const to = `${entry.resolved.domain}/${slug}`;
  if (to !== id && scenarioIds(project).includes(to)) throw taken(to, sourcePath(project, to));
  const templates = readTemplates(project);
  const before = await scaffold(entry.resolved, templates, project);
  if (!force) for (const file of before) refuseForeign(project, file);

  const source = sourcePath(project, id);
  const text = rewrittenYaml(textAt(project.root, source) ?? '', (path) =>
    path.join('.') === 'answers.name' ? name : undefined,
  );
  const path = sourcePath(project, to);
  const { scenario, resolved } = resolveText(text, to, path, profile, othersIn(project));
  const derived = new Set([source, ...before.map((file) => file.path)]);
  const folder = (of: string): string => `${project.output}/${of}`;
  const all = filesOf(project, id);
  const carried = all
    .filter((one) => to !== id && !derived.has(one))
    .map((one) => moved(project, one, `${folder(to)}${one.slice(folder(id).length)}`));
  const known = withPieces(resolved, (file) => pieceAt(project, id, file));
  const row = rowOf({ scenario, resolved: known, ...recordsOf(project, id) });
  const others = allRows(project, profile).filter((one) => one.id !== id);
  const users = to === id ? [] : usersOf(project, id);
  return {
    id: to,
    puts: [
      { path, text },
      ...(await scaffold(resolved, templates, project)),
      ...carried,
      ...users.map((user) => rewrittenUser(project, user, id, to)),
      {
        path: project.index,
        text: indexPage(
          textAt(project.root, project.index),
          [...others, row],
          project,
          profile.domains,
        ),
      },
    ],
    removals: to === id ? [] : all,
    users,
  };
}

function rewrittenUser(project: Project, user: string, from: string, to: string): PlannedFile {
  const path = sourcePath(project, user);
  return { path, text: rewrittenUses(textAt(project.root, path) ?? '', from, to) };
}

/** The name, when it may be one. */
function refuseName(name: string): string {
  const { success, error } = answersShape.name.safeParse(name);
  if (success && slugOf(name) !== '') return name;
  const reason = error?.issues[0]?.message ?? 'has neither letter nor digit';
  throw new Told(`the new name ${reason}`, {
    code: 'usage',
    cure: 'give a name such as "Order Cancellation"',
  });
}

function taken(id: string, where: string): Told {
  return new Told(`the scenario ${id} exists already`, {
    code: 'exists',
    where,
    cure: 'choose another name',
  });
}
