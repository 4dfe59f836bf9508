import { logVariable } from '../files/bash-words.ts';
import type { ServiceUse } from '../scenario/model.ts';
import type { Misled } from './fault.ts';
import { programsOf } from './piece-programs.ts';

/**
 * Whether a piece of bash with this text can see what is made wrong. Of replies that is counted when they are asked for; what
 * programs of its own look at is not known, so they may see all the rest.
 */
export function maySee(
  text: string,
  misled: Misled,
  { services }: { readonly services: readonly Pick<ServiceUse, 'name'>[] },
): boolean {
  const runs = programsOf(text).length > 0;
  const elsewhere = runs || /(?:^|[\s;&|])(?:\.|source|bash|sh)\s/.test(text);
  const speaksOf = (variable: string): boolean => new RegExp(`\\b${variable}\\b`).test(text);
  switch (misled.by) {
    case 'replies':
      return true;
    case 'commands':
      return runs;
    case 'captures':
      return elsewhere || misled.names.some(speaksOf);
    case 'logs':
      return elsewhere || services.some(({ name }) => speaksOf(logVariable(name)));
    case 'evidence':
      return elsewhere || speaksOf('SCENARIO_EVIDENCE_DIR');
  }
}
