import type { Handled, Moment, SandboxRequest, SandboxResponse } from './http.ts';

/** What goes over the wire for a response. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * One of KTRDR's services as a pure machine: the sandbox gives it requests and time, and keeps its
 * state. A further service is a further folder with such a value, and a line in `sandbox.ts`.
 */
export interface Service<State> {
  /** Such as `backend`; the log is `<name>.log`. */
  readonly name: string;
  /** KTRDR's own port (guide ktrdr-api section 1). */
  readonly port: number;
  /** The variable that holds the service's origin (contract section 4). */
  readonly addressVariable: string;
  start(speed: number): State;
  handle(state: State, request: SandboxRequest, moment: Moment): Handled<State>;
  /** What happens by itself as time passes. */
  tick(state: State, now: number): { readonly state: State; readonly logLines: readonly string[] };
  wire(response: SandboxResponse): Wire;
}
