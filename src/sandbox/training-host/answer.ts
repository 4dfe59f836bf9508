import type { SandboxResponse } from '../http.ts';
import type { LogEntry } from '../log-entry.ts';
import type { TrainingHostState } from './state.ts';

/** What a route gives back: the response, and the state and lines if something changed. */
export interface Answer {
  readonly response: SandboxResponse;
  readonly state?: TrainingHostState;
  readonly entries?: readonly LogEntry[];
}
