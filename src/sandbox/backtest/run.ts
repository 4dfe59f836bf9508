import { newOperation, operationId } from '../backend/new-operation.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Cache } from '../data/cache.ts';
import type { Moment, SandboxResponse } from '../http.ts';
import { ok } from '../http.ts';
import { notServed } from '../not-served.ts';
import { strategyFiles, trainable } from '../training/strategies.ts';
import type { BacktestMode, BacktestOrder } from './order.ts';
import { planBacktest } from './plan.ts';
import { backtestWork } from './work.ts';

/** A backtest begun in the process whose state this is; `models` are folders that were trained since the start. */
export function runBacktest(
  state: BackendState,
  order: BacktestOrder,
  cache: Cache,
  models: readonly string[],
  moment: Moment,
): { readonly state: BackendState; readonly operation: Operation } {
  const work = backtestWork(order, planBacktest(order, cache, models));
  const operation = newOperation(operationId(work, moment), work, moment.now);
  return { state: { ...state, operations: [...state.operations, operation] }, operation };
}

/** The answer to a start (recordings backtest-good-520bars, remote-backtest-520bars, worker-backtest-direct). */
export function startedResponse(
  id: string,
  order: BacktestOrder,
  mode: BacktestMode | 'distributed',
): SandboxResponse {
  return ok({
    success: true,
    operation_id: id,
    status: 'started',
    message: `Backtest started for ${order.symbol} ${order.timeframe}`,
    symbol: order.symbol,
    timeframe: order.timeframe,
    mode,
  });
}

/** The loud answer for a strategy that exists and whose backtest nobody recorded; undefined for the others. */
export function unrecordedStrategy({ strategy }: BacktestOrder): SandboxResponse | undefined {
  const isRecorded = trainable.some(({ name }) => name === strategy);
  if (isRecorded || !strategyFiles.includes(strategy)) return undefined;
  const names = trainable.map(({ name }) => name).join(', ');
  return notServed(`no backtest with strategy ${strategy} was recorded`, `use ${names}`);
}
