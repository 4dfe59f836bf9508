import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../answers/check.ts';
import { makeScenario, type Made } from '../io/make.ts';
import { unifiedDiffs } from '../files/diff.ts';
import { pointsOf } from '../scenario/model.ts';
import { draft } from '../scenario/scenario.ts';
import type { Opened } from './opened.ts';
import type { Plan, Session } from './session.ts';

/** What the interview looks at: the profile, what is there already, and what would be written. Writes nothing. */
export function sessionOf({ project, profile, options, known }: Omit<Opened, 'streams'>): Session {
  return {
    profile,
    given: known,
    askOptional: options.from === undefined,
    taken: (id) =>
      !options.force && existsSync(join(project.root, project.output, id, 'scenario.yaml')),
    plan: async (answers) => {
      const { warnings } = checkAnswers(answers, profile);
      const scenario = draft(answers, profile.name);
      const made = await makeScenario(project, profile, scenario, {
        dryRun: true,
        force: options.force,
      });
      return planOf(made, `${project.output}/${made.id}`, [...warnings, ...made.warnings]);
    },
  };
}

function planOf(
  made: Made,
  folder: string,
  warnings: readonly { readonly message: string }[],
): Plan {
  const changed = made.files.filter(({ path, text }) => made.before[path] !== text);
  return {
    id: made.id,
    folder,
    checks: pointsOf(made.resolved.steps).length,
    files: changed.map(({ path, text }) => ({
      path,
      text,
      isNew: made.before[path] === undefined,
    })),
    document: made.files.find(({ path }) => path.endsWith('/scenario.md'))?.text ?? '',
    // The runtime is the same for all scenarios, and ten times as long as one.
    diff: unifiedDiffs(
      changed.filter(({ path }) => !path.endsWith('/runtime.sh')),
      (path) => made.before[path],
    ),
    warnings: warnings.map(({ message }) => message),
  };
}
