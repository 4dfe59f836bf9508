import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../answers/check.ts';
import { readAnswers } from '../answers/gather.ts';
import { Told } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { indexPage } from '../files/index-page.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { allRows, rowOf } from '../io/library.ts';
import { readTemplates, type Project } from '../io/project.ts';
import type { Profile } from '../profile/schema.ts';
import { runtimeFile, scaffold, sourceFile } from '../scaffold.ts';
import type { Resolved } from '../scenario/model.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft, type Scenario } from '../scenario/scenario.ts';
import { openWorkspace } from '../io/workspace.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario new`. */
export interface NewOptions extends Common {
  readonly from?: string;
  readonly set: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Makes a scenario from answers, asking only for what is missing where a terminal is attached. */
export async function newCommand(options: NewOptions, io: Io): Promise<number> {
  const { project, profile } = await openWorkspace(options.cwd, (line) =>
    io.stderr.write(`${line}
`),
  );
  const input = await readAnswers(options, { cwd: options.here, stdin: io.stdin });
  const asked = shouldAsk(options, io, input.value, profile);
  if (asked)
    return (await import('./interview.ts')).interviewCommand(
      { project, profile, options, known: input.value },
      io,
    );
  const { answers, problems, warnings } = checkAnswers(input.value, profile);
  if (!answers) throw input.refusal(problems);
  const made = await makeScenario(project, profile, draft(answers, profile.name), options);
  tell(made, warnings, options, io);
  return 0;
}

/** A person is asked when something required is missing and there is a terminal to ask at. */
function shouldAsk(options: NewOptions, io: Io, value: object, profile: Profile): boolean {
  if (options.json || options.from === '-' || !io.stdin.isTTY || !io.stdout.isTTY) return false;
  return checkAnswers(value, profile).problems.some(
    ({ path, message }) => !path.includes('.') && message.startsWith(`${path} is missing`),
  );
}

/** What was made, or would be. */
export interface Made {
  readonly id: string;
  readonly resolved: Resolved;
  readonly files: readonly PlannedFile[];
  /** What is there now of these files, by path. */
  readonly before: { readonly [path: string]: string | undefined };
}

/** Decides all files of a scenario and, unless it is a dry run, puts them in place under the project's lock. */
export async function makeScenario(
  project: Project,
  profile: Profile,
  scenario: Scenario,
  options: { readonly dryRun: boolean; readonly force: boolean },
): Promise<Made> {
  const plan = async (): Promise<Made> => planFiles(project, profile, scenario, options.force);
  if (options.dryRun) return plan();
  return withProjectLock(project.root, project.staging, async () => {
    const made = await plan();
    await commitFiles(made.files, { root: project.root, staging: project.staging });
    return made;
  });
}

async function planFiles(
  project: Project,
  profile: Profile,
  scenario: Scenario,
  force: boolean,
): Promise<Made> {
  const { resolved, problems } = resolve(scenario, profile);
  if (!resolved)
    throw new Error(`unchecked answers: ${problems.map(({ message }) => message).join('; ')}`);
  const source = await sourceFile(scenario, project);
  if (!force && existsSync(join(project.root, source.path))) throw exists(scenario.id, source.path);
  const templates = readTemplates(project);
  const files = [
    source,
    ...(await scaffold(resolved, templates, project)),
    runtimeFile(templates, project),
  ];
  const row = rowOf({ scenario, resolved, runs: [] });
  const others = allRows(project, profile).filter(({ id }) => id !== scenario.id);
  const index = {
    path: project.index,
    text: indexPage(currentText(project, project.index), [...others, row], project),
  };
  const all = [...files, index];
  return {
    id: scenario.id,
    resolved,
    files: all,
    before: Object.fromEntries(all.map(({ path }) => [path, currentText(project, path)])),
  };
}

function exists(id: string, path: string): Told {
  return new Told(`the scenario ${id} exists already`, {
    code: 'exists',
    where: path,
    cure: 'choose another name, or replace it with --force',
  });
}

function currentText(project: Project, path: string): string | undefined {
  const full = join(project.root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

/** Reports what was made: JSON, a diff, or lines for a person. */
export function tell(
  made: Made,
  warnings: readonly { readonly code: string; readonly message: string }[],
  options: { readonly json: boolean; readonly dryRun: boolean },
  io: Io,
): void {
  const changed = made.files.filter(({ path, text }) => made.before[path] !== text);
  const diff = options.dryRun
    ? changed.map(({ path, text }) => unifiedDiff(path, made.before[path], text)).join('')
    : undefined;
  const paths = made.files
    .filter(({ path }) => !path.endsWith('/runtime.sh') || changed.some((one) => one.path === path))
    .map(({ path }) => path);
  if (options.json) {
    writeJson(io, {
      id: made.id,
      files: paths,
      warnings,
      dryRun: options.dryRun,
      ...(diff === undefined ? {} : { diff }),
    });
    return;
  }
  for (const { message } of warnings) io.stderr.write(`warning: ${message}\n`);
  if (diff !== undefined) {
    io.stdout.write(diff);
    return;
  }
  const script = paths.find((path) => path.endsWith('/run.sh')) ?? '';
  io.stdout.write(`${made.id}\n${paths.map((path) => `  ${path}\n`).join('')}\n`);
  io.stdout.write(
    `Try it without a live system: scenario run ${made.id} --sandbox\nRun it against the real one:    ${script}\n`,
  );
}
