import { belonging } from './belongs.ts';
import { deadLinks } from './links.ts';
import { lintPlans } from './lint.ts';
import { deadScenarios } from './named.ts';
import {
  states,
  type State,
  type TraceFinding,
  type TracedMilestone,
  type TracedPlan,
  type TracedScenario,
} from './model.ts';

/** Milestones with their scenarios, scenarios without a milestone, and what is wrong. */
export interface Trace {
  readonly milestones: readonly TracedMilestone[];
  /** Ids of scenarios that belong to none of these milestones. */
  readonly orphans: readonly string[];
  readonly findings: readonly TraceFinding[];
}

/** What tracing has to know of the project. */
export interface TraceSetting {
  readonly output: string;
  readonly domains: readonly string[];
  readonly addresses: readonly { readonly variable: string; readonly default: string }[];
  /** Whether there is something at a path from the project's root. */
  readonly exists: (path: string) => boolean;
}

/** Follows each milestone to its scenarios, their last run and their proof. */
export function trace(
  plans: readonly TracedPlan[],
  scenarios: readonly TracedScenario[],
  setting: TraceSetting,
): Trace {
  const { of, findings } = belonging(plans, scenarios, setting);
  const byId = new Map(scenarios.map((one) => [one.row.id, one]));
  const ids = [...byId.keys()];
  const covered = new Set([...of.values()].flat());
  return {
    milestones: plans
      .flatMap((plan) => plan.milestones)
      .map((milestone) => {
        const own = of.get(milestone) ?? [];
        return {
          id: milestone.id,
          title: milestone.title,
          path: milestone.path,
          line: milestone.titleLine,
          scenarios: own,
          state: stateOfAll(own.flatMap((id) => byId.get(id) ?? [])),
        };
      }),
    orphans: ids.filter((id) => !covered.has(id)),
    findings: [
      ...findings,
      ...plans.flatMap((plan) => [
        ...deadScenarios(plan, ids, setting),
        ...deadLinks(plan, setting.exists),
      ]),
      ...lintPlans(plans, setting.addresses, (milestone) =>
        (of.get(milestone) ?? []).flatMap((id) => byId.get(id)?.texts ?? []),
      ),
    ].toSorted(byPlace),
  };
}

/** What is red is told before what was not run, and that before what is old: the first of {@link states} that one of them has. */
function stateOfAll(scenarios: readonly TracedScenario[]): State {
  const found = new Set(scenarios.map(stateOf));
  return states.find((state) => found.has(state)) ?? 'uncovered';
}

/** How far a scenario has come. One that a person has to look at is never proven by a machine. */
export function stateOf({ row, proven }: TracedScenario): State {
  switch (row.standing.status) {
    case 'not-run':
      return 'never-run';
    case 'stale':
      return 'stale';
    case 'passed':
      return proven ? 'proven' : 'unproven';
    case 'manual':
      return 'unproven';
    default:
      return 'red';
  }
}

function byPlace(left: TraceFinding, right: TraceFinding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return (left.line ?? 0) - (right.line ?? 0);
}
