import { changedAmong } from '../io/changed.ts';
import { allRows, scenarioIds } from '../io/library.ts';
import type { Project } from '../io/project.ts';
import { openRevision } from '../io/revision.ts';
import { sampleOf, selectIds, type Selection } from '../io/select.ts';
import type { Profile } from '../profile/schema.ts';
import { hasRecording } from '../replay/keep.ts';

/** What is to be proven. */
export interface Chosen extends Omit<Selection, 'among'> {
  readonly all: boolean;
  /** Only those that changed since this revision. */
  readonly changed?: string;
  /** So many, always the same; with `changed`, these too. */
  readonly sample?: number;
  /** What cannot be proven here is told and passed over; a sample is taken of what was recorded, where anything was. */
  readonly wherePossible: boolean;
}

/** What is selected; a sample is never spared, or nothing would be seen by it. */
export function idsOf(
  options: Chosen,
  project: Project,
  profile: Profile,
): { readonly ids: readonly string[]; readonly sampled: readonly string[] } {
  const known = scenarioIds(project);
  const select = (among: readonly (readonly string[])[], all: boolean): readonly string[] =>
    selectIds({ ...options, all, among }, known, () => allRows(project, profile));
  const { changed, sample } = options;
  if (changed === undefined && sample === undefined)
    return { ids: select([], options.all), sampled: [] };
  const moved =
    changed === undefined
      ? []
      : changedAmong(
          openRevision(project.root, changed, '--changed').changed(),
          known,
          project.output,
        );
  const recorded = options.wherePossible ? known.filter((id) => hasRecording(id, project)) : [];
  const sampled =
    sample === undefined
      ? []
      : sampleOf(select([recorded.length > 0 ? recorded : known], options.all), sample);
  const first = changed === undefined ? [] : select([moved], options.all);
  return { ids: [...new Set([...first, ...sampled])].toSorted(), sampled };
}
