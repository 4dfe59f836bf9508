import type { BackendState, Operation } from '../backend/state.ts';
import { offsetOf, replaceOperation, timeOf } from '../backend/state.ts';
import type { Plan } from './plan.ts';
import type { LogEntry } from '../log-entry.ts';
import { cancelNoticedLog, completionLog, failureLog, progressLog } from './log.ts';
import { loadFaultLog } from './stage-log.ts';
import { pushed } from './progress.ts';
import { modelFolder, resultSummary } from './result.ts';
import { announcementAt } from './timeline.ts';

/**
 * Everything that has happened by itself up to `now`: trainings that completed, failed, or noticed
 * their cancel, and the log lines of it in the order of their times.
 */
export function settle(
  state: BackendState,
  now: number,
): { readonly state: BackendState; readonly entries: readonly LogEntry[] } {
  let current = state;
  const entries: LogEntry[] = [];
  for (const operation of state.operations) {
    const settled = settleOne(current, operation, now);
    if (settled === undefined) continue;
    current = settled.state;
    entries.push(...settled.entries);
  }
  return { state: current, entries: entries.toSorted((a, b) => a.at - b.at) };
}

interface Settled {
  readonly state: BackendState;
  readonly entries: readonly LogEntry[];
}

function settleOne(state: BackendState, operation: Operation, now: number): Settled | undefined {
  const { plan } = operation;
  if (plan === null) return undefined;
  if (operation.status === 'cancelled' && operation.noticesAt !== null) {
    return operation.noticesAt <= now ? noticeCancel(state, operation, plan) : undefined;
  }
  if (operation.status !== 'running') return undefined;
  const offset = offsetOf(state, operation, now);
  if (offset < plan.endsAt) return tell(state, operation, plan, offset);
  return plan.failure === undefined
    ? complete(state, operation, plan)
    : fail(state, operation, plan, plan.failure);
}

function tell(state: BackendState, operation: Operation, plan: Plan, offset: number): Settled {
  const entries = progressLog(state, operation, plan, offset);
  const told = { ...operation, loggedUntil: offset };
  return { state: replaceOperation(state, told), entries };
}

function complete(state: BackendState, operation: Operation, plan: Plan): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const folder = modelFolder(operation);
  const version = (state.modelVersions[folder] ?? 0) + 1;
  const pace = { startedAt: operation.startedAt ?? endedAt, speed: state.speed };
  const last = announcementAt(operation.order, plan, plan.endsAt, pace);
  const done: Operation = {
    ...operation,
    status: 'completed',
    completedAt: endedAt,
    progress: { ...last.pulled, percentage: 100 },
    epochsSeen: plan.epochs,
    result: resultSummary(operation, plan, pace, `${folder}_v${version}`),
    loggedUntil: Infinity,
  };
  const next = replaceOperation(state, done);
  return {
    state: { ...next, modelVersions: { ...state.modelVersions, [folder]: version } },
    entries: [
      ...progressLog(state, operation, plan, plan.endsAt),
      ...completionLog(endedAt, done, plan, `${folder}_v${version}`),
    ],
  };
}

function fail(state: BackendState, operation: Operation, plan: Plan, message: string): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const failed: Operation = {
    ...pushed(state, operation, endedAt),
    status: 'failed',
    completedAt: endedAt,
    errorMessage: message,
    loggedUntil: Infinity,
  };
  return {
    state: replaceOperation(state, failed),
    entries: [
      ...progressLog(state, operation, plan, plan.endsAt),
      ...(plan.loadFault === undefined
        ? []
        : loadFaultLog(endedAt, operation.order, plan.loadFault)),
      ...failureLog(endedAt, failed, message),
    ],
  };
}

/** The thread noticed the cancel and its error overwrites `cancelled` (ktrdr-real 12). */
function noticeCancel(state: BackendState, operation: Operation, plan: Plan): Settled {
  const message = 'Training operation cancelled';
  const at = operation.noticesAt ?? 0;
  const failed: Operation = {
    ...operation,
    status: 'failed',
    completedAt: at,
    errorMessage: message,
    loggedUntil: Infinity,
  };
  const inEpoch = offsetOf(state, operation, at) >= plan.firstEpochAt;
  return {
    state: replaceOperation(state, failed),
    entries: [...cancelNoticedLog(at, failed, inEpoch), ...failureLog(at, failed, message)],
  };
}
