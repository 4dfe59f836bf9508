import { offsetOf } from './state.ts';
import type { BackendState, Operation } from './state.ts';
import type { Announcement, Progress } from './work.ts';

/** A record before anything was announced. */
export const noProgress: Progress = {
  percentage: 0,
  current_step: null,
  steps_completed: 0,
  steps_total: 0,
  items_processed: 0,
  items_total: null,
  current_item: null,
  context: {},
};

/** How long pulled progress is fresh, in milliseconds of KTRDR's own time (ktrdr-api 2.3). */
const pullEvery = 1000;

/**
 * The record as a GET by id finds it: pulled from the bridge when the last pull is a second old
 * (or `force`), else as last pushed. This is why consecutive polls alternate between the two shapes.
 */
export function pulled(
  state: BackendState,
  operation: Operation,
  now: number,
  force = false,
): Operation {
  if (operation.status !== 'running' || operation.remote !== undefined) return operation;
  const { lastPull } = operation;
  const isFresh = lastPull !== null && (now - lastPull) * state.speed < pullEvery;
  if (isFresh && !force) return pushed(state, operation, now);
  const announcement = announce(state, operation, now);
  return {
    ...operation,
    progress: announcement.pulled,
    measured: announcement.measured,
    lastPull: now,
  };
}

/** The record with the newest push applied, if one came after the last pull: what a list shows. */
export function pushed(state: BackendState, operation: Operation, now: number): Operation {
  if (operation.status !== 'running' || operation.remote !== undefined) return operation;
  const { lastPull } = operation;
  const { at, pushed: news } = announce(state, operation, now);
  if (news === undefined) return operation;
  const isNews = lastPull === null || at > offsetOf(state, operation, lastPull);
  return isNews ? { ...operation, progress: news } : operation;
}

function announce(state: BackendState, operation: Operation, now: number): Announcement {
  const { work, startedAt } = operation;
  const offset = Math.min(offsetOf(state, operation, now), work.endsAt);
  return work.announce(offset, { startedAt: startedAt ?? now, speed: state.speed });
}
