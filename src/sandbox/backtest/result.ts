import type { Pace } from '../backend/work.ts';
import type { Json } from '../http.ts';
import { stampNaive } from '../python-text.ts';
import type { BacktestOrder } from './order.ts';
import { judged } from './plan.ts';
import type { Plan } from './plan.ts';

/** `result_summary.metrics` in the recorded order; nothing is ever traded, so all is 0 (ktrdr-real 26). */
const metricNames = [
  'total_return',
  'total_return_pct',
  'annualized_return',
  'volatility',
  'sharpe_ratio',
  'max_drawdown',
  'max_drawdown_pct',
  'total_trades',
  'winning_trades',
  'losing_trades',
  'win_rate',
  'profit_factor',
  'avg_holding_period',
  'avg_win_holding_period',
  'avg_loss_holding_period',
  'avg_win',
  'avg_loss',
  'largest_win',
  'largest_loss',
  'calmar_ratio',
  'sortino_ratio',
  'recovery_factor',
];

/** `result_summary` of a completed backtest (recording backtest-good-520bars). */
export function resultSummary(
  order: BacktestOrder,
  plan: Plan,
  { startedAt, speed }: Pace,
): { readonly [key: string]: Json } {
  const [begins, ends] = [plan.loadsAt, plan.endsAt].map((at) => startedAt + at / speed);
  return {
    strategy_name: order.strategy,
    symbol: order.symbol,
    timeframe: order.timeframe,
    start_time: stampNaive(begins ?? startedAt),
    end_time: stampNaive(ends ?? startedAt),
    execution_time_seconds: (plan.endsAt - plan.loadsAt) / 1000 / speed,
    config: {
      initial_capital: order.capital,
      commission: order.commission,
      slippage: order.slippage,
      start_date: order.startDate,
      end_date: order.endDate,
    },
    metrics: Object.fromEntries(metricNames.map((name) => [name, 0])),
    trade_count: 0,
    equity_curve_length: judged(plan.bars),
  };
}
