import { checkAnswers } from '../answers/check.ts';
import type { Answers } from '../answers/schema.ts';
import type { Draft } from '../interview/answers-so-far.ts';
import { defaults } from '../interview/defaults.ts';
import type { Profile } from '../profile/schema.ts';
import { commandOf } from '../scenario/command.ts';
import { actsOf } from './acts.ts';
import { categoryOf } from './draft-category.ts';
import { outcomesOf } from './draft-outcomes.ts';
import { triggerOf } from './draft-trigger.ts';
import type { E2e, Milestone } from './model.ts';
import { plain } from './words.ts';

/** How sure a guess is: it stands in the plan; the plan and the profile agree on it; nothing speaks against it. */
export type Confidence = 'high' | 'medium' | 'low';

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
  readonly why?: string;
  readonly guesses: readonly Guess[];
  /** Expectations of the plan that became checks. */
  readonly checks: number;
  /** Expectations and criteria that a person has to look at. */
  readonly manual: number;
}

/** Drafts a scenario for each E2E section of a milestone. Pure. */
export function draftsOf(milestone: Milestone, profile: Profile): readonly Drafted[] {
  return milestone.scenarios.map((e2e, at) => draftOf(milestone, e2e, at, profile));
}

function draftOf(milestone: Milestone, e2e: E2e, at: number, profile: Profile): Drafted {
  const { line, heading } = e2e;
  const acts = actsOf(e2e, profile);
  const told = { line, heading, checks: 0, manual: 0 };
  const trigger = triggerOf(acts, e2e, profile);
  if ('why' in trigger) return { ...told, why: trigger.why, guesses: [] };
  const { because: _, ...rest } = trigger.guess;
  const guesses: Guess[] = [trigger.guess];
  const name = nameOf(milestone, e2e, at);
  const purpose = (e2e.purpose?.text ?? milestone.capability ?? '').slice(0, 500);
  const domain = trigger.domain ?? defaults.domain?.({ name: `${name} ${purpose}` }, profile);
  guesses.push({
    field: 'domain',
    because:
      trigger.domain === undefined ? 'the words of the milestone' : `the trigger belongs to it`,
    confidence: trigger.domain === undefined ? 'low' : rest.confidence,
  });
  const started: Draft = { name, domain, trigger: trigger.trigger };
  const category = categoryOf(acts, { milestone, e2e }, started, profile);
  guesses.push(category.guess);
  const so: Draft = { ...started, category: category.category };
  const flow = trigger.service === undefined ? defaults.flow?.(so, profile) : [trigger.service];
  guesses.push({
    field: 'flow',
    because: 'what the profile knows of the trigger',
    confidence: flow ? 'medium' : 'low',
  });
  const calibration = defaults.calibration?.(so, profile);
  const base = {
    name,
    domain,
    category: category.category,
    ...(purpose !== '' && { purpose: plain(purpose) }),
    trigger: trigger.trigger,
    flow,
    milestone: milestone.id === null ? milestone.title : milestoneName(milestone.id),
  };
  const usual = defaults.outcome?.(so, profile) ?? [];
  if (usual.length > 0)
    guesses.push({
      field: 'outcome',
      because: `how a scenario of category ${category.category} ends`,
      confidence: 'medium',
    });
  const found = outcomesOf(acts, e2e, { trigger: trigger.act, profile, draft: so });
  // What the profile does not let be checked there, a person looks at.
  const asManual = [...found.manual, ...found.asManual];
  const outcomes = [
    {
      outcome: [...usual, ...found.checks, ...found.manual],
      checks: found.checks.length,
      manual: found.manual.length,
    },
    { outcome: [...usual, ...asManual], checks: 0, manual: asManual.length },
  ];
  const own = commandOf(trigger.trigger, profile)?.values ?? {};
  let why = '';
  // A command that says other data than the profile's row is taken at its word.
  for (const data of [calibration, ...(Object.keys(own).length > 0 ? [own] : []), undefined])
    for (const { outcome, checks, manual } of outcomes) {
      const raw = { ...base, ...(data !== undefined && { calibration: data }), outcome };
      const { answers, problems } = checkAnswers(raw, profile);
      if (answers) return { ...told, answers, guesses: withData(guesses, data), checks, manual };
      if (why === '') why = problems.map(({ message }) => message).join('; ');
    }
  return { ...told, guesses, why };
}

function withData(guesses: readonly Guess[], data: Answers['calibration']): readonly Guess[] {
  if (data === undefined) return guesses;
  const because =
    typeof data === 'string'
      ? 'the row of the profile that fits the category best'
      : 'the command says so';
  return [...guesses, { field: 'calibration', because, confidence: 'medium' }];
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
