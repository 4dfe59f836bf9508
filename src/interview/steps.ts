import type { Answers } from '../answers/schema.ts';
import { nearest } from '../nearest.ts';
import { categories, type Profile } from '../profile/schema.ts';
import { slugOf } from '../scenario/slug.ts';
import type { Draft } from './answers-so-far.ts';
import type { Ask } from './ask.ts';
import { asksForData, dataInWords, askData } from './ask-data.ts';
import { askOutcome } from './ask-outcome.ts';
import { askRequest, asksForRequest, askTrigger } from './ask-trigger.ts';
import { defaults, servable } from './defaults.ts';
import { outcomesInWords, triggerInWords } from './outcome-words.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';
import { flowText, namesIn } from './typed.ts';

/** One question of the interview. */
export interface Step {
  readonly id: StepId;
  readonly label: string;
  /** The answer that it gives. */
  readonly field: keyof Answers;
  /** Questions whose proposal may change with this answer. */
  readonly leadsTo: readonly StepId[];
  /** Whether there is anything to ask, with what was said before. */
  applies(draft: Draft, session: Session): boolean;
  /** Asks, and gives the answers with the new one. */
  ask(ask: Ask, draft: Draft, session: Session): Promise<Draft>;
  /** The present answer, for the list of answers. */
  inWords(draft: Draft, session: Session): string;
}

/** Names of the questions. */
export type StepId = keyof Answers | 'request';

const always = (): boolean => true;

/** The questions in their order. */
export const steps: readonly Step[] = [
  {
    id: 'name',
    label: 'Name',
    field: 'name',
    leadsTo: [],
    applies: always,
    ask: async (ask, draft, session) => ({ ...draft, name: await askName(ask, draft, session) }),
    inWords: ({ name = '' }) => name,
  },
  {
    id: 'domain',
    label: 'Domain',
    field: 'domain',
    leadsTo: ['trigger', 'flow', 'request', 'outcome', 'calibration'],
    applies: always,
    ask: askDomain,
    inWords: ({ domain = '' }) => domain,
  },
  {
    id: 'trigger',
    label: 'Trigger',
    field: 'trigger',
    leadsTo: ['flow', 'request', 'outcome', 'calibration'],
    applies: always,
    ask: askTrigger,
    inWords: ({ trigger }, { profile }) => (trigger ? triggerInWords(trigger, profile) : ''),
  },
  {
    id: 'flow',
    label: 'Flow',
    field: 'flow',
    leadsTo: [],
    applies: always,
    ask: askFlow,
    inWords: ({ flow = [] }) => flowText(flow),
  },
  {
    id: 'category',
    label: 'Category',
    field: 'category',
    leadsTo: ['request', 'outcome', 'calibration'],
    applies: always,
    ask: askCategory,
    inWords: ({ category }, { profile }) =>
      category === undefined ? '' : profile.categories[category].title,
  },
  {
    id: 'request',
    label: 'Request',
    field: 'trigger',
    leadsTo: [],
    applies: asksForRequest,
    ask: askRequest,
    inWords: ({ trigger }, { profile }) => (trigger ? triggerInWords(trigger, profile) : ''),
  },
  {
    id: 'outcome',
    label: 'Outcome',
    field: 'outcome',
    leadsTo: [],
    applies: always,
    ask: askOutcome,
    inWords: ({ outcome = [], category }) => outcomesInWords(outcome, category),
  },
  {
    id: 'calibration',
    label: 'Data',
    field: 'calibration',
    leadsTo: [],
    applies: asksForData,
    ask: askData,
    inWords: dataInWords,
  },
  {
    id: 'milestone',
    label: 'Milestone',
    field: 'milestone',
    leadsTo: [],
    applies: (_draft, { askOptional }) => askOptional,
    ask: async (ask, draft, session) =>
      withOptional(ask, draft, session, 'milestone', 'such as M6 or 4.5; Enter for none'),
    inWords: ({ milestone = 'none' }) => milestone,
  },
  {
    id: 'purpose',
    label: 'Purpose',
    field: 'purpose',
    leadsTo: [],
    applies: () => false, // derived; a person can still change it before anything is written
    ask: async (ask, draft, session) =>
      withOptional(
        ask,
        draft,
        session,
        'purpose',
        'one sentence; Enter to have it written for you',
      ),
    inWords: ({ purpose = '(written for you)' }) => purpose,
  },
];

