import { openWorkspace, type Workspace } from '../io/workspace.ts';
import type { Common, Io } from './io.ts';

/** The project that a command works on, with its profile; a commit that had to be healed is told on stderr. */
export function openFor({ cwd }: Pick<Common, 'cwd'>, io: Io): Promise<Workspace> {
  return openWorkspace(cwd, (line) => io.stderr.write(`${line}\n`));
}
