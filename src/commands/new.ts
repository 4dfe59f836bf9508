import { checkAnswers } from '../answers/check.ts';
import { readAnswers } from '../answers/gather.ts';
import type { Profile } from '../profile/schema.ts';
import { draft } from '../scenario/scenario.ts';
import { makeScenario, type Made } from '../io/make.ts';
import type { Common, Io } from './io.ts';
import { tellMade } from './tell-made.ts';
import { openFor } from './open.ts';
import { requestGiven } from './request-given.ts';

/** Options of `scenario new`. */
export interface NewOptions extends Common {
  readonly from?: string;
  /** A call of curl that becomes the trigger. */
  readonly fromCurl?: string;
  /** `FILE#operationId` of an OpenAPI document that becomes the trigger. */
  readonly fromOpenapi?: string;
  readonly set: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Makes a scenario from answers, asking only for what is missing where a terminal is attached. */
export async function newCommand(options: NewOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const surroundings = { cwd: options.here, stdin: io.stdin };
  const { known, lost } = await requestGiven(options, profile, surroundings);
  const input = await readAnswers(options, surroundings, known);
  const asked = shouldAsk(options, io, input.value, profile);
  if (asked) {
    for (const { message } of lost) io.stderr.write(`warning: ${message}\n`);
    return (await import('./interview.ts')).interviewCommand(
      { project, profile, options, known: input.value },
      io,
    );
  }
  const { answers, problems, warnings } = checkAnswers(input.value, profile);
  if (!answers) throw input.refusal(problems);
  const made = await makeScenario(project, profile, draft(answers, profile.name), options);
  tellMade(made, [...lost, ...warnings, ...made.warnings, ...brokenOthers(made)], options, io);
  return 0;
}

/** The rows of broken scenarios are missing in the index: that is said, not passed over. */
function brokenOthers({ broken }: Made): readonly { code: string; message: string }[] {
  return broken.map(({ id, message }) => ({
    code: 'broken-scenario',
    message: `${id} cannot be read, so the index leaves it out: ${message}`,
  }));
}

/** A person is asked when something required is missing and there is a terminal to ask at. */
function shouldAsk(options: NewOptions, io: Io, value: object, profile: Profile): boolean {
  if (options.json || options.from === '-' || !io.stdin.isTTY || !io.stdout.isTTY) return false;
  return checkAnswers(value, profile).problems.some(({ missing }) => missing === true);
}
