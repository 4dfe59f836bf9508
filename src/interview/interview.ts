import { checkAnswers } from '../answers/check.ts';
import type { Answers } from '../answers/schema.ts';
import { Told, type Problem } from '../errors.ts';
import type { Ask } from './ask.ts';
import { asking, gather, stateOf, type State } from './gather.ts';
import { preview } from './preview.ts';
import { problemInWords } from './problem.ts';
import type { Session } from './session.ts';
import { steps, type Step } from './steps.ts';

/** Asks for what is missing, shows what would be written, and gives the answers; undefined when nothing shall be written. */
export async function interview(ask: Ask, session: Session): Promise<Answers | undefined> {
  const { state, notes } = stateOf(session);
  for (const note of notes) ask.say(`  ${note}`);
  return settle(ask, await gather(ask, state, session), session);
}

/** From complete answers to a decision; each change comes back here. */
async function settle(ask: Ask, state: State, session: Session): Promise<Answers | undefined> {
  const { answers, problems } = checkAnswers(plain(state.draft), session.profile);
  if (!answers) return settle(ask, await mended(ask, state, problems, session), session);
  const decision = await preview(ask, answers, session);
  if (decision === 'write') return answers;
  if (decision === 'no') return undefined;
  return settle(ask, await changed(ask, state, session), session);
}

/** Answers as a file would hold them: without what was left out. */
function plain(draft: State['draft']): object {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}

/** Says what cannot be, and asks again for what it lies in. */
async function mended(
  ask: Ask,
  state: State,
  problems: readonly Problem[],
  session: Session,
): Promise<State> {
  const [first] = problems;
  for (const problem of problems) ask.say(`  ${problemInWords(problem)}`);
  const step = steps.find(({ id }) => id === first?.path.split('.')[0]);
  if (!step) {
    throw new Told('the answers that were given cannot be used', {
      code: 'invalid-answers',
      cure: 'put them right and start again',
      issues: problems,
    });
  }
  return again(ask, step, state, session);
}

/** Lists the answers, and asks the chosen one again with all that follows from it. */
async function changed(ask: Ask, state: State, session: Session): Promise<State> {
  const answered = steps.filter(
    (step) => step.id !== 'request' || step.applies(state.draft, session),
  );
  const picked = await ask.choose<Step | undefined>({
    label: 'Change',
    choices: [
      ...answered.map((step) => ({
        value: step,
        name: `${step.label.padEnd(9, '\u00a0')} ${step.inWords(state.draft, session)}`,
        short: step.label.toLowerCase(),
      })),
      { value: undefined, name: 'nothing' },
    ],
  });
  return picked ? again(ask, picked, state, session) : state;
}

async function again(ask: Ask, step: Step, state: State, session: Session): Promise<State> {
  const answered = await asking(step, ask, state, session);
  return answered === 'back' ? state : gather(ask, answered, session);
}
