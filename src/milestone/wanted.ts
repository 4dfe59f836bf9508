import { posix } from 'node:path';
import type { Answers } from '../answers/schema.ts';
import { draft, type Scenario } from '../scenario/scenario.ts';
import { slugOf } from '../scenario/slug.ts';
import type { Drafted } from './draft.ts';
import type { Existing } from './existing.ts';
import type { Milestone } from './model.ts';
import type { OwnSection, TestRow } from './own-section.ts';
import { plain } from './words.ts';

/** A milestone with what was made of its E2E sections. */
export interface DraftedMilestone extends Milestone {
  readonly drafted: readonly (Drafted & { readonly existing?: Existing })[];
}

/** What is there already, and where files go. */
export interface Surroundings {
  readonly profile: string;
  /** Folder of the scenarios, from the project's root. */
  readonly output: string;
  /** Status of each scenario that is there, by its id. */
  readonly statuses: ReadonlyMap<string, string>;
}

/** What `--write` makes: scenarios that are not there yet, and a section for each milestone, by the path of its plan. */
export interface Wanted {
  readonly scenarios: readonly Scenario[];
  readonly sections: ReadonlyMap<string, readonly OwnSection[]>;
}

/** Decides what is made of drafted milestones. A scenario that a draft made earlier stays; one that does the same is named instead. Pure. */
export function wantedOf(milestones: readonly DraftedMilestone[], around: Surroundings): Wanted {
  const scenarios: Scenario[] = [];
  const claimed = new Set<string>();
  const sections = new Map<string, OwnSection[]>();
  for (const milestone of milestones) {
    const { path, id, title, endLine, level, drafted } = milestone;
    if (endLine === undefined || level === undefined || drafted.length === 0) continue;
    const rows = drafted.map((one): TestRow => {
      const purpose = one.answers?.purpose ?? plain(milestone.capability ?? title);
      const from = { purpose, source: plain(one.heading) };
      if (!one.answers) return { ...from, status: `no scenario: ${unplaced(one.why ?? '')}` };
      const scenario = apart(one, one.answers, claimed, around.profile);
      claimed.add(scenario.id);
      const known = around.statuses.get(scenario.id);
      if (known === undefined && one.existing)
        return row(one.existing.id, { ...from, source: 'catalogue' }, path, around);
      if (known === undefined) scenarios.push(scenario);
      return row(scenario.id, from, path, around);
    });
    const own = sections.get(path) ?? [];
    own.push({ key: id ?? (slugOf(title) || 'plan'), endLine, level, rows });
    sections.set(path, own);
  }
  return { scenarios, sections };
}

function row(
  id: string,
  from: { readonly purpose: string; readonly source: string },
  path: string,
  { output, statuses }: Surroundings,
): TestRow {
  const link = posix.relative(posix.dirname(path), `${output}/${id}/scenario.md`);
  return { id, link, ...from, status: statuses.get(id) ?? 'not-run' };
}

/** Two milestones of one title are told apart by their ids. */
function apart(
  { additions }: Drafted,
  answers: Answers,
  claimed: ReadonlySet<string>,
  profile: string,
): Scenario {
  const more = additions === undefined ? {} : { additions: [...additions] };
  const plainly = draft(answers, profile);
  if (!claimed.has(plainly.id)) return { ...plainly, ...more };
  for (let number = 1; ; number += 1) {
    const suffix =
      number === 1 ? (answers.milestone ?? '2') : `${answers.milestone ?? ''} ${number}`;
    const named = draft({ ...answers, name: `${answers.name} ${suffix}` }, profile);
    if (!claimed.has(named.id)) return { ...named, ...more };
  }
}

/** Line numbers change with the section itself. */
function unplaced(why: string): string {
  return why.replaceAll(/ \(line \d+\)/g, '');
}
