import { newBackend } from '../backend/state.ts';
import type { BackendState } from '../backend/state.ts';
import type { Version } from '../version.ts';

/** All that the training host remembers, in memory only. */
export interface TrainingHostState {
  /** Its operations: the host runs the same operations service as the backend. */
  readonly operations: BackendState;
  /** Its sessions, oldest first. */
  readonly sessions: readonly Session[];
}

/** A training session; what becomes of it stands in its operation. */
export interface Session {
  readonly id: string;
  /** `host_training_<session id>` (guide ktrdr-api section 3.3). */
  readonly operationId: string;
  /** Wall-clock milliseconds. */
  readonly startedAt: number;
}

/** A training host that has just been started. */
export function newTrainingHost(speed: number, version: Version): TrainingHostState {
  return { operations: newBackend(speed, version), sessions: [] };
}

/** The id of the operation of a session. */
export function operationIdOf(sessionId: string): string {
  return `host_training_${sessionId}`;
}

/** A session id in the form of a uuid4, made from the eight hexadecimal digits of an operation. */
export function sessionIdOf(hex: string): string {
  let seed = Number.parseInt(hex, 16) >>> 0;
  const next = (length: number): string => {
    // A linear congruential generator: it only has to look like a uuid.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed.toString(16).padStart(8, '0').slice(0, length);
  };
  return `${hex}-${next(4)}-4${next(3)}-a${next(3)}-${next(8)}${next(4)}`;
}
