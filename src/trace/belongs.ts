import { posix } from 'node:path';
import { nearest } from '../nearest.ts';
import { namedIn } from './named.ts';
import type { PlannedMilestone, TraceFinding, TracedPlan, TracedScenario } from './model.ts';

/** Which scenarios belong to which milestones, and what is wrong with that. */
export interface Belonging {
  readonly of: ReadonlyMap<PlannedMilestone, readonly string[]>;
  readonly findings: readonly TraceFinding[];
}

/**
 * A scenario belongs to a milestone that names its id in an E2E section, and to the one that its own `milestone` names. Plans of one
 * folder speak of the same milestones; the same id in two folders is two milestones, and then the scenario has to say which.
 */
export function belonging(
  plans: readonly TracedPlan[],
  scenarios: readonly TracedScenario[],
  places: { readonly output: string },
): Belonging {
  const milestones = plans.flatMap((plan) => plan.milestones);
  const of = new Map<PlannedMilestone, Set<string>>();
  const ids = new Set(scenarios.map(({ row }) => row.id));
  for (const plan of plans)
    for (const [milestone, named] of namedIn(plan, ids, places.output)) of.set(milestone, named);

  const findings = scenarios.flatMap(({ row: { id, milestone } }): readonly TraceFinding[] => {
    if (milestone === undefined) return [];
    const meant = milestonesMeant(milestone, milestones);
    const naming = meant.filter((one) => of.get(one)?.has(id));
    const folders = new Set(meant.map(({ path }) => posix.dirname(path)));
    const place = { path: `${places.output}/${id}/scenario.yaml` };
    if (meant.length === 0) return [unknown(milestone, milestones, place)];
    if (folders.size > 1 && naming.length === 0) return [ambiguous(milestone, meant, place)];
    for (const one of folders.size > 1 ? naming : meant)
      of.set(one, (of.get(one) ?? new Set()).add(id));
    return [];
  });
  return {
    of: new Map([...of].map(([milestone, found]) => [milestone, [...found].toSorted()])),
    findings,
  };
}

/** `4.5`, `M4.5`, `Milestone 4.5`; with the plan before it, `plans/orders.md#4.5` or `plans#4.5`; or a plan alone. */
export function milestonesMeant(
  text: string,
  milestones: readonly PlannedMilestone[],
): readonly PlannedMilestone[] {
  const at = text.indexOf('#');
  const said = at > 0 ? text.slice(at + 1) : text;
  const byId = milestones.filter(({ id, title }) => bare(id ?? title) === bare(said));
  if (at > 0) return byId.filter(({ path }) => stands(path, text.slice(0, at)));
  if (byId.length > 0 || !/[/]|\.md$/.test(text)) return byId;
  return milestones.filter(({ path }) => stands(path, text));
}

/** Whether a plan is meant by its path, its end, or the end of its folder. */
function stands(path: string, place: string): boolean {
  const wanted = `/${place.replace(/^\.?\//, '').replace(/\.md$/, '')}`;
  return [path.replace(/\.md$/, ''), posix.dirname(path)].some((one) => `/${one}`.endsWith(wanted));
}

/** `M6`, `Milestone 6` and `6` are one id; `4.5` and `4.50` are two. */
function bare(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^(?:milestone|m)[\s_-]*(?=\d)/, '');
}

function unknown(
  milestone: string,
  milestones: readonly PlannedMilestone[],
  place: { readonly path: string },
): TraceFinding {
  const known = [...new Set(milestones.flatMap(({ id }) => id ?? []))];
  const close = nearest(milestone, known);
  return {
    code: 'unknown-milestone',
    ...place,
    message: `its milestone ${JSON.stringify(milestone)} is in none of these plans`,
    cure:
      close === undefined
        ? `name one that is there${known.length === 0 ? '' : ` (${known.slice(0, 8).join(', ')}${known.length > 8 ? ', …' : ''})`}, or trace the plan that has it too`
        : `did you mean ${JSON.stringify(close)}?`,
  };
}

function ambiguous(
  milestone: string,
  meant: readonly PlannedMilestone[],
  place: { readonly path: string },
): TraceFinding {
  const [first] = meant;
  const count = new Set(meant.map(({ path }) => posix.dirname(path))).size;
  return {
    code: 'ambiguous-milestone',
    ...place,
    message: `its milestone ${JSON.stringify(milestone)} is in the plans of ${count} folders, and none of them names it`,
    cure: `say which, such as milestone: ${shortPlace(first?.path ?? '')}#${first?.id ?? ''}; or name ${place.path.split('/').slice(-3, -1).join('/')} in the plan's E2E section`,
  };
}

/** The file and its folder: enough to tell plans apart, short enough to be typed. */
function shortPlace(path: string): string {
  return path.split('/').slice(-2).join('/');
}
