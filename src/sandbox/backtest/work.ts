import { failedAt } from '../backend/failed.ts';
import { failureLog } from '../backend/managed-log.ts';
import { offsetOf, replaceOperation, timeOf } from '../backend/state.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Settled, Work } from '../backend/work.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { barLog } from './bar-log.ts';
import {
  completionLog,
  computingLog,
  engine,
  loadedLog,
  loadingLog,
  loopLog,
  troubleLog,
} from './log.ts';
import { metadataOf } from './order.ts';
import type { BacktestOrder } from './order.ts';
import { begunAt, beginsAt, judged, noticingBar, warmUp } from './plan.ts';
import type { Plan } from './plan.ts';
import { resultSummary } from './result.ts';
import { announcementAt } from './timeline.ts';

/** A backtest in the process that runs it, as its operations see it. */
export interface BacktestWork extends Work {
  readonly order: BacktestOrder;
  readonly plan: Plan;
}

/** The work of one backtest. */
export function backtestWork(order: BacktestOrder, plan: Plan): BacktestWork {
  return {
    order,
    plan,
    type: 'backtesting',
    symbol: order.symbol,
    metadata: metadataOf(order, 'local'),
    endsAt: plan.endsAt,
    announce: (offset) => announcementAt(order, plan, offset),
    measures: 'metrics',
    measurements: () => [],
    noticesCancelAt: (offset) =>
      plan.failure === undefined ? beginsAt(plan, noticingBar(plan, offset)) : null,
    log: (state, operation, until) => progressLog(state, operation, order, plan, until),
    finish: (state, operation) =>
      plan.failure === undefined
        ? complete(state, operation, order, plan)
        : fail(state, operation, order, plan, plan.failure.message),
    noticeCancel: (state, operation) => noticeCancel(state, operation, order, plan),
  };
}

function progressLog(
  state: BackendState,
  operation: Operation,
  order: BacktestOrder,
  plan: Plan,
  until: number,
): readonly LogEntry[] {
  const from = operation.loggedUntil;
  const at = (offset: number): number => timeOf(state, operation, offset);
  const entries: LogEntry[] = [];
  const once = (offset: number, lines: (at: number) => readonly LogEntry[]): void => {
    if (offset > from && offset <= until) entries.push(...lines(at(offset)));
  };
  once(plan.loadsAt, (now) => loadingLog(now, order));
  once(plan.computesAt, (now) => [...loadedLog(now, order, plan), ...computingLog(now)]);
  once(plan.loopsAt, (now) => loopLog(now, plan));
  return [...entries, ...barLog(order, plan, begunAt(plan, from), begunAt(plan, until), at)];
}

function complete(
  state: BackendState,
  operation: Operation,
  order: BacktestOrder,
  plan: Plan,
): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const pace = { startedAt: operation.startedAt ?? endedAt, speed: state.speed };
  const done: Operation = {
    ...operation,
    status: 'completed',
    completedAt: endedAt,
    progress: { ...announcementAt(order, plan, plan.endsAt).pulled, percentage: 100 },
    result: resultSummary(order, plan, pace),
    loggedUntil: Infinity,
  };
  return {
    state: replaceOperation(state, done),
    entries: [
      ...progressLog(state, operation, order, plan, plan.endsAt),
      ...completionLog(endedAt, done.id, order, plan),
    ],
  };
}

function fail(
  state: BackendState,
  operation: Operation,
  order: BacktestOrder,
  plan: Plan,
  message: string,
): Settled {
  const endedAt = timeOf(state, operation, plan.endsAt);
  const failed = failedAt(state, operation, endedAt, message);
  return {
    state: replaceOperation(state, failed),
    entries: [
      ...progressLog(state, operation, order, plan, plan.endsAt),
      ...troubleLog(endedAt, order, plan),
      ...failureLog(endedAt, failed.id, message),
    ],
  };
}

/** The engine stops; the record stays `cancelled` (recording backtest-cancel-5m). */
function noticeCancel(
  state: BackendState,
  operation: Operation,
  order: BacktestOrder,
  plan: Plan,
): Settled {
  const at = operation.noticesAt ?? 0;
  const until = offsetOf(state, operation, at);
  const total = plan.bars.count;
  const bar = Math.round((until - plan.loopsAt) / plan.barMs);
  const place = Math.min(warmUp + bar, total);
  const share = ((place / total) * 100).toFixed(1);
  const stopped = `Backtest cancelled at bar ${place}/${total} (${share}%)`;
  return {
    state: replaceOperation(state, { ...operation, noticesAt: null, loggedUntil: Infinity }),
    entries: [
      ...progressLog(state, operation, order, plan, Math.min(until, plan.endsAt)),
      ...(judged(plan.bars) > 0 ? [entry(at, 'INFO', engine, stopped)] : []),
    ],
  };
}
