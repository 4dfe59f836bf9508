import { execFileSync } from 'node:child_process';
import { exitCodes, Told } from '../errors.ts';

/** Files of a project as they were at a revision of git. */
export interface Revision {
  /** The text of a file, by its path in the project; undefined when it was not there. */
  text(path: string): string | undefined;
  /** The paths of all files below a folder. */
  files(folder: string): readonly string[];
  /** The paths of what is otherwise now, committed or not, new files among them. */
  changed(): readonly string[];
}

/**
 * Opens a revision (a commit, branch or tag) that a flag names. Throws a {@link Told} where there is no git, no repository, or no
 * such revision.
 */
export function openRevision(
  root: string,
  name: string,
  flag: '--against' | '--changed',
): Revision {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    });
  let commit: string;
  try {
    // Behind --end-of-options a word that begins with a dash is a revision's name, and never a flag.
    commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).trim();
  } catch (error) {
    throw notThere(error, { root, name, flag }, git);
  }
  const paths = (...args: readonly string[]): readonly string[] =>
    git(...args)
      .split('\0')
      .filter(Boolean);
  const files = (folder: string): readonly string[] =>
    paths('ls-tree', '-r', '-z', '--name-only', commit, '--', folder);
  const known = new Map<string, ReadonlySet<string>>();
  return {
    files,
    changed: () => [
      ...paths('diff', '--name-only', '-z', '--no-renames', '--relative', commit, '--'),
      ...paths('ls-files', '--others', '--exclude-standard', '-z'),
    ],
    text: (path) => {
      const top = path.split('/')[0] ?? path;
      const there = known.get(top) ?? new Set(files(top));
      known.set(top, there);
      return there.has(path) ? git('show', `${commit}:./${path}`) : undefined;
    },
  };
}

function notThere(
  error: unknown,
  { root, name, flag }: { readonly root: string; readonly name: string; readonly flag: string },
  git: (...args: readonly string[]) => string,
): Told {
  const told = (message: string, cure: string): Told =>
    new Told(message, {
      code: 'no-revision',
      where: flag,
      cure,
      exitCode: exitCodes.usage,
      cause: error,
    });
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return told('git is not there', `install git, or leave ${flag} out`);
  try {
    git('rev-parse', '--git-dir');
  } catch {
    return told(
      `${root} is in no git repository`,
      `commit the project first, or leave ${flag} out`,
    );
  }
  return told(
    `git knows no revision ${JSON.stringify(name)}`,
    'name a commit, branch or tag that is there, such as HEAD',
  );
}
