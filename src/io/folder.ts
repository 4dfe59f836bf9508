import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from './commit.ts';
import type { Project } from './project.ts';
import { textAt } from './read-text.ts';

/** The files of a scenario's folder, hidden ones too, relative to the project's root. */
export function filesOf(project: Project, id: string): readonly string[] {
  const folder = `${project.output}/${id}`;
  return readdirSync(join(project.root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.root.length + 1))
    .toSorted();
}

/** A file as it is, to be put somewhere else. Throws for what isn't text. */
export function moved(project: Project, from: string, to: string): PlannedFile {
  const text = textAt(project.root, from) ?? '';
  const executable = (statSync(join(project.root, from)).mode & 0o100) !== 0;
  return { path: to, text, ...(executable ? { executable } : {}) };
}
