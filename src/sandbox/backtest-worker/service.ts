import type { Service } from '../service.ts';
import { wireWith } from '../wire.ts';
import { handleBacktestWorker } from './handle.ts';

/** The backtest worker: backtests, their operations, health. */
export const backtestWorker: Service = {
  name: 'backtest-worker',
  port: 5003,
  addressVariable: 'KTRDR_BACKTEST_URL',
  isUp: (modes) => modes.backtest !== 'remote-down',
  handle: handleBacktestWorker,
  wire: (response) => wireWith(response),
};
