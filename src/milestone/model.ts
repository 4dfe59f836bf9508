/** A text and the line, 1-based, where it stands in the plan. */
export interface Placed {
  readonly line: number;
  readonly text: string;
}

/** A milestone of a plan, as it was read: a file of its own, a section of a document, or a row of an overview. */
export interface Milestone {
  readonly path: string;
  /** As written: `4.5`, `3a`; null where it has none. */
  readonly id: string | null;
  readonly title: string;
  readonly titleLine: number;
  /** The last line that belongs to it, and the level of its heading; a row of an overview has neither. */
  readonly endLine?: number;
  readonly level?: number;
  /** What someone can do when it is done. */
  readonly capability: string | null;
  readonly capabilityLine: number | null;
  readonly purpose?: Placed;
  readonly duration?: Placed;
  readonly prerequisites: readonly Placed[];
  readonly scenarios: readonly E2e[];
  /** What its E2E sections hold and nothing was made of. */
  readonly notUnderstood: readonly Placed[];
}

/** What carries the steps of an E2E section. */
export type Kind = 'bash' | 'table' | 'handoff' | 'numbered' | 'bullets' | 'python' | 'none';

/** A section of a plan that says how to see the milestone at work. */
export interface E2e {
  readonly heading: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: Kind;
  readonly steps: readonly PlanStep[];
  readonly criteria: readonly Placed[];
  /** Rows of a table of sanity checks. */
  readonly sanityChecks: readonly Placed[];
  readonly purpose?: Placed;
  readonly duration?: Placed;
  readonly prerequisites: readonly Placed[];
}

/** One act of an E2E section: a command with all its lines, a row of a table, an item of a list. */
export interface PlanStep extends Placed {
  readonly endLine: number;
  readonly kind: 'command' | 'prose';
  /** What is expected of it: comments such as `# Expected: …`, or a table's column. */
  readonly expected: readonly Placed[];
}
