import type { Announcement, Progress } from '../backend/work.ts';
import { noProgress } from '../backend/progress.ts';
import { stampSpace } from '../python-text.ts';
import type { BacktestOrder } from './order.ts';
import { announcedEvery, begunAt, judged, warmUp } from './plan.ts';
import type { Plan } from './plan.ts';

/** What the record shows before anything was pulled: the one thing that is pushed (recording backtest-bad-strategy). */
export const startingProgress: Progress = {
  ...noProgress,
  current_step: 'Starting backtest [0/100]',
  steps_total: 100,
  context: { operation: 'backtest', service: 'Backtesting' },
};

/** The last announcement at an offset: bars are only ever pulled (recordings backtest-cancel-5m, remote-backtest-*). */
export function announcementAt(order: BacktestOrder, plan: Plan, offset: number): Announcement {
  return { at: 0, pushed: startingProgress, pulled: pulledAt(order, plan, offset), measured: 0 };
}

function pulledAt(order: BacktestOrder, plan: Plan, offset: number): Progress {
  const begun = begunAt(plan, offset);
  if (begun === 0) return { ...noProgress, current_step: '' };
  const bar = Math.floor((begun - 1) / announcedEvery) * announcedEvery;
  const at = stampSpace(plan.bars.timeOf(warmUp + bar));
  return {
    ...noProgress,
    percentage: (bar / judged(plan.bars)) * 100,
    current_step: `Backtesting ${order.symbol} ${order.timeframe} [${at}]`,
  };
}
