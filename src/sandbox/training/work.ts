import { failedAt } from '../backend/failed.ts';
import { failureLog } from '../backend/managed-log.ts';
import { offsetOf, replaceOperation, timeOf } from '../backend/state.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Settled, Work } from '../backend/work.ts';
import type { LoadFault } from '../data/load.ts';
import { loadFaultLog } from '../data/load-log.ts';
import type { Json } from '../http.ts';
import type { LogEntry } from '../log-entry.ts';
import { cancelNoticedLog, completionLog, progressLog } from './log.ts';
import { epochEntry } from './metrics.ts';
import { noticesCancelAt } from './plan.ts';
import type { Plan, TrainingOrder } from './plan.ts';
import { resultSummary, savedModel } from './result.ts';
import { announcementAt } from './timeline.ts';

/** A training in LOCAL mode as the backend's operations see it. */
export interface TrainingWork extends Work {
  readonly order: TrainingOrder;
  readonly plan: Plan;
}

/** The work of one training. */
export function trainingWork(order: TrainingOrder, plan: Plan): TrainingWork {
  return {
    order,
    plan,
    type: 'training',
    symbol: order.symbols[0] ?? null,
    metadata: metadataOf(order, 'local'),
    endsAt: plan.endsAt,
    announce: (offset, pace) => announcementAt(order, plan, offset, pace),
    measures: 'epochs',
    measurements: (count, pace) =>
      Array.from({ length: count }, (_, epoch) => epochEntry(plan, epoch, pace)),
    noticesCancelAt: (offset) => noticesCancelAt(plan, offset),
    log: (state, operation, until) => progressLog(state, operation, order, plan, until),
    finish: (state, operation) =>
      plan.failure === undefined
        ? complete(state, operation, order, plan)
        : fail(state, operation, order, plan, plan.failure),
    noticeCancel: (state, operation) => noticeCancel(state, operation, order, plan),
  };
}

/** `metadata` of the backend's record; the mode is `local` or `host_service` (host-train-smoke-1d-2024). */
export function metadataOf(
  order: TrainingOrder,
  mode: 'local' | 'host_service',
): { readonly [key: string]: Json } {
  return {
    symbol: order.symbols[0] ?? null,
    timeframe: order.timeframes[0] ?? null,
    mode: 'training',
    start_date: order.startDate,
    end_date: order.endDate,
    parameters: {
      strategy_name: order.strategy.name,
      strategy_path: `strategies/${order.strategy.name}.yaml`,
      training_type: 'mlp',
      symbols: order.symbols,
      timeframes: order.timeframes,
      epochs: order.strategy.epochs,
      use_host_service: mode === 'host_service',
      analytics_enabled: order.analytics,
      training_mode: mode,
      operation_name: 'training',
      service_name: 'TrainingService',
    },
  };
}

function complete(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const model = savedModel(state, order);
  const pace = { startedAt: operation.startedAt ?? endedAt, speed: state.speed };
  const last = announcementAt(order, plan, plan.endsAt, pace);
  const done: Operation = {
    ...operation,
    status: 'completed',
    completedAt: endedAt,
    progress: { ...last.pulled, percentage: 100 },
    measured: plan.epochs,
    result: resultSummary(operation.id, order, plan, pace, model.path),
    loggedUntil: Infinity,
  };
  const next = replaceOperation(state, done);
  return {
    state: { ...next, modelVersions: model.versions },
    entries: [
      ...progressLog(state, operation, order, plan, plan.endsAt),
      ...completionLog(endedAt, done.id, plan, model.path),
    ],
  };
}

function fail(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
  message: string,
): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const failed = failedAt(state, operation, endedAt, message);
  return {
    state: replaceOperation(state, failed),
    entries: [
      ...progressLog(state, operation, order, plan, plan.endsAt),
      ...(plan.loadFault === undefined ? [] : faultLog(endedAt, order, plan.loadFault)),
      ...failureLog(endedAt, failed.id, message),
    ],
  };
}

/** The thread noticed the cancel and its error overwrites `cancelled` (ktrdr-real 12). */
function noticeCancel(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
): Settled {
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
    entries: [
      ...cancelNoticedLog(at, order.strategy.name, inEpoch),
      ...failureLog(at, failed.id, message),
    ],
  };
}

function faultLog(
  at: number,
  { symbols, timeframes }: TrainingOrder,
  fault: LoadFault,
): readonly LogEntry[] {
  return loadFaultLog(at, symbols[0] ?? '', timeframes[0] ?? '', fault);
}
