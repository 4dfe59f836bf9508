import type inquirerModule from 'inquirer';
import { checkAnswers } from '../answers/check.ts';
import type { Answers } from '../answers/schema.ts';
import { makeScenario, type Made } from '../io/make.ts';
import { exitCodes } from '../errors.ts';
import { openProject } from '../io/project.ts';
import { ofItsVersion } from '../io/workspace.ts';
import { loadProfile } from '../profile/load.ts';
import { draft } from '../scenario/scenario.ts';
import { Interrupted } from './ask.ts';
import { interview } from './interview.ts';
import type { Opened } from './opened.ts';
import { sessionOf } from './planning.ts';
import { atTerminal } from './terminal.ts';

/** Who calls: our own command hands over what it has read; plop's command line has only `--force`. */
export interface Caller {
  readonly opened?: Opened;
  readonly force?: boolean;
}

/** What was asked, for the action. */
export interface Asked {
  readonly opened: Opened;
  /** Absent when nothing shall be written. */
  readonly answers?: Answers;
}

/** Asks with plop's own inquirer. */
export async function askAnswers(
  inquirer: typeof inquirerModule,
  place: string,
  caller: Caller,
): Promise<Asked> {
  const opened = caller.opened ?? (await open(place, caller.force === true));
  try {
    const answers = await atTerminal(inquirer, opened.streams, async (ask) =>
      interview(ask, sessionOf(opened)),
    );
    return answers ? { opened, answers } : { opened };
  } catch (error) {
    if (caller.opened || !(error instanceof Interrupted)) throw error;
    // plop's command line would tell of an error and end with 1.
    process.stderr.write(`${error.message}\n`);
    return process.exit(exitCodes.interrupted);
  }
}

/** The action of plop's command line: writes the scenario and says where it is. */
export async function writeScenario(asked: object): Promise<string> {
  const { answers, opened } = asked as Asked;
  if (!answers) return 'nothing was written';
  const { id } = (await make(answers, opened)).made;
  return `${opened.project.output}/${id}`;
}

/** Makes the scenario as the non-interactive path does. */
export async function make(
  answers: Answers,
  { project, profile, options }: Opened,
): Promise<{
  readonly made: Made;
  readonly warnings: ReturnType<typeof checkAnswers>['warnings'];
}> {
  const { warnings } = checkAnswers(answers, profile);
  const made = await makeScenario(project, profile, draft(answers, profile.name), options);
  return { made, warnings: [...warnings, ...made.warnings] };
}

async function open(place: string, force: boolean): Promise<Opened> {
  const project = openProject(place);
  return {
    project,
    profile: ofItsVersion(await loadProfile(project.profile, { root: project.root }), project),
    options: { dryRun: false, force },
    known: {},
    streams: { input: process.stdin, output: process.stdout, signal: new AbortController().signal },
  };
}
