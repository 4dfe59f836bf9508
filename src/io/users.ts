import { parse } from 'yaml';
import { scenarioIds } from './library.ts';
import type { Project } from './project.ts';
import { textAt } from './read-text.ts';

/** Where the file of a scenario is, relative to the root. */
export function sourcePath(project: Project, id: string): string {
  return `${project.output}/${id}/scenario.yaml`;
}

/** The scenarios that build on this one: those that name its id anywhere below a `uses`. */
export function usersOf(project: Project, id: string): readonly string[] {
  return scenarioIds(project).filter(
    (other) =>
      other !== id && usedBy(textAt(project.root, sourcePath(project, other)) ?? '').has(id),
  );
}

function usedBy(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: unknown, below: boolean): void => {
    if (typeof value === 'string' && below) found.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, one] of Object.entries(value)) look(one, below || key === 'uses');
  };
  try {
    look(parse(text), false);
  } catch {
    // A broken file is told by `check`; what it would use can't be known.
  }
  return found;
}
