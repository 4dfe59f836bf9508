import { setTimeout as wait } from 'node:timers/promises';
import { healthOf } from '../live/health.ts';
import type { Settings } from '../live/settings.ts';
import type { Profile } from '../profile/schema.ts';
import type { Resolved } from '../scenario/model.ts';

/** How services are waited for. */
export interface Waiting {
  readonly profile: Profile;
  /** Where the services are, as the scripts find them. */
  readonly settings: Settings;
  /** Patterns of addresses that the project calls production, beside the profile's. */
  readonly production: readonly string[];
  readonly signal: AbortSignal;
  /** Told when something changes: a line for a person. */
  readonly say: (line: string) => void;
}

/** Seconds between two looks. */
const pause = 1;

/**
 * Waits until the services of these scenarios are healthy, at most so many real seconds. Whoever isn't by then is told, and left to
 * the scenarios' own preflight; production systems are not asked at all.
 */
export async function waitReady(
  scenarios: readonly Resolved[],
  seconds: number,
  { profile, settings, production: own, signal, say }: Waiting,
): Promise<void> {
  const begin = performance.now();
  const since = (): number => (performance.now() - begin) / 1000;
  let missing = servicesOf(scenarios).filter(({ variable, default: origin, production }) =>
    [...production, ...own].every((one) => !new RegExp(one).test(settings(variable, origin).value)),
  );
  const said = new Map<string, string>();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one round of looks after the other
    const looks = await Promise.all(
      missing.map(async ({ name, variable, default: origin }) => {
        const service = profile.services[name];
        const health = service && (await healthOf(service, settings(variable, origin), signal));
        return { name, ok: health?.ok === true, symptom: health?.symptom ?? 'is not known' };
      }),
    ).catch((error: unknown) => {
      if (signal.aborted) return [];
      throw error;
    });
    for (const { name, ok, symptom } of looks) {
      const line = ok ? `${name}: ready` : `${name}: ${symptom}`;
      if (said.get(name) !== line) say(`${line} (${Math.round(since())} s)`);
      said.set(name, line);
    }
    const waiting = new Set(looks.flatMap(({ name, ok }) => (ok ? [] : [name])));
    missing = missing.filter(({ name }) => waiting.has(name));
    if (missing.length === 0 || signal.aborted) return;
    if (since() + pause > seconds) {
      say(`not ready after ${seconds} s: ${missing.map(({ name }) => name).join(', ')}`);
      return;
    }
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    await wait(pause * 1000, undefined, { signal }).catch(() => undefined);
  }
}

function servicesOf(scenarios: readonly Resolved[]): Resolved['services'] {
  const up = scenarios.flatMap(({ services }) => services.filter(({ down }) => down === undefined));
  return [...new Map(up.map((one) => [one.name, one])).values()];
}
