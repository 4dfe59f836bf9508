import type { LoadFault } from '../data/load.ts';
import type { Strategy } from './strategies.ts';

/** What a training was started with, after validation. */
export interface TrainingOrder {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly strategy: Strategy;
  /** As sent, for `data_summary` and `session_info`. */
  readonly startText: string | null;
  readonly endText: string | null;
  /** Naive ISO times, for `metadata`. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly analytics: boolean;
}

/** The steps before epoch 1; each is announced when it starts. */
export type Stage =
  | 'preparing'
  | 'loading_strategy'
  | 'starting_pipeline'
  | 'loading_data'
  | 'computing_indicators'
  | 'generating_fuzzy'
  | 'creating_features'
  | 'generating_labels'
  | 'combining_data'
  | 'splitting_data'
  | 'creating_model';

/** When everything happens: offsets from the start in milliseconds of KTRDR's own time. */
export interface Plan {
  readonly samples: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly epochs: number;
  readonly batchesPerEpoch: number;
  readonly stages: readonly { readonly stage: Stage; readonly at: number }[];
  readonly firstEpochAt: number;
  readonly batchMs: number;
  readonly epochMs: number;
  readonly endsAt: number;
  /** The message of a training that fails while loading; it then ends at `endsAt`. */
  readonly failure: string | undefined;
  /** Why it found no data; only the log tells. */
  readonly loadFault: LoadFault | undefined;
}

const batchSize = 32;

/**
 * Fixed milliseconds and milliseconds per sample of each stage. They add up to the recorded
 * durations: 36.0 s for 147,489 samples (train-progress-5m-run2), 0.14 s for 258 (later smoke
 * runs), load 0.87–1.18 s and indicators 3.9–4.1 s for 147,489 (logs-train-cancel-5m-*).
 */
const stageCosts: readonly (readonly [Stage, number, number])[] = [
  ['preparing', 1, 0],
  ['loading_strategy', 5, 0],
  ['starting_pipeline', 3, 0],
  ['loading_data', 12, 0.007_32],
  ['computing_indicators', 9, 0.026_52],
  ['generating_fuzzy', 1, 0.0012],
  ['creating_features', 2, 0.0006],
  ['generating_labels', 3, 0.0003],
  ['combining_data', 1, 0],
  ['splitting_data', 1, 0],
  ['creating_model', 2, 0],
];

const batchMs = 0.9;
const epochCost = { fixed: 1, perSample: 0.000_45 };
const evaluationCost = { fixed: 20, perSample: 0.0007 };

/** The first training of a process loads its libraries: 1.92 s for 258 samples (train-smoke-1d-2024). */
const cold = { beforeFirstEpoch: 1350, perEpoch: 43 };

/** A load of missing data ends 21 ms after the start, of a reversed range 10 ms (train-unknown-*, train-reversed-dates). */
const failingLoadMs = 12;

/** The timeline of a training on `samples` bars; `isCold` for the first one of a process. */
export function planTraining(strategy: Strategy, samples: number, isCold: boolean): Plan {
  const split = splitSamples(samples);
  const batchesPerEpoch = Math.max(1, Math.ceil(split.train / batchSize));
  const stages: { stage: Stage; at: number }[] = [];
  let at = 0;
  for (const [stage, fixed, perSample] of stageCosts) {
    stages.push({ stage, at });
    at += fixed + samples * perSample;
  }
  const firstEpochAt = at + (isCold ? cold.beforeFirstEpoch : 0);
  const epochMs =
    batchesPerEpoch * batchMs +
    epochCost.fixed +
    samples * epochCost.perSample +
    (isCold ? cold.perEpoch : 0);
  const endsAt =
    firstEpochAt +
    strategy.epochs * epochMs +
    evaluationCost.fixed +
    samples * evaluationCost.perSample;
  const epochs = strategy.epochs;
  return {
    samples,
    split,
    epochs,
    batchesPerEpoch,
    stages,
    firstEpochAt,
    batchMs,
    epochMs,
    endsAt,
    failure: undefined,
    loadFault: undefined,
  };
}

/** The timeline of a training that finds no data. */
export function planFailure(
  strategy: Strategy,
  symbol: string,
  timeframe: string,
  loadFault: LoadFault,
): Plan {
  const plan = planTraining(strategy, 0, false);
  const stages = plan.stages.filter((each) => each.at <= loadingAt(plan));
  return {
    ...plan,
    stages,
    firstEpochAt: Infinity,
    endsAt: loadingAt(plan) + failingLoadMs,
    failure: `No data found in cache for ${symbol} ${timeframe}`,
    loadFault,
  };
}

function loadingAt(plan: Plan): number {
  return plan.stages.find((each) => each.stage === 'loading_data')?.at ?? 0;
}

/** 10 % test, then 20 % validation, each rounded up: 185/47/26 of 258 and 106,192/26,548/14,749 of 147,489. */
function splitSamples(samples: number): Plan['split'] {
  const test = Math.ceil(samples * 0.1);
  const validation = Math.ceil((samples - test) * 0.2);
  return { train: samples - test - validation, validation, test };
}

/**
 * When the worker thread notices a cancel that came at `offset`: at the end of the stage it is in
 * (1.1 s after a cancel right after the start, 3.9 s during indicators), and inside an epoch 18 ms
 * later (recording train-two-at-once; 7 to 41 ms were recorded).
 */
export function noticesCancelAt(plan: Plan, offset: number): number {
  if (offset >= plan.firstEpochAt) return offset + 18;
  const next = plan.stages.find((each) => each.at > offset);
  return next?.at ?? plan.firstEpochAt;
}
