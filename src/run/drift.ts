import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../files/templates.ts';
import { exitCodes, Told } from '../errors.ts';
import { readTemplates, type Project } from '../io/project.ts';
import { runtimeFile, scaffold } from '../scaffold.ts';
import type { Resolved } from '../scenario/model.ts';

/**
 * For each scenario, the files of its script (its own, and the runtime) that differ from what it gives. A run of such a script says
 * nothing of the scenario's checks.
 */
export async function driftedScripts(
  scenarios: readonly Resolved[],
  project: Project,
): Promise<readonly (readonly string[])[]> {
  const templates = readTemplates(project);
  return Promise.all(scenarios.map((one) => driftedScript(one, templates, project)));
}

/** That these files are not what they should be. */
export function differing(drifted: readonly string[]): string {
  return `${drifted.join(', ')} ${drifted.length === 1 ? 'differs' : 'differ'} from what the scenario gives`;
}

/** Why `what` of such scripts can't be kept; `does` is what becomes of the script when it isn't kept. */
export function cannotRecord(drifted: readonly string[], what: string, does: string): Told {
  return new Told(`${differing(drifted)}, so ${what} can't be recorded as one of its checks`, {
    code: 'drift',
    exitCode: exitCodes.notWell,
    where: drifted[0] ?? '',
    cure: `\`scenario check --write\` renews it; without --record it ${does} as it is`,
  });
}

async function driftedScript(
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
