import { trainable } from '../training/strategies.ts';
import type { BacktestOrder } from './order.ts';

/** Models that lay on the recorder's disk when it took the backtests: recordings train-* had made them. */
const onDisk: ReadonlySet<string> = new Set([
  'models/neuro_mean_reversion/1d',
  'models/test_e2e_local_pull/1d',
  'models/test_e2e_local_pull/5m',
]);

/** Whether a model of the strategy and timeframe is found; a `model_path` is never looked at (ktrdr-api 5.1). */
export function hasModel(order: BacktestOrder, trained: readonly string[]): boolean {
  const folder = `models/${order.strategy}/${order.timeframe}`;
  return onDisk.has(folder) || trained.includes(folder);
}

/** Why no bar is ever decided: without a model there is none, and with one it cannot be loaded (ktrdr-real 26). */
export function decisionError(order: BacktestOrder, isThere: boolean): DecisionError {
  if (!isThere) {
    const text = `No models found for ${order.strategy}/${order.timeframe} (tried universal and symbol-specific patterns)`;
    return { kind: 'FileNotFoundError', text };
  }
  const epochs = trainable.find((each) => each.name === order.strategy)?.epochs ?? 10;
  const metadata =
    `{'strategy_name': '${order.strategy}', 'symbol': '${order.symbol}', 'timeframe': '${order.timeframe}', ` +
    `'created_at': '2026-11-22T13:03:23.583603', 'is_trained': True, 'model_type': 'Sequential', ` +
    `'model_version': 'pure_fuzzy_v1', 'architecture_type': 'pure_fuzzy', 'input_size': None, ` +
    `'pytorch_version': '2.13.0+cpu', 'training_summary': {'epochs': ${epochs}, ` +
    `'final_accuracy': 0.6810810810810811, 'best_val_accuracy': 0.936170220375061}, ` +
    `'feature_engineering': {'removed': True, 'scaler_required': False, 'fuzzy_only': True}}`;
  return { kind: 'ValueError', text: `Model metadata missing input_size: ${metadata}` };
}

/** An exception while a bar is judged, as the log shows it. */
export interface DecisionError {
  readonly kind: string;
  readonly text: string;
}
