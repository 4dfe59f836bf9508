import type { Answers } from '../answers/schema.ts';
import { draft } from '../scenario/scenario.ts';
import type { DraftedMilestone, Surroundings } from './wanted.ts';

/** Shows a draft to a person, who accepts it, changes it, or (undefined) wants none. */
export type Review = (
  drafted: DraftedMilestone['drafted'][number] & { readonly answers: Answers },
) => Promise<Answers | undefined>;

/** The milestones with their drafts as a person left them. What is there already, or does the same, is not asked about. */
export async function reviewed(
  milestones: readonly DraftedMilestone[],
  { profile, statuses }: Pick<Surroundings, 'profile' | 'statuses'>,
  review: Review,
): Promise<readonly DraftedMilestone[]> {
  const all: DraftedMilestone[] = [];
  for (const milestone of milestones) {
    const drafted: DraftedMilestone['drafted'][number][] = [];
    for (const one of milestone.drafted) {
      const { answers, ...rest } = one;
      if (!answers || one.existing || statuses.has(draft(answers, profile).id)) {
        drafted.push(one);
        continue;
      }
      const accepted = await review({ ...one, answers });
      drafted.push(accepted ? { ...rest, answers: accepted } : { ...rest, why: 'declined' });
    }
    all.push({ ...milestone, drafted });
  }
  return all;
}
