import { checkAnswers } from '../answers/check.ts';
import type { Answers } from '../answers/schema.ts';
import type { Draft } from '../interview/answers-so-far.ts';
import { defaults } from '../interview/defaults.ts';
import type { Category, Profile } from '../profile/schema.ts';
import type { Resolved } from '../scenario/model.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft } from '../scenario/scenario.ts';

/** One of the five test patterns: a scenario that the profile's own data give, or why they give none. */
export interface Pattern {
  readonly title: string;
  readonly category: Category;
  readonly scenario?: Resolved;
}

/** The patterns of the seed in its order, each shown on the category that it belongs to. */
const kinds: readonly (readonly [title: string, category: Category])[] = [
  ['Start and verify completion', 'smoke'],
  ['Poll progress', 'progress'],
  ['Cancellation', 'cancellation'],
  ['Error handling', 'error'],
  ['Log verification', 'integration'],
];

/** The five patterns, made as a scenario is: what the guide shows is what `scenario new` writes. */
export function patternsOf(profile: Profile): readonly Pattern[] {
  const triggers = triggersOf(profile);
  return kinds.map(([title, category]) => {
    for (const endpoint of triggers) {
      const scenario = scenarioOn(endpoint, title, category, profile);
      if (scenario) return { title, category, scenario };
    }
    return { title, category };
  });
}

/** What can be triggered: first what starts an operation for which most categories have data. */
function triggersOf(profile: Profile): readonly string[] {
  const rows = Object.values(profile.calibrations);
  const served = (endpoint: string): number =>
    new Set(rows.filter((row) => row.endpoint === endpoint).flatMap(({ fits }) => fits)).size;
  return Object.entries(profile.endpoints)
    .map(([name, { starts }]) => ({ name, rank: starts === undefined ? -1 : served(name) }))
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ name }) => name);
}

function scenarioOn(
  endpoint: string,
  name: string,
  category: Category,
  profile: Profile,
): Resolved | undefined {
  const found = profile.endpoints[endpoint];
  if (!found || (category === 'error' && found.payload === undefined)) return undefined;
  const known: Draft = {
    name,
    category,
    domain: found.domain,
    trigger: {
      kind: 'api',
      endpoint,
      ...(category === 'error' ? { payload: { invalid: 'payload' } } : {}),
    },
  };
  const { answers } = checkAnswers(completed(known, profile), profile);
  return answers && resolve(draft(answers, profile.name), profile).resolved;
}

/** The rest as the interview would propose it. */
function completed(known: Draft, profile: Profile): Partial<Answers> {
  const rest = (['flow', 'outcome', 'calibration'] as const).flatMap((field) => {
    const value = defaults[field]?.(known, profile);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...known, ...Object.fromEntries(rest) } as Partial<Answers>;
}
