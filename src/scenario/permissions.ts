import type { CalibrationRow, Endpoint } from '../profile/schema.ts';
import type { Context } from './context.ts';
import { permissions, type Need, type ServiceUse } from './model.ts';

/** What the scenario, its endpoints and its data ask to be allowed: each permission once, with all reasons. */
export function needsOf(context: Context): readonly Need[] {
  const asked = [context.scenario, ...usedFacts(context)].flatMap(({ needs }) => needs ?? []);
  const before = (context.used ?? []).flatMap(({ needs }) => needs);
  return permissions.flatMap((permission) => {
    const reasons = new Set([
      ...asked.flatMap((needs) => needs[permission] ?? []),
      ...before.filter((one) => one.permission === permission).map(({ reason }) => reason),
    ]);
    return reasons.size === 0 ? [] : [{ permission, reason: [...reasons].join('; ') }];
  });
}

/** What only one run at a time may touch, in an order that is the same for all: so no two wait for each other. */
export function locksOf(context: Context, services: readonly ServiceUse[]): readonly string[] {
  const logs = services.flatMap(({ name, log }) => (log?.lock ? [`log:${name}`] : []));
  const asked = [context.scenario, ...usedFacts(context)].flatMap(({ locks }) => locks ?? []);
  const before = (context.used ?? []).flatMap(({ locks }) => locks);
  return [...new Set([...asked, ...before, ...logs])].toSorted();
}

/** The endpoints that the scenario sends to, and the rows whose data it uses. */
function usedFacts(
  context: Context,
): readonly Partial<Pick<Endpoint & CalibrationRow, 'needs' | 'locks'>>[] {
  const { profile, scenario, endpoint, starter, row } = context;
  const added = [...(scenario.setup ?? []), ...(scenario.additions ?? [])];
  const sent = added.flatMap(({ request, poll, hold }) => [request, poll, hold]);
  return [
    endpoint,
    starter,
    row,
    ...sent.map((one) => profile.endpoints[one?.endpoint ?? '']),
    ...added.map(({ request }) => profile.calibrations[request?.calibration ?? '']),
  ].flatMap((one) => one ?? []);
}
