import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../io/project.ts';

/** Takes away the oldest folders of runs beyond those that the project keeps; never one of `own`. Their names begin with the time. */
export function pruneRuns(project: Project, own: ReadonlySet<string>): void {
  const parent = '.scenario/runs';
  for (const name of old(namesIn(join(project.root, parent)), project.keepRuns))
    if (!own.has(`${parent}/${name}`))
      rmSync(join(project.root, parent, name), { recursive: true, force: true });
}

/** Only what we named ourselves, and all but the newest. */
function old(names: readonly string[], keep: number): readonly string[] {
  return names
    .filter((name) => /^\d{8}T\d{6}Z-/.test(name))
    .toSorted()
    .slice(0, -keep);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
