import { Told } from '../errors.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import type { Resolved } from '../scenario/model.ts';
import { unserved } from './run-scenario.ts';

/** How sandboxes are started. */
export interface SandboxSetting {
  readonly speed: number;
  /** The version that all are to be, whatever the scenarios require. */
  readonly version?: string;
  /** The version where a scenario requires none. */
  readonly defaultVersion: string;
}

/** A sandbox that a scenario can run against, or why there is none. */
export type Found =
  { readonly sandbox: RunningSandbox } | { readonly why: string; readonly cure?: string };

/** Sandboxes, one for each way in which the system must be set up; started when first needed. */
export interface Sandboxes {
  for(scenario: Resolved): Promise<Found>;
  close(): Promise<void>;
}

/** No sandbox is running yet. Each has free ports, and state of its own. */
export function sandboxes(setting: SandboxSetting): Sandboxes {
  const started = new Map<string, Promise<RunningSandbox>>();
  return {
    async for(scenario) {
      const options = optionsFor(scenario, setting);
      const key = JSON.stringify(options);
      const starting = started.get(key) ?? startSandbox(options);
      started.set(key, starting);
      try {
        const sandbox = await starting;
        const missing = unserved(scenario, sandbox.env);
        return missing.length === 0
          ? { sandbox }
          : { why: `the sandbox does not serve ${missing.join(', ')} yet` };
      } catch (error) {
        // What it can't be, it says; everything else is a mistake.
        if (!(error instanceof Told)) throw error;
        return {
          why: error.message,
          ...(error.cure === undefined ? {} : { cure: error.cure }),
        };
      }
    },
    async close() {
      const all = await Promise.allSettled(started.values());
      await Promise.all(
        all.map((one) => (one.status === 'fulfilled' ? one.value.close() : undefined)),
      );
    },
  };
}

/** How the sandbox for a scenario is started. */
export function optionsFor(
  scenario: Pick<Resolved, 'modes' | 'version'>,
  { speed, version, defaultVersion }: SandboxSetting,
): Parameters<typeof startSandbox>[0] {
  const wanted = version ?? scenario.version ?? defaultVersion;
  return {
    ports: 'auto',
    speed,
    profileVersion: wanted === 'head' ? 'head' : 'era',
    modes: scenario.modes,
  };
}
