import { exitCodes, Told } from '../errors.ts';
import type { Comparable } from '../find/likeness.ts';
import { allKnown } from '../io/library.ts';
import { nothingRead, readDocuments } from '../io/documents.ts';
import { isCut } from '../markdown/tree.ts';
import { draftsOf } from '../milestone/draft.ts';
import { existingFor } from '../milestone/existing.ts';
import { inFull } from '../milestone/full.ts';
import type { Milestone } from '../milestone/model.ts';
import { readPlan } from '../milestone/milestones.ts';
import { reviewed, type Review } from '../milestone/review.ts';
import { wantedOf, type DraftedMilestone } from '../milestone/wanted.ts';
import type { Profile } from '../profile/schema.ts';
import type { Workspace } from '../io/workspace.ts';
import { shownLines } from '../run/paint.ts';
import { openFor } from './open.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { writeWanted, type Written } from './plan-write.ts';
import { toldDraft, toldPlan, toldWritten } from './tell-plan.ts';

/** Options of `scenario plan`. */
export interface PlanOptions extends Common {
  readonly plans: readonly string[];
  /** Make the scenarios, and a section in the plan. */
  readonly write: boolean;
  readonly dryRun: boolean;
  /** Replace a section that was edited by hand. */
  readonly force: boolean;
}

/** Reads plans, tells their milestones, and drafts a scenario for each E2E section. What cannot be read is told, and everything else is read all the same. */
export async function planCommand(options: PlanOptions, io: Io): Promise<number> {
  try {
    return await readAndTell(options, io);
  } catch (error) {
    // Loaded only where someone was asked; without it nobody can have interrupted.
    if (!(error instanceof Error) || error.name !== 'Interrupted') throw error;
    io.stderr.write(`${error.message}\n`);
    return exitCodes.interrupted;
  }
}

async function readAndTell(options: PlanOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const { files, unread } = readDocuments(options.plans, options.here, project);
  if (files.length === 0) throw nothingRead(unread);
  const known = allKnown(project, profile);
  const plans = files.map(({ path, text }) => {
    const { milestones, notes } = readPlan(path, text);
    return { path, notes, milestones: milestones.map((one) => withDrafts(one, profile, known)) };
  });
  const notes = plans.flatMap(({ path, notes: own }) => own.map((note) => ({ path, ...note })));
  const milestones = plans.flatMap((plan) => plan.milestones);
  const written = options.write || options.dryRun ? await write() : undefined;
  if (options.json)
    writeJson(io, {
      milestones: milestones.map((one) => asJson(one, milestones)),
      notes,
      ...(unread.length > 0 && { unread }),
      ...(written && { ...written, dryRun: options.dryRun }),
    });
  else {
    for (const { path, line, text } of notes) io.stderr.write(`${path}:${line}: ${text}\n`);
    for (const { path, message, cure } of unread) io.stderr.write(`${path} ${message}: ${cure}\n`);
    if (written && options.dryRun) io.stdout.write(written.diff);
    else
      io.stdout.write(
        shownLines([
          ...plans.flatMap((plan) => toldPlan(plan, milestones)),
          ...toldWritten(written),
        ]),
      );
  }
  return unread.length > 0 ? exitCodes.usage : exitCodes.ok;

  async function write(): Promise<Written> {
    const cut = notes.find(isCut);
    if (cut)
      throw new Told(cut.text, {
        code: 'too-large',
        where: `${cut.path}:${cut.line}`,
        cure: 'split the plan, or read it without --write',
      });
    const statuses = new Map(known.map(({ row }) => [row.id, row.standing.status]));
    const around = { profile: profile.name, output: project.output, statuses };
    const isAsked = io.stdin.isTTY && io.stdout.isTTY && !options.json && !options.dryRun;
    const left = isAsked
      ? await reviewed(milestones, around, (one) => review(one, { project, profile }, io))
      : milestones;
    return writeWanted(wantedOf(left, around), files, { project, profile }, options);
  }
}

/** The interview, filled in: one key accepts the draft. */
async function review(
  one: Parameters<Review>[0],
  workspace: Workspace,
  io: Io,
): ReturnType<Review> {
  io.stdout.write(shownLines([`${one.heading} (line ${one.line})`, ...toldDraft(one)]));
  const { ask } = await import('./interview.ts');
  const streams = { input: io.stdin, output: io.stdout, signal: io.signal };
  const options = { dryRun: false, force: false, from: 'plan' };
  return (await ask({ ...workspace, options, known: one.answers, streams })).answers;
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

/**
 * `drafts` are answers, ready for `scenario new --from -`; what speaks for them stands beside them. `inFull` is where a row of an
 * overview stands in full, when that is among what was read.
 */
function asJson(one: DraftedMilestone, all: readonly DraftedMilestone[]): object {
  const { drafted, ...milestone } = one;
  const full = inFull(one, all);
  const drafts = drafted.flatMap(({ answers }) => answers ?? []);
  return {
    ...milestone,
    ...(full && { inFull: { path: full.path, line: full.titleLine } }),
    drafts,
    drafted: drafted.map(({ answers, ...rest }) => ({
      ...rest,
      ...(answers && { draft: drafts.indexOf(answers) }),
    })),
  };
}
