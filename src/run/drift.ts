import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../files/templates.ts';
import type { Project } from '../io/project.ts';
import { runtimeFile, scaffold } from '../scaffold.ts';
import type { Resolved } from '../scenario/model.ts';

/**
 * The files of a scenario's script (its own, and the runtime) that differ from what the scenario gives. A run of such a script
 * says nothing of the scenario's checks.
 */
export async function driftedScript(
  scenario: Resolved,
  templates: Templates,
  project: Project,
): Promise<readonly string[]> {
  const files = [
    ...(await scaffold(scenario, templates, project)).filter(({ executable }) => executable),
    ...(scenario.standalone ? [] : [runtimeFile(templates, project)]),
  ];
  return files.flatMap(({ path, text }) => (textAt(project, path) === text ? [] : [path]));
}

/** Where a scenario's script is, relative to the root. */
export function scriptPath(project: Project, id: string): string {
  return `${project.output}/${id}/run.sh`;
}

function textAt(project: Project, path: string): string | undefined {
  const full = join(project.root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}
