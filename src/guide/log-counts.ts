import { word } from '../files/bash-words.ts';
import type { Profile } from '../profile/schema.ts';
import { quoted } from '../shell/quote.ts';

/** How often each known line is in the window since the set-up; `grep -c` tells 0 as well. */
export function logCounts(profile: Profile): string {
  return profile.logPatterns
    .map(({ service, present, matches, id }) => {
      const how = present === undefined ? '-E' : '-F';
      return `echo ${quoted(id)}: "$(log_of_${word(service)} | grep -c ${how} -e ${quoted(present ?? matches ?? '')})"`;
    })
    .join('\n');
}
