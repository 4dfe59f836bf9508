import type { Profile } from '../../src/profile/schema.ts';
import { bakery } from './ktrdr.ts';

/** The made-up bakery with two flaws that it is known for: nothing is baked twice, and it tells of each oven that it lights. */
export const flawed: Profile = withDefect(bakery, 'baking', {
  evidence: {
    id: 'biscuit',
    text: 'it is baked twice',
    path: '.done',
    gte: 2,
    means: 'it is only bread',
    source: 'made up',
  },
  service: 'counter',
  line: 'lit the oven',
});

/** A profile with a known defect, of one more piece of evidence that never holds and of a line in a log. */
export function withDefect(
  profile: Profile,
  operation: string,
  flaw: {
    readonly evidence: Profile['operations'][string]['evidence'][number];
    readonly service: string;
    readonly line: string;
  },
): Profile {
  const found = profile.operations[operation];
  if (!found) throw new Error(`no operation ${operation}`);
  return {
    ...profile,
    operations: {
      ...profile.operations,
      [operation]: { ...found, evidence: [...found.evidence, flaw.evidence] },
    },
    knownDefects: [
      {
        id: 'never-right',
        title: 'it is never right',
        since: 'ever',
        categories: ['smoke'],
        points: [flaw.evidence.id],
        log: { service: flaw.service, matches: flaw.line },
        source: 'made up',
      },
    ],
  };
}
