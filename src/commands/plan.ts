import { exitCodes } from '../errors.ts';
import { nothingRead, readPlanFiles } from '../io/plans.ts';
import type { E2e, Milestone } from '../milestone/model.ts';
import { readPlan } from '../milestone/milestones.ts';
import { openFor } from './open.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario plan`. */
export interface PlanOptions extends Common {
  readonly plans: readonly string[];
}

/** So many lines that were not understood are told to a person; JSON has all. */
const mostLines = 5;

/** Reads plans and tells their milestones. What cannot be read is told, and everything else is read all the same. */
export async function planCommand(options: PlanOptions, io: Io): Promise<number> {
  const { project } = await openFor(options, io);
  const { files, unread } = readPlanFiles(options.plans, {
    here: options.here,
    root: project.root,
  });
  if (files.length === 0) throw nothingRead(unread);
  const plans = files.map(({ path, text }) => ({ path, ...readPlan(path, text) }));
  const milestones = plans.flatMap((plan) => plan.milestones);
  const notes = plans.flatMap(({ path, notes: own }) => own.map((note) => ({ path, ...note })));
  if (options.json)
    writeJson(io, {
      milestones: milestones,
      notes,
      ...(unread.length > 0 && { unread }),
    });
  else
    io.stdout.write(
      `${plans.flatMap(({ path, milestones: own }) => told(path, own)).join('\n')}\n`,
    );
  if (!options.json) {
    for (const { path, line, text } of notes) io.stderr.write(`${path}:${line}: ${text}\n`);
    for (const { path, message, cure } of unread) io.stderr.write(`${path} ${message}: ${cure}\n`);
  }
  return unread.length > 0 ? exitCodes.usage : exitCodes.ok;
}

function told(path: string, milestones: readonly Milestone[]): readonly string[] {
  if (milestones.length === 0)
    return [
      path,
      '  no milestone: neither a title such as "# M3: Name" nor a section that says how to see it at work',
    ];
  return [path, ...milestones.flatMap(toldMilestone)];
}

function toldMilestone(milestone: Milestone): readonly string[] {
  const { id, title, titleLine, capability, scenarios, notUnderstood } = milestone;
  const more = notUnderstood.length - mostLines;
  return [
    `  ${id ?? '–'}  ${title} (line ${titleLine})`,
    `     ${capability ?? 'no word of what someone can do when it is done'}`,
    ...(scenarios.length === 0 ? ['     no E2E section'] : scenarios.map(toldScenario)),
    ...notUnderstood
      .slice(0, mostLines)
      .map(({ line, text }) => `     not understood, line ${line}: ${text.slice(0, 100)}`),
    ...(more > 0 ? [`     and ${more} more lines that were not understood: --json has them`] : []),
  ];
}

function toldScenario({ heading, line, kind, steps, criteria }: E2e): string {
  return `     ${heading} (line ${line}): ${kind}, ${count(steps, 'step')}, ${count(criteria, 'criterion', 'criteria')}`;
}

function count(all: readonly unknown[], one: string, many = `${one}s`): string {
  return `${all.length} ${all.length === 1 ? one : many}`;
}
