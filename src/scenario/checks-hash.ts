import { shortHash } from '../files/hash.ts';
import { protocol } from '../files/script.ts';
import type { Resolved } from './model.ts';

/**
 * A hash of what a run or a proof speaks of: the resolved checks and the protocol. Another hash makes them stale. For which version
 * of the system a scenario is, is no check: nothing that was proven changes with it.
 */
export function checksHash(scenario: Resolved): string {
  const { steps, services, classify, unknownRoute } = scenario;
  const settings = scenario.settings.filter(({ kind }) => kind !== 'setup');
  return shortHash(JSON.stringify({ protocol, steps, services, settings, classify, unknownRoute }));
}
