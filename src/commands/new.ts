import { checkAnswers } from '../answers/check.ts';
import { readAnswers } from '../answers/gather.ts';
import { readDocumentFile } from '../answers/read.ts';
import { fromCurl, type FromRequest } from '../draft/from-curl.ts';
import { fromOpenApi } from '../draft/from-openapi.ts';
import { Told } from '../errors.ts';
import type { Json } from '../scenario/comparators.ts';
import type { Profile } from '../profile/schema.ts';
import { draft } from '../scenario/scenario.ts';
import { makeScenario, type Made } from '../io/make.ts';
import type { Common, Io } from './io.ts';
import { tellMade } from './tell-made.ts';
import { openFor } from './open.ts';

/** Options of `scenario new`. */
export interface NewOptions extends Common {
  readonly from?: string;
  /** A call of curl that becomes the trigger. */
  readonly fromCurl?: string;
  /** `FILE#operationId` of an OpenAPI 3 document: the like. */
  readonly fromOpenapi?: string;
  readonly set: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Makes a scenario from answers, asking only for what is missing where a terminal is attached. */
export async function newCommand(options: NewOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const request = await requestOf(options, profile, io);
  const lost = (request?.findings ?? []).map(({ message, nearest }) => ({
    code: 'from-curl',
    message: nearest === undefined ? message : `${message}; nearest: ${nearest}`,
  }));
  const surroundings = { cwd: options.here, stdin: io.stdin };
  const input = await readAnswers(options, surroundings, request?.answers);
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

/** The request that is to be the trigger, where one was given. */
async function requestOf(
  { fromCurl: call, fromOpenapi: place, here }: NewOptions,
  profile: Profile,
  io: Io,
): Promise<FromRequest | undefined> {
  if (call !== undefined && place !== undefined)
    throw new Told('--from-curl and --from-openapi both give the trigger', {
      code: 'usage',
      cure: 'give one of them',
    });
  if (call !== undefined) return fromCurl(call, profile);
  if (place === undefined) return undefined;
  const [, file = place, operation = ''] = /^(.*?)#(.+)$/s.exec(place) ?? [];
  const { value } = await readDocumentFile(file, { cwd: here, stdin: io.stdin });
  // What is read of JSON or YAML is JSON.
  return fromOpenApi(value as Json, operation, file, profile);
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
