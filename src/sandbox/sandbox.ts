import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Told } from '../errors.ts';
import { backend } from './backend/service.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';
import type { Service } from './service.ts';

/** What the sandbox stands in for, in words. */
export const standsFor = 'KTRDR (era, local mode)';

/** How the sandbox is started. */
export interface SandboxOptions {
  /** KTRDR's own ports, or free ones. */
  readonly ports: 'fixed' | 'auto';
  /** How many times faster than KTRDR everything goes. */
  readonly speed: number;
  readonly profileVersion: 'era' | 'head';
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
  /** The folder of the logs. */
  readonly folder: string;
  /** Takes the sandbox down; a second call does nothing. */
  close(): Promise<void>;
}

/** All services that are served so far; the next one is another line. */
const services = [hosted(backend)];

/** Starts the embedded KTRDR services on loopback; resolves once every port answers. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  refuseUnserved(options);
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'ktrdr-sandbox-')));
  await mkdir(folder, { recursive: true });
  const running: { name: string; variable: string; listening: Listening; log: LogFile }[] = [];
  const close = once(async () => {
    await Promise.all(running.map(({ listening }) => listening.close()));
    for (const { log } of running) log.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  });
  try {
    for (const service of services) {
      const log = openLogFile(join(folder, `${service.name}.log`));
      const port = options.ports === 'auto' ? 0 : service.port;
      // One after the other: a taken port must leave nothing behind.
      // oxlint-disable-next-line no-await-in-loop
      const listening = await service.listen(port, options.speed, log);
      running.push({ name: service.name, variable: service.addressVariable, listening, log });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    services: Object.fromEntries(running.map(({ name, listening }) => [name, listening.origin])),
    env: environment(running, options.speed),
    logs: Object.fromEntries(running.map(({ name, log }) => [name, log.path])),
    folder,
    close,
  };
}

/** A service with its kind of state hidden, so that services of different states fit in one list. */
function hosted<State>(service: Service<State>): {
  readonly name: string;
  readonly port: number;
  readonly addressVariable: string;
  listen(port: number, speed: number, log: LogFile): Promise<Listening>;
} {
  const { name, port, addressVariable } = service;
  return {
    name,
    port,
    addressVariable,
    listen: (at, speed, log) => listen(service, at, speed, log),
  };
}

function refuseUnserved({ profileVersion, speed }: SandboxOptions): void {
  if (profileVersion === 'head') {
    throw new Told('the sandbox does not serve version head of KTRDR yet', {
      code: 'not-served',
      where: '--profile-version',
      cure: 'use --profile-version era',
    });
  }
  if (!Number.isFinite(speed) || speed <= 0) {
    throw new Told(`the speed must be a positive number, not ${speed}`, {
      code: 'usage',
      where: '--speed',
      cure: 'such as --speed 20 for twenty times as fast',
    });
  }
}

/** Variables of contract section 4: addresses, logs, and 1/speed as a plain decimal. */
function environment(
  running: readonly { name: string; variable: string; listening: Listening; log: LogFile }[],
  speed: number,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { variable, listening } of running) env[variable] = listening.origin;
  for (const { name, log } of running) {
    env[`SCENARIO_LOG_${name.toUpperCase().replaceAll('-', '_')}`] = `file:${log.path}`;
  }
  env['SCENARIO_TIME_SCALE'] = timeScale(speed);
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
