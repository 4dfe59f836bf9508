import { unknownNames } from '../answers/check.ts';
import { problemsOf } from '../answers/problems.ts';
import { formatProblems } from '../answers/excerpt.ts';
import { readDocument, type ReadDocument } from '../answers/read.ts';
import { keysOf, withSpelling } from '../answers/spelling.ts';
import { exitCodes, Told, type Problem } from '../errors.ts';
import type { Profile } from '../profile/schema.ts';
import { atVersion } from '../profile/versions.ts';
import type { Resolved } from './model.ts';
import type { Others } from './uses.ts';
import { resolve } from './resolve.ts';
import { scenarioFileSchema, type Scenario } from './scenario.ts';

/** A scenario as its file gives it, not resolved. Throws a {@link Told} like {@link readScenario}. */
export function scenarioIn(text: string, id: string, name: string): Scenario {
  return readScenario(text, id, name).scenario;
}

/** Reads the text of a `scenario.yaml`. Throws a {@link Told} that shows each problem with its line and a caret. */
function readScenario(
  text: string,
  id: string,
  name: string,
): { readonly scenario: Scenario; readonly document: ReadDocument } {
  const document = documentOf(text, name);
  const value = withSpelling(document, [
    'ref',
    'answers.name',
    'answers.milestone',
    'answers.purpose',
    'answers.domain',
  ]);
  const result = scenarioFileSchema.safeParse(value);
  if (!result.success)
    throw broken(problemsOf(result.error, '', value, scenarioFileSchema), document);
  return { scenario: { ...result.data, id }, document };
}

/** A file that can't even be parsed is a broken scenario too (contract, section 1: exit 1). */
function documentOf(text: string, name: string): ReadDocument {
  try {
    return readDocument(text, name);
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    throw new Told(error.message, {
      code: 'broken-scenario',
      exitCode: exitCodes.notWell,
      cure: 'correct the file, then run `scenario check --write`',
      cause: error,
      ...(error.where === undefined ? {} : { where: error.where }),
      ...(error.issues === undefined ? {} : { issues: error.issues }),
      ...(error.detail === undefined ? {} : { detail: error.detail }),
    });
  }
}

/** The resolved scenario of a `scenario.yaml`. Throws a {@link Told} like {@link readScenario}. */
export function resolveText(
  text: string,
  id: string,
  name: string,
  profile: Profile,
  others?: Others,
): { readonly scenario: Scenario; readonly resolved: Resolved } {
  const { scenario, document } = readScenario(text, id, name);
  const unknown = [
    ...otherProfile(scenario, profile),
    ...unknownNames(scenario.answers, atVersion(profile, scenario.answers.requires?.['version'])),
  ];
  if (unknown.length > 0) throw broken(unknown.map(inFile), document);
  const { resolved, problems } = resolve(scenario, profile, others);
  if (!resolved) throw broken(problems.map(inFile), document);
  return { scenario, resolved };
}

function otherProfile({ profile: named }: Scenario, { name }: Profile): readonly Problem[] {
  return named === name
    ? []
    : [
        {
          path: 'profile',
          message: `is for the profile ${JSON.stringify(named)}, but this project's is ${name}`,
          expected: `profile: ${name}, or another profile in scenario.config.yaml`,
        },
      ];
}

/** Problems of answers are told from the answers' root; in the file they stand below `answers`. */
function inFile(problem: Problem): Problem {
  const own =
    /^(?:schema|profile|ref|accept|standalone|overrides|uses|setup|additions|needs|locks|answers)\b/.test(
      problem.path,
    );
  return own ? problem : { ...problem, path: `answers.${problem.path}` };
}

function broken(problems: readonly Problem[], document: ReadDocument): Told {
  const placed = problems.map((problem) => {
    const at = document.position(keysOf(problem.path));
    return at ? { ...problem, ...at } : problem;
  });
  const [first] = placed;
  return new Told(placed.map(({ path, message }) => `${path} ${message}`.trim()).join('; '), {
    code: 'broken-scenario',
    exitCode: exitCodes.notWell,
    where:
      first?.line === undefined
        ? document.source.name
        : `${document.source.name}:${first.line}:${first.column ?? 1}`,
    cure: 'correct the file, then run `scenario check --write`',
    issues: placed,
    detail: formatProblems(placed, document.source, { closing: 'nothing derived from it' }),
  });
}
