import type { LogEntry } from '../log-entry.ts';
import { offsetOf, replaceOperation } from './state.ts';
import type { BackendState, Operation } from './state.ts';
import type { Settled } from './work.ts';

/**
 * Everything that has happened by itself up to `now`: operations that completed, failed, or noticed
 * their cancel, and the log lines of it in the order of their times.
 */
export function settle(state: BackendState, now: number): Settled {
  let current = state;
  let entries: readonly LogEntry[] = [];
  for (const operation of state.operations) {
    const settled = settleOne(current, operation, now);
    if (settled === undefined) continue;
    current = settled.state;
    // Not spread into arguments: a long backtest says more at once than the stack holds.
    entries = [...entries, ...settled.entries];
  }
  return { state: current, entries: entries.toSorted((a, b) => a.at - b.at) };
}

function settleOne(state: BackendState, operation: Operation, now: number): Settled | undefined {
  const { work, status, noticesAt } = operation;
  if (status === 'cancelled' && noticesAt !== null) {
    return noticesAt <= now ? work.noticeCancel(state, operation) : undefined;
  }
  if (status !== 'running') return undefined;
  const offset = offsetOf(state, operation, now);
  if (offset >= work.endsAt) return work.finish(state, operation);
  return {
    state: replaceOperation(state, { ...operation, loggedUntil: offset }),
    entries: work.log(state, operation, offset),
  };
}
