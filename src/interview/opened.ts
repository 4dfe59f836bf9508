import type { Project } from '../io/project.ts';
import type { Profile } from '../profile/schema.ts';
import type { Streams } from './terminal.ts';

/** All that the questions need, read already. */
export interface Opened {
  readonly project: Project;
  readonly profile: Profile;
  readonly options: {
    readonly dryRun: boolean;
    readonly force: boolean;
    /** The file of answers, where one was given. */
    readonly from?: string;
  };
  readonly known: { readonly [field: string]: unknown };
  readonly streams: Streams;
}
