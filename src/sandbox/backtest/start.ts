import { readBody } from '../backend/problems.ts';
import { refused } from '../backend/answer.ts';
import type { Answer } from '../backend/answer.ts';
import { newOperation, operationId } from '../backend/new-operation.ts';
import type { BackendState } from '../backend/state.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { notServed } from '../not-served.ts';
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
  const work = backtestWork(order, plan);
  const operation = newOperation(operationId(work, moment), work, moment.now);
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
