import { noProgress } from '../backend/progress.ts';
import { readBody } from '../backend/problems.ts';
import { notServed } from '../backend/not-served.ts';
import { refused } from '../backend/start.ts';
import type { Answer } from '../backend/start.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { stampId } from '../python-text.ts';
import { strategyFiles, trainable } from '../training/strategies.ts';
import { startLog } from './log.ts';
import type { BacktestOrder } from './order.ts';
import { planBacktest } from './plan.ts';
import { checkBacktest } from './request.ts';
import { backtestWork } from './work.ts';

/** `POST /api/v1/backtests/start` in LOCAL mode (recordings backtest-*). */
export function startBacktest(
  state: BackendState,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return { response: detail(400, 'There was an error parsing the body') };
    case 'problem':
      return refused(moment, [body.problem]);
    case 'absent':
      return refused(moment, [{ field: 'body', message: 'Field required', type: 'missing' }]);
    case 'members': {
      const { order, problems } = checkBacktest(body.members);
      if (problems.length > 0) return refused(moment, problems);
      return runBacktest(state, order, moment);
    }
  }
}

function runBacktest(state: BackendState, order: BacktestOrder, moment: Moment): Answer {
  const { strategy } = order;
  if (strategyFiles.includes(strategy) && !trainable.some(({ name }) => name === strategy)) {
    const names = trainable.map(({ name }) => name).join(', ');
    const what = `no backtest with strategy ${strategy} was recorded`;
    return { response: notServed(what, `use ${names}`) };
  }
  const plan = planBacktest(order, state.cache, Object.keys(state.modelVersions));
  const operation: Operation = {
    id: `op_backtesting_${stampId(moment.now)}_${moment.hex}`,
    status: 'running',
    createdAt: moment.now,
    startedAt: moment.now,
    completedAt: null,
    work: backtestWork(order, plan),
    progress: noProgress,
    measured: 0,
    lastPull: null,
    errorMessage: null,
    noticesAt: null,
    result: null,
    loggedUntil: -1,
  };
  return {
    response: started(operation.id, order, 'local'),
    state: { ...state, operations: [...state.operations, operation] },
    entries: startLog(moment.now, operation.id, order),
  };
}

function started(id: string, order: BacktestOrder, mode: 'local' | 'remote'): SandboxResponse {
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
