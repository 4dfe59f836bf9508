import { inFull } from '../milestone/full.ts';
import type { E2e } from '../milestone/model.ts';
import type { DraftedMilestone } from '../milestone/wanted.ts';
import type { Written } from './plan-write.ts';

/** So many lines that were not understood are told to a person; JSON has all. */
const mostLines = 5;

/** A plan for a person: its milestones, their E2E sections, and what would become of each. `all` are those of all plans that were read. */
export function toldPlan(
  { path, milestones }: { readonly path: string; readonly milestones: readonly DraftedMilestone[] },
  all: readonly DraftedMilestone[],
): readonly string[] {
  if (milestones.length > 0)
    return [path, ...milestones.flatMap((one) => toldMilestone(one, inFull(one, all)))];
  return [
    path,
    '  no milestone: neither a title such as "# M3: Name" nor a section that says how to see it at work',
  ];
}

/** What was written, file by file. */
export function toldWritten(written: Written | undefined): readonly string[] {
  if (!written) return [];
  if (written.files.length === 0) return ['everything is as it should be: nothing was written'];
  return ['written:', ...written.files.map((path) => `  ${path}`)];
}

function toldMilestone(
  milestone: DraftedMilestone,
  full: DraftedMilestone | undefined,
): readonly string[] {
  const { id, title, titleLine, capability, scenarios, drafted, notUnderstood } = milestone;
  const more = notUnderstood.length - mostLines;
  return [
    `  ${id ?? '–'}  ${title} (line ${titleLine})`,
    ...(full ? [`     in full in ${full.path}, line ${full.titleLine}`] : []),
    ...(capability !== null || !full
      ? [`     ${capability ?? 'no word of what someone can do when it is done'}`]
      : []),
    ...(scenarios.length === 0 && !full ? ['     no E2E section'] : []),
    ...scenarios.flatMap((scenario, at) => [toldScenario(scenario), ...toldDraft(drafted[at])]),
    ...notUnderstood
      .slice(0, mostLines)
      .map(({ line, text }) => `     not understood, line ${line}: ${text.slice(0, 100)}`),
    ...(more > 0 ? [`     and ${more} more lines that were not understood: --json has them`] : []),
  ];
}

function toldScenario({ heading, line, kind, steps, criteria }: E2e): string {
  return `     ${heading} (line ${line}): ${kind}, ${count(steps.length, 'step')}, ${count(criteria.length, 'criterion', 'criteria')}`;
}

/** What became of an E2E section, and why. */
export function toldDraft(
  drafted: DraftedMilestone['drafted'][number] | undefined,
): readonly string[] {
  if (!drafted) return [];
  const { answers, existing, why, guesses, checks, manual } = drafted;
  if (!answers) return [`       no draft: ${why ?? 'nothing to go on'}`];
  const there = existing
    ? [`       ${existing.id} does it already: ${existing.because.slice(0, 3).join(', ')}`]
    : [];
  const reasons = guesses
    .filter(({ field }) => field === 'trigger' || field === 'category' || field === 'calibration')
    .map(({ field, because, confidence }) => `         ${field} (${confidence}): ${because}`);
  return [
    ...there,
    `       draft "${answers.name}": ${answers.category}, ${count(checks, 'check')} and ${manual} for a person from the plan`,
    ...reasons,
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
