import { Told } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { isAsMade } from '../files/hash.ts';
import type { PlannedFile } from '../io/commit.ts';
import type { Project } from '../io/project.ts';
import type { Finding } from '../lint/finding.ts';

/** What is wrong with a file that cannot be read or resolved; what is no {@link Told} is thrown on. */
export function findingOf(error: unknown, path: string): Finding {
  if (!(error instanceof Told)) throw error;
  const line =
    error.issues?.[0]?.line ?? Number(/:(\d+)/.exec(error.where ?? '')?.[1] ?? Number.NaN);
  return {
    code: error.code,
    severity: 'error',
    path: /^[^:\s]+\.(?:yaml|json|md)/.exec(error.where ?? '')?.[0] ?? path,
    ...(Number.isNaN(line) ? {} : { line }),
    message: error.message,
    cure: error.cure ?? 'correct the file',
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  };
}

const kinds: readonly (readonly [ending: string, code: string])[] = [
  ['/scenario.md', 'drift-document'],
  ['/run.sh', 'drift-script'],
  ['/ui.mjs', 'drift-page'],
  ['/runtime.sh', 'drift-runtime'],
];

/** How a derived file differs from what it should be. */
export function driftOf(file: PlannedFile, present: string | undefined, project: Project): Finding {
  const isGuide = file.path === project.guide;
  const code = isGuide
    ? 'drift-guide'
    : (kinds.find(([ending]) => file.path.endsWith(ending))?.[1] ?? 'drift-index');
  const edited = present !== undefined && isAsMade(present) === false;
  if (present === file.text) {
    return {
      code: 'drift-mode',
      severity: 'error',
      path: file.path,
      message: 'is not executable',
      cure: 'run `scenario check --write`',
    };
  }
  const message =
    present === undefined
      ? 'is missing'
      : edited
        ? 'was edited by hand'
        : isGuide
          ? 'is not what the profile gives now'
          : 'is not what its scenario gives now';
  return {
    code: edited ? 'edited-by-hand' : code,
    severity: 'error',
    path: file.path,
    message,
    cure: edited
      ? isGuide
        ? 'put the change into the profile or the template, then `scenario check --write --force`'
        : 'put the change into scenario.yaml (overrides, additions), then `scenario check --write --force`'
      : 'run `scenario check --write`',
    diff: unifiedDiff(file.path, present, file.text),
  };
}
