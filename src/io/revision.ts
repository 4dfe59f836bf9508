import { execFileSync } from 'node:child_process';
import { exitCodes, Told } from '../errors.ts';

/** Files of a project as they were at a revision of git. */
export interface Revision {
  /** The text of a file, by its path in the project; undefined when it was not there. */
  text(path: string): string | undefined;
  /** The paths of all files below a folder. */
  files(folder: string): readonly string[];
}

/** Opens a revision (a commit, branch or tag). Throws a {@link Told} where there is no git, no repository, or no such revision. */
export function openRevision(root: string, name: string): Revision {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 100_000_000,
    });
  let commit: string;
  try {
    commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).trim();
  } catch (error) {
    throw notThere(error, root, name, git);
  }
  const files = (folder: string): readonly string[] =>
    git('ls-tree', '-r', '-z', '--name-only', commit, '--', folder).split('\0').filter(Boolean);
  const known = new Map<string, ReadonlySet<string>>();
  return {
    files,
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
  root: string,
  name: string,
  git: (...args: readonly string[]) => string,
): Told {
  const told = (message: string, cure: string): Told =>
    new Told(message, {
      code: 'no-revision',
      where: '--against',
      cure,
      exitCode: exitCodes.usage,
      cause: error,
    });
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return told('git is not there', 'install git, or leave --against out');
  try {
    git('rev-parse', '--git-dir');
  } catch {
    return told(
      `${root} is in no git repository`,
      'commit the project first, or leave --against out',
    );
  }
  return told(
    `git knows no revision ${JSON.stringify(name)}`,
    'name a commit, branch or tag that is there, such as HEAD',
  );
}
