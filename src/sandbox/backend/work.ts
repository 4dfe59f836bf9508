import type { LogEntry } from '../log-entry.ts';
import type { RemoteHost } from './remote.ts';
import type { BackendState, Operation } from './state.ts';
import type { Members } from '../json.ts';

/** The progress of an operation's record, field by field in its order. */
export interface Progress {
  readonly percentage: number;
  readonly current_step: string | null;
  readonly steps_completed: number;
  readonly steps_total: number;
  readonly items_processed: number;
  readonly items_total: number | null;
  readonly current_item: string | null;
  readonly context: Members;
}

/** What an operation last announced, in the two shapes that polls see (ktrdr-real 5). */
export interface Announcement {
  /** Offset from the start in milliseconds of KTRDR's own time. */
  readonly at: number;
  /** Pulled from the bridge: `items_total` null and `context` empty. */
  readonly pulled: Progress;
  /** Pushed by the progress manager: everything filled, preparation texts with an emoji. Absent where nothing pushes. */
  readonly pushed?: Progress;
  /** How many entries of its metrics there are so far, such as finished epochs. */
  readonly measured: number;
}

/** What turns KTRDR's own time into stamps: the start in wall-clock milliseconds, and the speed. */
export interface Pace {
  readonly startedAt: number;
  readonly speed: number;
}

/** What has happened by itself: the next state, and lines with their times. */
export interface Settled {
  readonly state: BackendState;
  readonly entries: readonly LogEntry[];
}

/**
 * What an operation does, as pure functions of its offset from the start (milliseconds of KTRDR's
 * own time). One kind of work is one folder; the operations routes know no other thing about it.
 */
export interface Work {
  /** `operation_type` of its records (guide ktrdr-api section 2.1). */
  readonly type: 'training' | 'data_load' | 'backtesting';
  /** `symbol` in lists. */
  readonly symbol: string | null;
  /** `metadata` of its record. */
  readonly metadata: Members;
  /** When it ends by itself, well or not. */
  readonly endsAt: number;
  /** The last announcement at an offset. */
  announce(offset: number, pace: Pace): Announcement;
  /** The first `count` entries of its metrics; empty for work that measures nothing. */
  measurements(count: number, pace: Pace): readonly Members[];
  /** The key under which `metrics` holds them, such as `epochs`. */
  readonly measures: string;
  /** When the worker notices a cancel that comes at `offset`, if the record changes again then. */
  noticesCancelAt(offset: number): number | null;
  /** The lines of a running operation after `operation.loggedUntil` up to an offset. */
  log(state: BackendState, operation: Operation, until: number): readonly LogEntry[];
  /** The end by itself. */
  finish(state: BackendState, operation: Operation): Settled;
  /** What becomes of a cancelled record when the worker notices. */
  noticeCancel(state: BackendState, operation: Operation): Settled;
  /** The service that does it, where that is not the one that keeps the record. */
  readonly host?: RemoteHost;
  /** The registered worker that does it, at HEAD. */
  readonly workerId?: string;
}
