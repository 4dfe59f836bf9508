import { initialCache } from '../data/cache.ts';
import type { Cache } from '../data/cache.ts';
import type { Json } from '../http.ts';
import type { Version } from '../version.ts';
import type { Remote } from './remote.ts';
import type { Progress, Work } from './work.ts';

/** Statuses that an operation of ours takes (guide ktrdr-api section 2.1). */
export type Status = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** One operation; everything about it that is not derived from its work. */
export interface Operation {
  readonly id: string;
  readonly status: Status;
  /** Wall-clock milliseconds; durations in them are KTRDR's divided by the speed. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly work: Work;
  readonly progress: Progress;
  /** Entries in `metrics` since the last pull; 0 shows as null. */
  readonly measured: number;
  /** When progress was last pulled from the bridge: at most once a second (ktrdr-api 2.3). */
  readonly lastPull: number | null;
  readonly errorMessage: string | null;
  /** When the worker thread will notice a cancel; the record then becomes `failed`. */
  readonly noticesAt: number | null;
  readonly result: { readonly [key: string]: Json } | null;
  /** Offset up to which the log already tells of it. */
  readonly loggedUntil: number;
  /** Where another service runs it: then status, progress and metrics are mirrored from there. */
  readonly remote?: Remote;
}

/** All that the backend remembers, in memory only. */
export interface BackendState {
  readonly version: Version;
  /** How many times faster than KTRDR everything goes. */
  readonly speed: number;
  /** Oldest first. */
  readonly operations: readonly Operation[];
  /** Whether a training has loaded the libraries: the first one of a process is slower. */
  readonly isWarm: boolean;
  /** Last version of each model folder, such as `models/test_e2e_local_pull/1d`. */
  readonly modelVersions: Readonly<Record<string, number>>;
  /** The price files, which downloads write. */
  readonly cache: Cache;
  /** When a rate-limited log line was last written, by its key. */
  readonly loggedAt: Readonly<Record<string, number>>;
}

/** A backend that has just been started. */
export function newBackend(speed: number, version: Version): BackendState {
  return {
    version,
    speed,
    operations: [],
    isWarm: false,
    modelVersions: {},
    cache: initialCache,
    loggedAt: {},
  };
}

/** The state with one operation replaced. */
export function replaceOperation(state: BackendState, changed: Operation): BackendState {
  return {
    ...state,
    operations: state.operations.map((each) => (each.id === changed.id ? changed : each)),
  };
}

/** Offset from the start of an operation in milliseconds of KTRDR's own time. */
export function offsetOf(state: BackendState, operation: Operation, now: number): number {
  return (now - (operation.startedAt ?? now)) * state.speed;
}

/** Wall-clock time of an offset from the start of an operation. */
export function timeOf(state: BackendState, operation: Operation, offset: number): number {
  return (operation.startedAt ?? 0) + offset / state.speed;
}

/** `OperationStatus.FAILED`: Python's name of a status, which leaks into error texts. */
export function pythonName(status: Status): string {
  return `OperationStatus.${status.toUpperCase()}`;
}
