import { offsetOf, replaceOperation, timeOf } from '../backend/state.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Announcement, Pace, Progress, Settled, Work } from '../backend/work.ts';
import { epochEntry } from '../training/metrics.ts';
import { pipelineLog } from '../training/log.ts';
import type { Plan, TrainingOrder } from '../training/plan.ts';
import { pipelineResult, savedModel } from '../training/result.ts';
import { announcementAt } from '../training/timeline.ts';
import { completedLog, failedLog } from './log.ts';

/** A training as the host's own operations see it. */
export interface SessionWork extends Work {
  readonly order: TrainingOrder;
  readonly plan: Plan;
  readonly sessionId: string;
}

/** The work of one session (recordings host-operation-get, host-direct-start). */
export function sessionWork(order: TrainingOrder, plan: Plan, sessionId: string): SessionWork {
  return {
    order,
    plan,
    sessionId,
    type: 'training',
    symbol: order.symbols[0] ?? null,
    metadata: {
      symbol: order.symbols[0] ?? null,
      timeframe: order.timeframes[0] ?? null,
      mode: null,
      start_date: null,
      end_date: null,
      parameters: {},
    },
    endsAt: plan.endsAt,
    announce: (offset, pace) => announce(order, plan, offset, pace),
    measures: 'epochs',
    measurements: (count, pace) =>
      Array.from({ length: count }, (_, epoch) => epochEntry(plan, epoch, pace)),
    noticesCancelAt: () => null,
    log: (state, operation, until) => pipelineLog(state, operation, order, plan, until),
    finish: (state, operation) =>
      plan.failure === undefined
        ? complete(state, operation, order, plan, sessionId)
        : failSession(state, operation, timeOf(state, operation, plan.endsAt), plan.failure),
    noticeCancel: (state) => ({ state, entries: [] }),
  };
}

/** Nothing pushes on the host: its polls show what was last pulled from the bridge. */
function announce(order: TrainingOrder, plan: Plan, offset: number, pace: Pace): Announcement {
  const { at, pulled, measured } = announcementAt(order, plan, offset, pace);
  return { at, measured, pulled: hostProgress(pulled, plan) };
}

/**
 * The host counts epochs of 100, whatever the strategy says, and whole percents as steps; after the
 * last epoch the steps are epochs (ktrdr-real 15). Other ends of epochs were not recorded.
 */
function hostProgress(pulled: Progress, { epochs }: Plan): Progress {
  const text = pulled.current_step ?? '';
  if (!text.startsWith('Epoch ')) return pulled;
  const isBatch = text.includes(' · ');
  return {
    ...pulled,
    current_step: text.replace(`/${epochs}`, '/100'),
    steps_completed: isBatch ? Math.floor(pulled.percentage) : pulled.steps_completed,
    steps_total: 100,
  };
}

function complete(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
  sessionId: string,
): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const model = savedModel(state, order);
  const pace = { startedAt: operation.startedAt ?? endedAt, speed: state.speed };
  const done: Operation = {
    ...operation,
    status: 'completed',
    completedAt: endedAt,
    progress: { ...announce(order, plan, plan.endsAt, pace).pulled, percentage: 100 },
    measured: plan.epochs,
    result: {
      ...pipelineResult(order, plan, pace, model.path),
      resource_usage: {
        gpu_used: false,
        gpu_name: 'CPU',
        device_type: 'cpu',
        training_mode: 'host',
      },
      session_id: sessionId,
    },
    loggedUntil: Infinity,
  };
  return {
    state: { ...replaceOperation(state, done), modelVersions: model.versions },
    entries: [
      ...pipelineLog(state, operation, order, plan, plan.endsAt),
      ...completedLog(endedAt, sessionId, model.path),
    ],
  };
}

/** The record of a session that ended badly: no data, or stopped (recording host-train-cancel-5m-15s). */
export function failSession(
  state: BackendState,
  operation: Operation,
  at: number,
  reason: string,
): Settled {
  const { order, plan, sessionId } = sessionOf(operation);
  const failed: Operation = {
    ...operation,
    status: 'failed',
    completedAt: at,
    errorMessage: `Training failed: ${reason}`,
    loggedUntil: Infinity,
  };
  return {
    state: replaceOperation(state, failed),
    entries: [
      ...pipelineLog(state, operation, order, plan, offsetOf(state, operation, at)),
      ...failedLog(at, sessionId, reason),
    ],
  };
}

/** The session that an operation of the host is. */
export function sessionOf({ work }: Operation): SessionWork {
  // The host's state holds nothing but sessions.
  return work as SessionWork;
}
