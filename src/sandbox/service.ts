import type { Logs } from './logs.ts';
import type { Modes } from './modes.ts';
import type { Moment, SandboxRequest, SandboxResponse } from './http.ts';
import type { World } from './world.ts';

/** What goes over the wire for a response. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** How long it takes until it goes, in wall-clock milliseconds. */
  readonly delayMs?: number;
  /** True when it never goes. */
  readonly never?: boolean;
}

/** One step of the system: the next world, and the lines that logs gain. */
export interface Step {
  readonly world: World;
  readonly logs: Logs;
}

/** A step that answers a request. */
export interface Handled extends Step {
  readonly response: SandboxResponse;
}

/**
 * One of KTRDR's services: a door into the world. The sandbox gives it requests and keeps the world.
 * A further service is a further folder with such a value, and a line in `services.ts`.
 */
export interface Service {
  /** Such as `backend`; the log is `<name>.log`. */
  readonly name: string;
  /** KTRDR's own port (guide ktrdr-api section 1). */
  readonly port: number;
  /** The variable that holds the service's origin (contract section 4). */
  readonly addressVariable: string;
  /** Whether it runs in these modes; where not, nothing listens on its port. */
  isUp(modes: Modes): boolean;
  handle(world: World, request: SandboxRequest, moment: Moment): Handled;
  wire(response: SandboxResponse): Wire;
}
