import { tickBackend } from './backend/handle.ts';
import { backend } from './backend/service.ts';
import type { Logs } from './logs.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** All services that are served so far; the next one is another line. */
export const services: readonly Service[] = [backend];

/** What happens by itself as time passes, in every service. */
export function tickWorld(
  world: World,
  now: number,
): { readonly world: World; readonly logs: Logs } {
  const ticked = tickBackend(world.backend, now);
  return { world: { ...world, backend: ticked.state }, logs: { backend: ticked.logLines } };
}
