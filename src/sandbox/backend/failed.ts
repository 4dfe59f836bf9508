import { pushed } from './progress.ts';
import type { BackendState, Operation } from './state.ts';

/** The record of an operation that failed by itself, with the last push that reached it. */
export function failedAt(
  state: BackendState,
  operation: Operation,
  at: number,
  message: string,
): Operation {
  return {
    ...pushed(state, operation, at),
    status: 'failed',
    completedAt: at,
    errorMessage: message,
    loggedUntil: Infinity,
  };
}
