/** What a backtest was started with, after validation. */
export interface BacktestOrder {
  readonly strategy: string;
  readonly symbol: string;
  readonly timeframe: string;
  /** The dates as they were sent. */
  readonly startText: string;
  readonly endText: string;
  /** Naive ISO times. */
  readonly startDate: string;
  readonly endDate: string;
  readonly capital: number;
  readonly commission: number;
  readonly slippage: number;
  /** Looked at by HEAD alone (ktrdr-api 5.1). */
  readonly modelPath: string | null;
}

/** Where a backtest runs, seen from the process that keeps its record. */
export type BacktestMode = 'local' | 'remote';

/** `metadata` of its record; `mode` tells where it runs (recordings backtest-good-520bars, remote-backtest-520bars). */
export function metadataOf(order: BacktestOrder, mode: BacktestMode) {
  return {
    symbol: order.symbol,
    timeframe: order.timeframe,
    mode,
    start_date: order.startDate,
    end_date: order.endDate,
    parameters: {
      strategy_config_path: configPath(order),
      model_path: null,
      initial_capital: order.capital,
      commission: order.commission,
      slippage: order.slippage,
      operation_name: 'backtest',
      service_name: 'Backtesting',
    },
  };
}

/** Where the engine looks for the strategy; the name is not checked (recording backtest-unsafe-strategy). */
export function configPath({ strategy }: BacktestOrder): string {
  return `strategies/${strategy}.yaml`;
}
