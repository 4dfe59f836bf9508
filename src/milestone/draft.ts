import { checkAnswers } from '../answers/check.ts';
import type { Answers, Outcome } from '../answers/schema.ts';
import { categoryIn, type Guess as Guessed } from '../draft/category.ts';
import { draftScenario } from '../draft/draft.ts';
import { evidenceIn } from '../draft/evidence.ts';
import { linked } from '../draft/links.ts';
import type { Finding } from '../draft/trigger.ts';
import { operationOf, type Draft } from '../interview/answers-so-far.ts';
import { defaults } from '../interview/defaults.ts';
import type { Profile } from '../profile/schema.ts';
import type { Addition } from '../scenario/scenario.ts';
import { actsOf, type Act } from './acts.ts';
import { plannedTrigger } from './draft-trigger.ts';
import type { E2e, Milestone, Placed } from './model.ts';
import { plain } from './words.ts';

/** How sure a guess is: it stands in the plan; the plan and the profile agree on it; nothing speaks against it. */
export type Confidence = Guessed['confidence'];

/** An answer that the plan does not give as such. */
export interface Guess {
  /** Dotted path in the answers. */
  readonly field: string;
  readonly because: string;
  readonly confidence: Confidence;
  readonly line?: number;
}

/** What was made of an E2E section: answers with the reason for each, or the reason why not. */
export interface Drafted {
  readonly line: number;
  readonly heading: string;
  readonly answers?: Answers;
  /** Requests of the plan beside the trigger, which only a scenario file can hold. */
  readonly additions?: readonly Addition[];
  readonly why?: string;
  readonly guesses: readonly Guess[];
  /** Commands and expectations of the plan that became checks. */
  readonly checks: number;
  /** Expectations and criteria that a person has to look at. */
  readonly manual: number;
  /** Expectations that a check of the playbook says already, and which. */
  readonly folded: readonly { readonly line: number; readonly text: string; readonly by: string }[];
  /** What of the plan the profile does not know. */
  readonly findings: readonly Finding[];
}

/** Drafts a scenario for each E2E section of a milestone. Pure. */
export function draftsOf(milestone: Milestone, profile: Profile): readonly Drafted[] {
  return milestone.scenarios.map((e2e, at) => draftOf(milestone, e2e, at, profile));
}

function draftOf(milestone: Milestone, e2e: E2e, at: number, profile: Profile): Drafted {
  const { line, heading } = e2e;
  const acts = actsOf(e2e, profile);
  const purpose = plain(e2e.purpose?.text ?? milestone.capability ?? '').slice(0, 500);
  const name = nameOf(milestone, e2e, at);
  const said = {
    name,
    milestone: milestone.id === null ? milestone.title : milestoneName(milestone.id),
    ...(purpose !== '' && { purpose }),
  };
  const expectations = expectationsOf(e2e, acts);
  const commands = acts.map(({ read }) => read);
  const prerequisites = e2e.prerequisites.map(({ text }) => text).join('\n');
  const drafted = draftScenario({ ...said, line, commands, expectations, prerequisites }, profile);
  const { scenario, guesses, steps, findings } = drafted;
  if (!scenario) return byWords({ acts, e2e, said, expectations }, profile);
  const { byHand } = drafted;
  const additions = (scenario.additions ?? []).filter((one) => one.manual !== true);
  return {
    line,
    heading,
    answers: {
      ...scenario.answers,
      outcome: [...scenario.answers.outcome, ...byHand.map((manual) => ({ manual }))],
    },
    ...(additions.length > 0 && { additions }),
    guesses: guesses.map(({ field, reason, confidence, line: where }) => ({
      field,
      because: reason,
      confidence,
      ...(where !== undefined && { line: where }),
    })),
    checks: steps.checked,
    manual: byHand.length,
    folded: drafted.folded,
    findings,
  };
}

/** All that is expected, in the order of the plan, each text once. */
function expectationsOf({ steps, criteria }: E2e, acts: readonly Act[]): readonly Placed[] {
  const all = [
    ...acts.flatMap(({ expected }) => expected),
    ...steps.flatMap(({ kind, expected }) => (kind === 'prose' ? expected : [])),
    ...criteria,
  ];
  const texts = new Map(
    all.map(({ line, text }) => [plain(text).toLowerCase(), { line, text: plain(text) }]),
  );
  return [...texts.values()].filter(({ text }) => text !== '').toSorted((a, b) => a.line - b.line);
}

/** Where no request or command can be the trigger: words, or an address that is yet to come; a person looks at all else. */
function byWords(
  {
    acts,
    e2e,
    said,
    expectations,
  }: {
    readonly acts: readonly Act[];
    readonly e2e: E2e;
    readonly said: { readonly name: string; readonly purpose?: string; readonly milestone: string };
    readonly expectations: readonly Placed[];
  },
  profile: Profile,
): Drafted {
  const told = {
    line: e2e.line,
    heading: e2e.heading,
    checks: 0,
    manual: 0,
    folded: [],
    findings: [],
  };
  const found = plannedTrigger(acts, e2e, profile);
  if ('why' in found) return { ...told, why: found.why, guesses: [] };
  const { trigger, guess, domain: own, service } = found;
  const domain = own ?? defaults.domain?.({ name: `${said.name} ${said.purpose ?? ''}` }, profile);
  const started: Draft = { name: said.name, domain, trigger };
  const commands = acts.map(({ read }) => read);
  const category = categoryIn(
    said,
    evidenceIn({ commands, expectations }, linked(commands, profile), undefined, profile),
    operationOf(started, profile) !== undefined,
  );
  const so: Draft = { ...started, category: category.value };
  const calibration = defaults.calibration?.(so, profile);
  const raw = {
    ...said,
    domain,
    category: category.value,
    trigger,
    flow: service === undefined ? defaults.flow?.(so, profile) : [service],
    ...(calibration !== undefined && { calibration }),
    outcome: [
      ...(defaults.outcome?.(so, profile) ?? []),
      ...expectations.map(({ text }): Outcome => ({ manual: text.slice(0, 1000) })),
    ],
  };
  const { answers, problems } = checkAnswers(raw, profile);
  const guesses: Guess[] = [
    guess,
    {
      field: 'domain',
      because: own === undefined ? 'the words of the milestone' : 'the trigger belongs to it',
      confidence: 'low',
    },
    { field: 'category', because: category.reason, confidence: category.confidence },
  ];
  if (!answers) return { ...told, guesses, why: problems.map(({ message }) => message).join('; ') };
  return { ...told, answers, guesses, manual: expectations.length };
}

/** The milestone's title; a second section adds what its own heading says. */
function nameOf({ title }: Milestone, { heading }: E2e, at: number): string {
  const own = plain(heading)
    .replace(/^(?:task\s+)?[\d.]+[a-z]?\s*[:.—–-]\s*/i, '')
    .replaceAll(/[^\p{L}\p{N} .,:'’()&+→—–-]/gu, ' ')
    .trim();
  const clean = plain(title)
    .replaceAll(/[^\p{L}\p{N} .,:'’()&+—–-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return (at === 0 ? clean : `${clean}: ${own}`).slice(0, 120).trim();
}

function milestoneName(id: string): string {
  return /^\d/.test(id) ? `M${id}` : id;
}
