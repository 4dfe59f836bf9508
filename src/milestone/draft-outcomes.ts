import type { Outcome } from '../answers/schema.ts';
import { saidBy } from '../draft/expected.ts';
import type { Draft } from '../interview/answers-so-far.ts';
import { operationOf } from '../interview/answers-so-far.ts';
import type { Profile } from '../profile/schema.ts';
import type { Act } from './acts.ts';
import type { E2e } from './model.ts';
import { plain } from './words.ts';

/** What a plan expects: what a script can check, and what a person has to look at. */
export interface FoundOutcomes {
  readonly checks: readonly Outcome[];
  readonly manual: readonly Outcome[];
  /** The checks as a person would make them, for where the profile does not let them be made. */
  readonly asManual: readonly Outcome[];
}

interface About {
  readonly trigger: Act | undefined;
  readonly profile: Profile;
  readonly draft: Draft;
}

/** Turns expectations behind commands, searches of logs and criteria into outcomes; each text once. */
export function outcomesOf(acts: readonly Act[], e2e: E2e, about: About): FoundOutcomes {
  const checks: Outcome[] = [];
  const asManual: Outcome[] = [];
  const manual = new Map<string, Outcome>();
  const look = (text: string): void => {
    const bare = plain(text).slice(0, 1000);
    if (bare !== '') manual.set(bare.toLowerCase(), { manual: bare });
  };
  const add = (outcome: Outcome | undefined, text: string): void => {
    if (!outcome) look(text);
    else if (!checks.some((one) => JSON.stringify(one) === JSON.stringify(outcome))) {
      checks.push(outcome);
      asManual.push({ manual: plain(text) });
    }
  };
  for (const act of acts) {
    const log = ofLog(act, about.profile);
    if (log) add(log, act.read.text);
    for (const { text } of act.expected) add(ofExpectation(text, act, about), text);
  }
  for (const { kind, expected } of e2e.steps)
    if (kind === 'prose') for (const { text } of expected) look(text);
  for (const { text } of e2e.criteria) look(text);
  return { checks, manual: [...manual.values()], asManual };
}

function ofLog({ read }: Act, profile: Profile): Outcome | undefined {
  if (read.kind !== 'log' || read.service === undefined || !(read.service in profile.services))
    return undefined;
  const [pattern, ...more] = read.patterns;
  if (!pattern || more.length > 0 || pattern.text.trim() === '') return undefined;
  const { service } = read;
  if (read.negated) return pattern.isRegex ? undefined : { log: { service, absent: pattern.text } };
  return {
    log: pattern.isRegex ? { service, matches: pattern.text } : { service, present: pattern.text },
  };
}

function ofExpectation(
  text: string,
  act: Act,
  { trigger, profile, draft }: About,
): Outcome | undefined {
  const said = saidBy(text);
  if (!said || act.located === undefined) return undefined;
  if (said.kind === 'status')
    return act === trigger ? { response: { status: said.status } } : undefined;
  const path = pathOf(said.field, act);
  if (path === undefined) return undefined;
  if (act === trigger) return { response: { path, ...said.must } } as Outcome;
  const operation = operationOf(draft, profile);
  return operation && act.located.endpoint?.name === operation.get
    ? ({ state: { path, ...said.must } } as Outcome)
    : undefined;
}

/** The place that the command looks at and whose name the plan says. */
function pathOf(field: string, { read }: Act): string | undefined {
  if (field.startsWith('.')) return field;
  const looks = 'looks' in read ? read.looks.paths : [];
  return looks.find(({ path, label }) => label === field || path.endsWith(`.${field}`))?.path;
}
