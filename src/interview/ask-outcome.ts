import type { Outcome } from '../answers/schema.ts';
import { endpointOf, operationOf, type Draft } from './answers-so-far.ts';
import type { Ask, Choice } from './ask.ts';
import { askObservation } from './ask-observation.ts';
import { defaults, refusalStatuses } from './defaults.ts';
import { outcomeInWords, outcomesInWords } from './outcome-words.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';

/** A proposal that can be taken as it is or added to, or something to be typed. */
type Proposal =
  { readonly outcomes: readonly Outcome[]; readonly more: boolean } | 'status' | 'fails' | 'own';

/** What proves it: the proposal of the category, which can be added to, or observations of one's own. */
export async function askOutcome(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const picked = await ask.choose({
    label: 'Outcome',
    hint: 'what proves that it worked?',
    choices: proposals(draft, session),
  });
  const first = await observed(picked, ask, draft, session);
  const plain = typeof picked === 'object' && !picked.more;
  return { ...draft, outcome: plain ? [...first] : await withMore(first, ask, draft, session) };
}

function proposals(draft: Draft, session: Session): readonly Choice<Proposal>[] {
  const { outcome, category } = draft;
  const isError = category === 'error';
  const proposed = outcome ?? (isError ? undefined : defaults.outcome?.(draft, session.profile));
  const words = outcomesInWords(proposed ?? [], category);
  const whole: readonly Choice<Proposal>[] = proposed
    ? [
        { value: { outcomes: proposed, more: false }, name: words },
        { value: { outcomes: proposed, more: true }, name: 'this, and more…', short: words },
      ]
    : [];
  return [
    ...whole,
    ...(isError ? refusals(draft, session) : []),
    { value: 'own', name: 'something else…', short: 'something else' },
  ];
}

function refusals(draft: Draft, { profile }: Session): readonly Choice<Proposal>[] {
  const starts = endpointOf(draft, profile)?.starts !== undefined;
  return [
    ...refusalStatuses(draft, profile).map((status) => ({
      value: { outcomes: [{ response: { status } }], more: false },
      name: `it is refused with status ${status}`,
    })),
    { value: 'status', name: 'it is refused with another status…', short: 'it is refused' },
    ...(starts
      ? [{ value: 'fails' as const, name: 'it is accepted, and then fails…', short: 'it fails' }]
      : []),
  ];
}

async function observed(
  picked: Proposal,
  ask: Ask,
  draft: Draft,
  session: Session,
): Promise<readonly Outcome[]> {
  switch (picked) {
    case 'status':
      return [await askStatus(ask, session)];
    case 'fails':
      return askFailure(ask, draft, session);
    case 'own':
      return [await askObservation(ask, draft, session)];
    default:
      return picked.outcomes;
  }
}

async function askStatus(ask: Ask, session: Session): Promise<Outcome> {
  const typed = await ask.type({
    label: 'Status',
    hint: 'such as 409',
    check: (text) => problemWith('outcome', [refusedWith(text)], session),
  });
  return refusedWith(typed);
}

function refusedWith(status: string): Outcome {
  return { response: { status: Number(status) } };
}

async function askFailure(ask: Ask, draft: Draft, session: Session): Promise<readonly Outcome[]> {
  const operation = operationOf(draft, session.profile);
  if (!operation) throw new Error('only what starts an operation can fail later');
  const { path, failed } = operation.state;
  const [state = ''] = failed;
  const outcomesOf = (message: string): Outcome[] => [
    { state: { path, equals: state } },
    { state: { path: operation.error.path, matches: message } },
  ];
  const typed = await ask.type({
    label: 'Message',
    hint: 'that it fails with: a regular expression, such as No data found',
    check: (text) => problemWith('outcome', outcomesOf(text), session),
  });
  return outcomesOf(typed);
}

async function withMore(
  outcomes: readonly Outcome[],
  ask: Ask,
  draft: Draft,
  session: Session,
): Promise<Outcome[]> {
  const last = outcomes.at(-1);
  // What was to be added is asked for at once; after that, each time, whether that is all.
  const wanted = await ask.choose({
    label: 'And',
    choices: [
      { value: true, name: 'one more…', short: 'one more' },
      { value: false, name: 'that is all' },
      ...(last === undefined || outcomes.length < 2
        ? []
        : [{ value: undefined, name: `without: ${outcomeInWords(last, draft.category)}` }]),
    ],
    selected: 1,
  });
  if (wanted === false) return [...outcomes];
  const next =
    wanted === undefined
      ? outcomes.slice(0, -1)
      : [...outcomes, await askObservation(ask, draft, session)];
  return withMore(next, ask, draft, session);
}