async function askName(ask: Ask, draft: Draft, session: Session): Promise<string> {
  return ask.type({
    label: 'Name',
    hint: (typed) =>
      typed === '' ? 'what should it prove? such as Order Cancellation' : folderHint(typed),
    prefill: draft.name ?? '',
    check: (typed) =>
      problemWith('name', typed, session) ??
      (draft.domain === undefined ? undefined : taken(typed, draft.domain, session)),
  });
}

function folderHint(typed: string): string {
  const slug = slugOf(typed);
  return slug === '' ? '' : `folder ${slug}`;
}

function taken(name: string, domain: string, session: Session): string | undefined {
  const id = `${domain}/${slugOf(name)}`;
  return session.taken(id)
    ? `the scenario ${id} is there already; take another name, or start again with --force`
    : undefined;
}

async function askDomain(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const { profile } = session;
  const names = Object.keys(profile.domains);
  const domain = await ask.choose({
    label: 'Domain',
    choices: names.map((value) => ({
      value,
      name: `${value}${sameWord(value, profile.domains[value]?.title ?? '')}`,
      short: value,
    })),
    selected: names.indexOf(draft.domain ?? defaults.domain?.(draft, profile) ?? ''),
  });
  const problem = draft.name === undefined ? undefined : taken(draft.name, domain, session);
  if (problem === undefined) return { ...draft, domain };
  ask.say(`  ${problem}`);
  return { ...draft, domain, name: await askName(ask, { ...draft, domain }, session) };
}

function sameWord(name: string, title: string): string {
  return title.toLowerCase() === name ? '' : ` · ${title}`;
}

async function askFlow(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const { profile } = session;
  const typed = await ask.type({
    label: 'Flow',
    hint: (text) => flowHint(namesIn(text), profile),
    prefill: flowText(draft.flow ?? defaults.flow?.(draft, profile) ?? []),
    check: (text) => problemWith('flow', namesIn(text), session),
  });
  return { ...draft, flow: namesIn(typed) };
}

/** A component that the profile does not know may stand in the flow, but nothing is checked there. */
function flowHint(typed: readonly string[], { services, components }: Profile): string {
  const names = [...Object.keys(services), ...Object.keys(components)];
  const unknown = typed.find((one) => !names.includes(one));
  if (unknown === undefined) return 'from the first to the last, as a → b or a, b';
  const close = nearest(unknown, names) ?? names.find((one) => one.startsWith(unknown));
  return `${unknown} is unknown: ${close === undefined ? `known are ${names.join(', ')}` : `${close}?`}`;
}

async function askCategory(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const { profile } = session;
  const wanted = draft.category ?? defaults.category?.(draft, profile) ?? 'smoke';
  const usable = categories.filter((one) => servable(one, draft, profile));
  const ordered = usable.toSorted((a, b) => Number(b === wanted) - Number(a === wanted));
  const category = await ask.choose({
    label: 'Category',
    choices: ordered.map((value) => {
      const { title, when, example } = profile.categories[value];
      return {
        value,
        name: `${title} · ${when}`,
        detail: `such as: ${example}`,
        short: `${title} · ${when}`,
      };
    }),
  });
  return { ...draft, category };
}

async function withOptional(
  ask: Ask,
  draft: Draft,
  session: Session,
  field: 'milestone' | 'purpose',
  hint: string,
): Promise<Draft> {
  const typed = await ask.type({
    label: field === 'milestone' ? 'Milestone' : 'Purpose',
    hint,
    prefill: draft[field] ?? '',
    nothing: field === 'milestone' ? 'none' : 'written for you',
    check: (text) => (text === '' ? undefined : problemWith(field, text, session)),
  });
  return { ...draft, [field]: typed === '' ? undefined : typed };
}
