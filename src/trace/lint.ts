import { isFiller, stem, wordsOf } from '../find/words.ts';
import { codeOf } from './prose.ts';
import { inFull } from '../milestone/full.ts';
import type { Placed } from '../milestone/model.ts';
import type { PlannedMilestone, TraceFinding, TracedPlan } from './model.ts';

/** What the plans say that keeps a milestone from being checked, or ties its commands to one machine. */
export function lintPlans(
  plans: readonly TracedPlan[],
  addresses: readonly { readonly variable: string; readonly default: string }[],
  exercised: (milestone: PlannedMilestone) => readonly string[],
): readonly TraceFinding[] {
  const all = plans.flatMap(({ milestones }) => milestones);
  const weightOf = rarity(all);
  return plans.flatMap((plan) => [
    ...plan.milestones.flatMap((milestone) => [
      ...withoutSection(milestone, all),
      ...uncheckedCriteria(milestone, exercised(milestone), weightOf),
    ]),
    ...tiedCommands(plan, addresses),
  ]);
}

/** A row of an overview needs no section where the plan beside it has one. */
function withoutSection(
  milestone: PlannedMilestone,
  all: readonly PlannedMilestone[],
): readonly TraceFinding[] {
  const { path, titleLine, title, scenarios } = milestone;
  if (scenarios.length > 0 || inFull(milestone, all)) return [];
  return [
    {
      code: 'no-e2e-section',
      path,
      line: titleLine,
      message: `the milestone ${JSON.stringify(title)} does not say how to see it at work`,
      cure: 'add a section "E2E Validation" with commands and success criteria; `scenario plan --write` adds one',
    },
  ];
}

/** A criterion of which the steps say less than this share is taken as unchecked (judged by hand on plans of one system). */
const enough = 0.3;

/**
 * A criterion is checked when a step, or what a scenario of the milestone exercises, speaks of enough of it. Words that few criteria
 * have count for more: "test" and "pass" in a step check nothing.
 */
function uncheckedCriteria(
  { path, scenarios }: PlannedMilestone,
  exercised: readonly string[],
  weightOf: (word: string) => number,
): readonly TraceFinding[] {
  const steps = [
    ...scenarios.flatMap((scenario) => scenario.steps.map(({ text }) => text)),
    ...exercised,
  ];
  const spoken = new Set(steps.flatMap((text) => [...stemsOf(text).keys()]));
  return scenarios
    .flatMap(({ criteria }) => criteria)
    .flatMap(({ line, text }): readonly TraceFinding[] => {
      const words = [...stemsOf(text)].map(([form, word]) => ({
        form,
        word,
        weight: weightOf(form),
      }));
      const silent = words.filter(({ form }) => !spoken.has(form));
      if (words.length > 0 && sumOf(silent) / sumOf(words) <= 1 - enough) return [];
      const rarest = silent.toSorted((a, b) => b.weight - a.weight).slice(0, 3);
      return [
        {
          code: 'criterion-without-check',
          path,
          line,
          message:
            steps.length === 0
              ? `no step observes ${quoted(text)}`
              : silent.length === words.length
                ? `no step speaks of anything in ${quoted(text)}`
                : `the steps say little of ${quoted(text)}: nothing of ${rarest.map(({ word }) => word).join(', ')}`,
          cure: 'add a command that shows it, or say how a person sees it',
        },
      ];
    });
}

function sumOf(words: readonly { readonly weight: number }[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** How much a word tells, by how few of the criteria of all these plans have it. */
function rarity(all: readonly PlannedMilestone[]): (form: string) => number {
  const criteria = all.flatMap(({ scenarios }) =>
    scenarios.flatMap((one) => one.criteria.map(({ text }) => stemsOf(text))),
  );
  const counts = new Map<string, number>();
  for (const form of criteria.flatMap((words) => [...words.keys()]))
    counts.set(form, (counts.get(form) ?? 0) + 1);
  return (form) => Math.log(1 + criteria.length / (counts.get(form) ?? 1));
}

/** The stems of a text, each with the word as it is written; those of fillers left out. */
function stemsOf(text: string): ReadonlyMap<string, string> {
  const words = wordsOf(text.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
  return new Map(words.filter((word) => !isFiller(word)).map((word) => [stem(word), word]));
}

const shells = new Set(['', 'bash', 'sh', 'shell', 'zsh', 'console', 'terminal']);

/** Commands that work on one machine only. */
function tiedCommands(
  plan: TracedPlan,
  addresses: readonly { readonly variable: string; readonly default: string }[],
): readonly TraceFinding[] {
  return codeOf(plan.document)
    .filter(({ language }) => shells.has(language))
    .flatMap(({ text, textLine }) =>
      text.split('\n').map((line, index): Placed => ({ line: textLine + index, text: line })),
    )
    .filter(({ text }) => !/^\s*#/.test(text))
    .flatMap(({ line, text }) => [
      ...(portIn(text)?.map((port) => literalPort(plan.path, line, port, addresses)) ?? []),
      ...homeIn(text).map((home) => homePath(plan.path, line, home)),
    ]);
}

/** Addresses of this machine with a port, each once. */
function portIn(text: string): readonly string[] | undefined {
  const found = text.match(/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):\d{2,5}\b/g);
  return found ? [...new Set(found)] : undefined;
}

function literalPort(
  path: string,
  line: number,
  address: string,
  addresses: readonly { readonly variable: string; readonly default: string }[],
): TraceFinding {
  const port = address.split(':').at(-1);
  const named = addresses.find((one) => one.default.replace(/\/$/, '').endsWith(`:${port}`));
  return {
    code: 'literal-port',
    path,
    line,
    message: `asks ${address}, which is another port in a sandbox`,
    cure: named
      ? `write $${named.variable} in place of http://${address}`
      : 'take the address from a variable',
  };
}

function homeIn(text: string): readonly string[] {
  const found = text.match(
    /(?<![\w$}.-])(?:\/Users\/[\w.-]+|\/home\/[\w.-]+|(?:~|\$HOME|\$\{HOME\})(?=\/))/g,
  );
  return [...new Set(found)];
}

function homePath(path: string, line: number, home: string): TraceFinding {
  return {
    code: 'home-path',
    path,
    line,
    message: `needs ${home}, which is on one machine, or in one person's home`,
    cure: 'write the path from the root of the repository, or take it from a variable',
  };
}

function quoted(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 79)}…`);
}
