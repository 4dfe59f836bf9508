import { cancelRecord } from '../backend/cancel.ts';
import { isFinished } from '../backend/operations.ts';
import { pythonName } from '../backend/state.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import { startLog } from '../backtest/log.ts';
import type { BacktestOrder } from '../backtest/order.ts';
import { runBacktest } from '../backtest/run.ts';
import type { Json, Moment } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { World } from '../world.ts';

/** A backtest begun on the worker, which reads the files of the backend (logs-worker-direct). */
export function beginOnWorker(
  world: World,
  order: BacktestOrder,
  moment: Moment,
): {
  readonly world: World;
  readonly operation: Operation;
  readonly entries: readonly LogEntry[];
} {
  const { cache, modelVersions } = world.backend;
  const models = Object.keys(modelVersions);
  const begun = runBacktest(world.backtestWorker, order, cache, models, moment);
  const { id } = begun.operation;
  const say = (text: string): LogEntry =>
    entry(moment.now, 'INFO', 'ktrdr.backtesting.remote_api', text);
  const { symbol, timeframe, startText, endText } = order;
  return {
    world: { ...world, backtestWorker: begun.state },
    operation: begun.operation,
    entries: [
      say(`Starting backtest: ${symbol} ${timeframe} (${startText} to ${endText})`),
      ...startLog(moment.now, id, order),
      say(`Backtest started: operation_id=${id}`),
    ],
  };
}

/** A cancel on the worker: its operations service says what became of it, and why not (recordings worker-operation-*-cancel*). */
export function stopOnWorker(
  state: BackendState,
  id: string,
  reason: string | null,
  now: number,
): {
  readonly state: BackendState;
  readonly result: { readonly [key: string]: Json };
  readonly entries: readonly LogEntry[];
} {
  const operation = state.operations.find((each) => each.id === id);
  if (operation === undefined) {
    const error = `Operation not found: ${id}`;
    return { state, result: { success: false, error }, entries: [] };
  }
  if (isFinished(operation)) {
    const error = `Operation ${id} is already finished (status: ${pythonName(operation.status)})`;
    return { state, result: { success: false, error }, entries: [] };
  }
  return cancelRecord(state, operation, reason, now);
}
