import { shortHash } from '../files/hash.ts';
import { protocol } from '../files/script.ts';
import type { Resolved } from './model.ts';

/** A hash of what a run or a proof speaks of: the resolved checks and the protocol. Another hash makes them stale. */
export function checksHash(scenario: Resolved): string {
  const { steps, services, settings, classify, unknownRoute } = scenario;
  return shortHash(JSON.stringify({ protocol, steps, services, settings, classify, unknownRoute }));
}
