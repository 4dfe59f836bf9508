import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryEntry } from '../io/library.ts';
import type { Project } from '../io/project.ts';
import { categoryFindings } from '../lint/category.ts';
import { pageOf, type Finding } from '../lint/finding.ts';
import { judgeScript } from './check-scripts.ts';

/** What is wrong with a scenario that is as its file says: what its category asks for, and the scripts that it names. */
export function judgeScenario(project: Project, entry: LibraryEntry): readonly Finding[] {
  const folder = `${project.output}/${entry.scenario.id}`;
  const scripts = (entry.scenario.additions ?? []).flatMap(({ id, script }) => {
    if (script === undefined) return [];
    const path = `${folder}/${script}`;
    const file = join(project.root, path);
    if (existsSync(file)) return judgeScript(path, file).findings;
    return [
      {
        code: 'missing-script',
        severity: 'error' as const,
        path: `${folder}/scenario.yaml`,
        message: `the script ${script} of ${id} is not there`,
        cure: `put it beside the file, as ${path}`,
        page: pageOf('missing-script'),
      },
    ];
  });
  return [...categoryFindings(entry.resolved, `${folder}/scenario.yaml`), ...scripts];
}
