import type { Act } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';

/** Real seconds that one request may take at most (curl's own limit in the runtime). */
const request = 30;
/** Seconds for what has no bound of its own: starting, judging, a wait for another run's lock, cleanup. */
const slack = 240;

/**
 * Real seconds after which a script can only hang: twice all its bounds together. The time scale lengthens waits only where it is
 * above 1, since a scale below is no promise that the machine is quick.
 */
export function overallLimit(scenario: Resolved, timeScale = 1): number {
  const scale = Math.max(1, timeScale);
  const preflight = scenario.services.reduce(
    (sum, { health }) => sum + (health.retries + 1) * (request + health.wait * scale),
    0,
  );
  const acts = scenario.steps
    .flatMap((step) => step.acts)
    .reduce((sum, act) => sum + secondsOf(act, scale), 0);
  return 2 * (preflight + acts) + slack;
}

function secondsOf(act: Act, scale: number): number {
  switch (act.kind) {
    case 'poll':
    case 'follow':
      return act.within * scale + request;
    case 'hold':
      return act.for * scale + 2 * request;
    case 'ui':
      return act.within * scale + 60;
    case 'cli':
    case 'query':
    case 'collect':
    case 'find':
      return act.within;
    case 'script':
      return 60;
    case 'request':
    case 'cleanup':
    case 'log':
    case 'any':
      return request;
    default:
      return 1;
  }
}
