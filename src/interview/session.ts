import type { Answers } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';

/** What the interview looks at beside what a person says. */
export interface Session {
  readonly profile: Profile;
  /** Answers that were given before, by file or flag. */
  readonly given: { readonly [field: string]: unknown };
  /** Whether answers that nobody needs are asked for too: not when a file was given. */
  readonly askOptional: boolean;
  /** Whether a scenario of this id is there, and may not be replaced. */
  taken(id: string): boolean;
  /** All that would be written. */
  plan(answers: Answers): Promise<Plan>;
}

/** What would be written, for the preview. */
export interface Plan {
  readonly id: string;
  /** The folder of the scenario, from the project's root. */
  readonly folder: string;
  readonly checks: number;
  readonly files: readonly {
    readonly path: string;
    readonly text: string;
    readonly isNew: boolean;
  }[];
  readonly document: string;
  readonly diff: string;
  readonly warnings: readonly string[];
}
