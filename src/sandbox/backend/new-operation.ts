import type { Moment } from '../http.ts';
import { stampId } from '../python-text.ts';
import { noProgress } from './progress.ts';
import type { Operation } from './state.ts';
import type { Work } from './work.ts';

/** The record of work that starts now. */
export function newOperation(id: string, work: Work, now: number): Operation {
  return {
    id,
    status: 'running',
    createdAt: now,
    startedAt: now,
    completedAt: null,
    work,
    progress: noProgress,
    measured: 0,
    lastPull: null,
    errorMessage: null,
    noticesAt: null,
    result: null,
    loggedUntil: -1,
  };
}

/** An id in the backend's own form (guide ktrdr-api section 2.1). */
export function operationId({ type }: Work, { now, hex }: Moment): string {
  return `op_${type}_${stampId(now)}_${hex}`;
}
