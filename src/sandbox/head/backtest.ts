import type { Answer } from '../backend/answer.ts';
import { operationId } from '../backend/new-operation.ts';
import type { Operation } from '../backend/state.ts';
import type { BacktestOrder } from '../backtest/order.ts';
import { failing, failingAtOnce, judged, planOnBars, running } from '../backtest/plan.ts';
import type { Plan } from '../backtest/plan.ts';
import { startedResponse } from '../backtest/run.ts';
import { backtestWork } from '../backtest/work.ts';
import { detail } from '../http.ts';
import type { Json, Moment } from '../http.ts';
import type { World } from '../world.ts';
import { distribute } from './distributed.ts';
import type { Task } from './distributed.ts';
import { backtesting, training } from './kinds.ts';

/** A backtest on a worker (guide ktrdr-api sections 5.1 and 5.2). */
export function backtestOnWorker(world: World, asked: BacktestOrder, moment: Moment): Answer {
  const order = withOwn(world, asked);
  if (order === undefined) {
    return {
      response: detail(400, 'Symbol and timeframe must be provided or defined in strategy config'),
    };
  }
  const task = backtestTask(world, order, moment);
  const response = startedResponse(task.id, order, 'distributed');
  return distribute(world, backtesting, task, response, moment.now);
}

/** What a worker is to do for a backtest. */
export function backtestTask(world: World, order: BacktestOrder, moment: Moment): Task {
  const plan = planOnWorker(world, order);
  const local = backtestWork(order, plan);
  return {
    id: operationId(local, moment),
    local,
    metadata: metadataOf(order),
    result: (result) => traded(result, plan),
  };
}

/** The order with what its strategy says of symbol and timeframe; undefined where neither says it. */
export function withOwn(world: World, order: BacktestOrder): BacktestOrder | undefined {
  const own = world.backend.version.trainable.find(({ name }) => name === order.strategy)?.own;
  const symbol = order.symbol || own?.symbol;
  const timeframe = order.timeframe || own?.timeframe;
  return symbol && timeframe ? { ...order, symbol, timeframe } : undefined;
}

/** A bar is judged when this many came before it, and one must be left (guide ktrdr-api section 5.2). */
const leastBars = 51;

/** In which order HEAD looks at these is not told: model path, data, number of bars, model. */
function planOnWorker(world: World, order: BacktestOrder): Plan {
  const { modelPath } = order;
  if (modelPath === null) {
    const message = 'model_path is required for backtesting';
    return failingAtOnce({ step: 'strategy', message });
  }
  return planOnBars(order, world.backend.cache, 'No data for', (found, loadedAt) => {
    if (found.count < leastBars) {
      const message = `Insufficient data for backtesting: ${found.count} bars (need at least ${leastBars} for indicator warm-up)`;
      return failing(found, { step: 'bars', message }, loadedAt + 2);
    }
    if (!isTrained(world, modelPath)) {
      const message = `Model directory not found: ${modelPath}`;
      return failing(found, { step: 'model', message }, loadedAt + 2);
    }
    return running(found, false);
  });
}

/** Whether a model folder was made by a training since the start: no other is on this disk. */
function isTrained(world: World, path: string): boolean {
  const [, folder = '', version] = /^(.+)_v(\d+)\/?$/.exec(path) ?? [];
  return Number(version) <= (training.stateOf(world).modelVersions[folder] ?? 0);
}

function metadataOf(order: BacktestOrder) {
  return {
    symbol: order.symbol,
    timeframe: order.timeframe,
    mode: 'backtesting',
    start_date: order.startDate,
    end_date: order.endDate,
    parameters: {
      strategy_name: order.strategy,
      model_path: order.modelPath,
      initial_capital: order.capital,
      commission: order.commission,
      slippage: order.slippage,
    },
  };
}

/** That nothing is traded is a defect of ERA: one trade in fifty bars, half of them won, is made up. */
function traded(result: NonNullable<Operation['result']>, plan: Plan) {
  const trades = Math.ceil(judged(plan.bars) / 50);
  const won = Math.floor(trades / 2);
  return {
    ...result,
    metrics: {
      ...(result['metrics'] as { readonly [key: string]: Json }),
      total_trades: trades,
      winning_trades: won,
      losing_trades: trades - won,
      win_rate: won / trades,
    },
    trade_count: trades,
  };
}
