import type { IndexRow } from '../files/index-page.ts';
import type { Document } from '../markdown/tree.ts';
import type { E2e, Milestone, Placed } from '../milestone/model.ts';

/** A milestone as far as it is traced: what the reader of plans gives has more. */
export type PlannedMilestone = Pick<Milestone, 'path' | 'id' | 'title' | 'titleLine'> & {
  readonly scenarios: readonly PlannedScenario[];
};

type PlannedScenario = Pick<E2e, 'line' | 'endLine' | 'criteria'> & {
  readonly steps: readonly Placed[];
};

/** A plan that was read: its text as a tree, and its milestones. */
export interface TracedPlan {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly document: Document;
  readonly milestones: readonly PlannedMilestone[];
}

/** A scenario of the project, and whether its recorded proof speaks of it as it is now and left nothing open. */
export interface TracedScenario {
  readonly row: IndexRow;
  readonly proven: boolean;
  /** What it exercises, in words. */
  readonly texts: readonly string[];
}

/** How far a milestone, or a scenario, has come; the first that applies of several scenarios counts for their milestone. */
export const states = ['uncovered', 'red', 'never-run', 'stale', 'unproven', 'proven'] as const;
/** One of {@link states}. */
export type State = (typeof states)[number];

/** A milestone with the scenarios that belong to it. */
export interface TracedMilestone {
  readonly id: string | null;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  readonly scenarios: readonly string[];
  readonly state: State;
}

/** What is wrong with a plan, or with the thread from a scenario to it. */
export interface TraceFinding {
  readonly code: TraceCode;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly cure: string;
}

/** The codes of findings; docs/catalogue.md explains each. */
export const traceCodes = [
  'unknown-milestone',
  'ambiguous-milestone',
  'dead-scenario',
  'dead-link',
  'no-e2e-section',
  'criterion-without-check',
  'literal-port',
  'home-path',
] as const;
/** One of {@link traceCodes}. */
export type TraceCode = (typeof traceCodes)[number];

/** What a gate can be about. */
export const gateNames: readonly string[] = [
  ...states.filter((state) => state !== 'proven'),
  'orphan',
  ...traceCodes,
];
