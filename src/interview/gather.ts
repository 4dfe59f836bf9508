import type { Draft } from './answers-so-far.ts';
import { Back, type Ask } from './ask.ts';
import { defaults } from './defaults.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';
import { steps, type Step, type StepId } from './steps.ts';

/** Answers, and which questions are done with. */
export interface State {
  readonly draft: Draft;
  readonly settled: ReadonlySet<StepId>;
}

/** What was given before: answers that hold are kept, the others are asked again, with what was wrong with them. */
export function stateOf(session: Session): {
  readonly state: State;
  readonly notes: readonly string[];
} {
  const wrong = Object.entries(session.given).flatMap(([field, value]) => {
    const problem = problemWith(field as keyof Draft, value, session);
    return problem === undefined ? [] : [{ field, note: `${field}: ${problem}` }];
  });
  const held = Object.entries(session.given).filter(
    ([field]) => !wrong.some((one) => one.field === field),
  );
  const fields = held.map(([field]) => field as StepId);
  // Who gave the trigger said all of it.
  const settled = new Set<StepId>(fields.includes('trigger') ? [...fields, 'request'] : fields);
  return {
    state: { draft: Object.fromEntries(held), settled },
    notes: wrong.map(({ note }) => note),
  };
}

/** Asks what is still open, in order; Esc goes back a question. */
export async function gather(
  ask: Ask,
  state: State,
  session: Session,
  asked: readonly StepId[] = [],
): Promise<State> {
  const step = steps.find((one) => !state.settled.has(one.id) && one.applies(state.draft, session));
  if (!step) return state;
  const answered = await asking(step, ask, state, session);
  if (answered !== 'back') return gather(ask, answered, session, [...asked, step.id]);
  const last = asked.slice(-1);
  const reopened = { ...state, settled: without(state.settled, last) };
  return gather(ask, reopened, session, asked.slice(0, -1));
}

/** Asks one question; the answers that were proposed because of the old answer are open again when their proposal changes. */
export async function asking(
  step: Step,
  ask: Ask,
  state: State,
  session: Session,
): Promise<State | 'back'> {
  let answered = 0;
  const counting: Ask = {
    ...ask,
    choose: async (question) => counted(ask.choose(question)),
    type: async (question) => counted(ask.type(question)),
  };
  const counted = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    answered += 1;
    return value;
  };
  try {
    return withAnswer(step, state, await step.ask(counting, state.draft, session), session);
  } catch (error) {
    if (!(error instanceof Back)) throw error;
    // Esc in the middle of a question of several parts begins it again.
    return answered > 0 ? asking(step, ask, state, session) : 'back';
  }
}

function withAnswer(step: Step, before: State, draft: Draft, session: Session): State {
  const settled = new Set([...before.settled, step.id]);
  const open = step.leadsTo.filter((id) => proposalChanged(id, before.draft, draft, session));
  if (before.draft[step.field] === undefined || open.length === 0) return { draft, settled };
  const fields = steps.filter(({ id }) => open.includes(id) && id !== 'request');
  const cleared = Object.fromEntries(fields.map(({ field }) => [field, undefined]));
  return { draft: { ...draft, ...cleared }, settled: without(settled, open) };
}

function proposalChanged(id: StepId, before: Draft, after: Draft, { profile }: Session): boolean {
  if (id === 'request') {
    return (
      before.category !== after.category ||
      JSON.stringify(before.trigger) !== JSON.stringify(after.trigger)
    );
  }
  const propose = defaults[id];
  return JSON.stringify(propose?.(before, profile)) !== JSON.stringify(propose?.(after, profile));
}

function without(settled: ReadonlySet<StepId>, ids: readonly StepId[]): ReadonlySet<StepId> {
  return new Set([...settled].filter((id) => !ids.includes(id)));
}
