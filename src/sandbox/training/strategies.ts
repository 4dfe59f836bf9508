/** What a recorded strategy does in a training. */
export interface Strategy {
  readonly name: string;
  readonly epochs: number;
  readonly indicators: number;
  readonly fuzzySets: number;
  readonly features: number;
  /** Weights of the network, `model_info.parameters_count`. */
  readonly parameters: number;
  /** `model_info.architecture`. */
  readonly architecture: string;
  /** What it trains on where a start names nothing. */
  readonly own?: { readonly symbol: string; readonly timeframe: string };
}

/** Strategies whose trainings were recorded (train-smoke-1d-2024, train-neuro-1d-2024). */
export const trainable: readonly Strategy[] = [
  {
    name: 'test_e2e_local_pull',
    epochs: 10,
    indicators: 1,
    fuzzySets: 3,
    features: 9,
    parameters: 688,
    architecture: 'symbol_agnostic_mlp',
  },
  {
    name: 'neuro_mean_reversion',
    epochs: 100,
    indicators: 2,
    fuzzySets: 3,
    features: 9,
    parameters: 1853,
    architecture: 'symbol_agnostic_mlp',
  },
];

/** All strategy files of the recorded backend in the order it lists them (train-unknown-strategy). */
export const strategyFiles: readonly string[] = [
  'volume_surge_momentum',
  'test_e2e_local_pull',
  'neuro_mean_reversion',
  'bollinger_squeeze',
  'universal_generalization_model',
  'crypto_scalping',
  'rsi_mean_reversion',
  'mtf_forex_neural',
  'trend_momentum',
  'universal_zero_shot_model',
];
