import { execFileSync } from 'node:child_process';
import { Told } from '../errors.ts';
import type { Project } from './project.ts';

/**
 * The scenarios of which something changed since a revision, in the working tree and committed: a file of theirs but the records, or
 * the runtime that all of them use.
 */
export function changedSince(
  revision: string,
  ids: readonly string[],
  project: Project,
): readonly string[] {
  const commit = commitOf(revision, project.root);
  const paths = [
    ...git(project.root, ['diff', '--name-only', '-z', '--no-renames', '--relative', commit, '--']),
    ...git(project.root, ['ls-files', '--others', '--exclude-standard', '-z']),
  ];
  return changedAmong(paths, ids, project.output);
}

/** Those whose files are among the paths. */
export function changedAmong(
  paths: readonly string[],
  ids: readonly string[],
  output: string,
): readonly string[] {
  if (paths.includes(`${output}/runtime.sh`)) return ids;
  const folders = new Set(
    paths
      .filter((path) => !/\/(?:result|proof)\.json$/.test(path))
      .map((path) => path.slice(0, path.lastIndexOf('/'))),
  );
  return ids.filter((id) => folders.has(`${output}/${id}`));
}

/** A word that begins with a dash is a revision's name here, and never a flag. */
function commitOf(revision: string, root: string): string {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const [commit] = git(root, asked, '\n');
  if (commit !== undefined) return commit;
  throw new Told(`git knows no revision ${JSON.stringify(revision)} here`, {
    code: 'usage',
    where: '--changed',
    cure: 'name a commit, branch or tag of this repository, such as main or HEAD~1',
  });
}

function git(root: string, args: readonly string[], end = '\0'): readonly string[] {
  try {
    const said = execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.split(end).filter((line) => line !== '');
  } catch {
    return [];
  }
}
