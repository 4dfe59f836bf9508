import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Told } from '../errors.ts';
import { writeShim } from './cli/shim.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';
import { modesOf, type Modes } from './modes.ts';
import { runWorld } from './running-world.ts';
import type { Service } from './service.ts';
import { services } from './services.ts';
import { era } from './versions/era.ts';
import { head } from './versions/head.ts';
import { newWorld } from './world.ts';

/** What the sandbox stands in for, in words. */
export function standsFor(version: SandboxOptions['profileVersion']): string {
  return versions[version].title;
}

const versions = { era, head };

/** How the sandbox is started. */
export interface SandboxOptions {
  /** KTRDR's own ports, or free ones. */
  readonly ports: 'fixed' | 'auto';
  /** How many times faster than KTRDR everything goes. */
  readonly speed: number;
  readonly profileVersion: 'era' | 'head';
  /** Such as `{ training: 'host' }`; the default where nothing is said. */
  readonly modes?: { readonly [kind: string]: string };
  /** Folder for the logs; by default a fresh temporary one, removed on close. */
  readonly folder?: string;
}

/** A sandbox that answers on every port. */
export interface RunningSandbox {
  /** Service name → origin, such as `backend` → `http://127.0.0.1:41234`. */
  readonly services: Readonly<Record<string, string>>;
  /** What goes in the env file: addresses, log sources, time scale. */
  readonly env: Readonly<Record<string, string>>;
  /** Service name → log file. */
  readonly logs: Readonly<Record<string, string>>;
  /** Folder for the PATH, with the system's own command. */
  readonly bin: string;
  /** The folder of the logs. */
  readonly folder: string;
  /** Takes the sandbox down; a second call does nothing. */
  close(): Promise<void>;
}

/** Starts the embedded KTRDR services on loopback; resolves once every port answers. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  refuseSpeed(options);
  const modes = modesOf(options.modes ?? {});
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'ktrdr-sandbox-')));
  await mkdir(folder, { recursive: true });
  const version = versions[options.profileVersion];
  const all = services[version.name];
  const up = all.filter((service) => service.isUp(modes));
  const logFiles = Object.fromEntries(
    up.map(({ name }) => [name, openLogFile(join(folder, `${name}.log`))]),
  );
  const bin = await writeShim(folder);
  const world = runWorld(newWorld(options.speed, modes, version), logFiles);
  const running: Running[] = [];
  const close = once(async () => {
    world.stop();
    await Promise.all(running.map(({ listening }) => listening.close()));
    for (const log of Object.values(logFiles)) log.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  });
  try {
    for (const service of up) {
      const port = options.ports === 'auto' ? 0 : service.port;
      // One after the other: a taken port must leave nothing behind.
      // oxlint-disable-next-line no-await-in-loop
      const listening = await listen(service.name, port, (request) => world.step(service, request));
      running.push({ service, listening });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    services: Object.fromEntries(
      running.map(({ service, listening }) => [service.name, listening.origin]),
    ),
    env: {
      ...settings(all, modes),
      ...environment(running, logFiles, options.speed),
      SCENARIO_COMMANDS: bin,
    },
    logs: Object.fromEntries(Object.entries(logFiles).map(([name, log]) => [name, log.path])),
    bin,
    folder,
    close,
  };
}

interface Running {
  readonly service: Service;
  readonly listening: Listening;
}

function refuseSpeed({ speed }: SandboxOptions): void {
  if (!Number.isFinite(speed) || speed <= 0) {
    throw new Told(`the speed must be a positive number, not ${speed}`, {
      code: 'usage',
      where: '--speed',
      cure: 'such as --speed 20 for twenty times as fast',
    });
  }
}

/**
 * What no reply of the services tells: the state of the IB side. A service that is down has an address too, at which nothing listens,
 * so that no script looks for it where a real one may be.
 */
function settings(all: readonly Service[], modes: Modes): Record<string, string> {
  const down = all.filter((service) => !service.isUp(modes));
  return {
    ...Object.fromEntries(down.map(({ addressVariable }) => [addressVariable, nowhere])),
    KTRDR_IB_STATE: modes.ib,
  };
}

/** The discard port, which no system of today serves. */
const nowhere = 'http://127.0.0.1:9';

/** Variables of contract section 4: addresses, logs, and 1/speed as a plain decimal. */
function environment(
  running: readonly Running[],
  logFiles: Readonly<Record<string, LogFile>>,
  speed: number,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { service, listening } of running) env[service.addressVariable] = listening.origin;
  for (const [name, log] of Object.entries(logFiles)) {
    env[`SCENARIO_LOG_${name.toUpperCase().replaceAll('-', '_')}`] = `file:${log.path}`;
  }
  env['SCENARIO_TIME_SCALE'] = timeScale(speed);
  // It stands in for the real thing: nothing is lost, paid or asked of others.
  env['SCENARIO_ALLOW'] = 'destructive,cost,external';
  return env;
}

/** `1/speed` as a decimal with at most the six digits that the scripts compute with. */
export function timeScale(speed: number): string {
  const text = (1 / speed).toFixed(6).replace(/\.?0+$/, '');
  return text === '0' ? '0.000001' : text;
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}
