import { exitCodes } from '../errors.ts';
import type { Comparable } from '../find/likeness.ts';
import { allKnown } from '../io/library.ts';
import { nothingRead, readPlanFiles } from '../io/plans.ts';
import { draftsOf, type Drafted } from '../milestone/draft.ts';
import { existingFor, type Existing } from '../milestone/existing.ts';
import type { Milestone } from '../milestone/model.ts';
import { readPlan } from '../milestone/milestones.ts';
import type { Profile } from '../profile/schema.ts';
import { openFor } from './open.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { toldPlan } from './tell-plan.ts';

/** Options of `scenario plan`. */
export interface PlanOptions extends Common {
  readonly plans: readonly string[];
}

/** A milestone with what was made of its E2E sections. */
export interface DraftedMilestone extends Milestone {
  readonly drafted: readonly (Drafted & { readonly existing?: Existing })[];
}

/** Reads plans, tells their milestones, and drafts a scenario for each E2E section. What cannot be read is told, and everything else is read all the same. */
export async function planCommand(options: PlanOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const { files, unread } = readPlanFiles(options.plans, {
    here: options.here,
    root: project.root,
  });
  if (files.length === 0) throw nothingRead(unread);
  const known = allKnown(project, profile);
  const plans = files.map(({ path, text }) => {
    const { milestones, notes } = readPlan(path, text);
    return { path, notes, milestones: milestones.map((one) => withDrafts(one, profile, known)) };
  });
  const notes = plans.flatMap(({ path, notes: own }) => own.map((note) => ({ path, ...note })));
  if (options.json)
    writeJson(io, {
      milestones: plans.flatMap(({ milestones }) => milestones.map(asJson)),
      notes,
      ...(unread.length > 0 && { unread }),
    });
  else {
    io.stdout.write(`${plans.flatMap(toldPlan).join('\n')}\n`);
    for (const { path, line, text } of notes) io.stderr.write(`${path}:${line}: ${text}\n`);
    for (const { path, message, cure } of unread) io.stderr.write(`${path} ${message}: ${cure}\n`);
  }
  return unread.length > 0 ? exitCodes.usage : exitCodes.ok;
}

function withDrafts(
  milestone: Milestone,
  profile: Profile,
  known: readonly Comparable[],
): DraftedMilestone {
  const drafted = draftsOf(milestone, profile).map((one) => {
    const existing = one.answers && existingFor(one.answers, profile, known);
    return { ...one, ...(existing && { existing }) };
  });
  return { ...milestone, drafted };
}

/** `drafts` are answers, ready for `scenario new --from -`; what speaks for them stands beside them. */
function asJson({ drafted, ...milestone }: DraftedMilestone): object {
  const drafts = drafted.flatMap(({ answers }) => answers ?? []);
  return {
    ...milestone,
    drafts,
    drafted: drafted.map(({ answers, ...rest }) => ({
      ...rest,
      ...(answers && { draft: drafts.indexOf(answers) }),
    })),
  };
}
