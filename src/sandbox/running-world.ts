import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Moment, SandboxRequest } from './http.ts';
import type { LogFile } from './log-file.ts';
import type { Logs } from './logs.ts';
import type { Service, Wire } from './service.ts';
import { tickWorld } from './tick.ts';
import type { World } from './world.ts';

/** How often the world is told that time has passed, so that its logs go on without requests. */
const tickMs = 50;

/** A world in real time: requests and ticks one after the other, log lines to their files. */
export interface RunningWorld {
  step(service: Service, request: SandboxRequest): Wire;
  stop(): void;
}

/** Sets a world going; `logFiles` by service name. */
export function runWorld(start: World, logFiles: Readonly<Record<string, LogFile>>): RunningWorld {
  let world = start;
  const write = (logs: Logs): void => {
    for (const [name, lines] of Object.entries(logs)) logFiles[name]?.write(lines);
  };
  const timer = setInterval(() => {
    const ticked = tickWorld(world, currentMoment().now);
    world = ticked.world;
    write(ticked.logs);
  }, tickMs);
  timer.unref();
  return {
    step(service, request) {
      const handled = service.handle(world, request, currentMoment());
      world = handled.world;
      write(handled.logs);
      return service.wire(handled.response);
    },
    stop: () => clearInterval(timer),
  };
}

function currentMoment(): Moment {
  const now = performance.timeOrigin + performance.now();
  return { now, hex: randomBytes(4).toString('hex') };
}
