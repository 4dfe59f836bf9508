import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { LoadFault, Plan, Stage, TrainingOrder } from './plan.ts';

const pipeline = 'ktrdr.training.training_pipeline';
const repository = 'ktrdr.data.repository.data_repository';
const loader = 'ktrdr.data.local_data_loader';

/** What the pipeline says when a stage starts, before its progress line (logs-train-smoke-1d-2024). */
export function beforeStage(
  at: number,
  stage: Stage,
  order: TrainingOrder,
  plan: Plan,
): readonly LogEntry[] {
  const [symbol = '', timeframe = ''] = [order.symbols[0], order.timeframes[0]];
  const say = (text: string): LogEntry => entry(at, 'INFO', pipeline, text);
  switch (stage) {
    case 'loading_data':
      return loadingData(at, order, plan, symbol, timeframe);
    case 'computing_indicators': {
      const loaded = `Successfully loaded ${plan.samples} rows from cache for ${symbol} ${timeframe}`;
      return [completedLoad(at, plan.samples), entry(at, 'INFO', repository, loaded)];
    }
    case 'generating_labels':
      return [say(`✅ Created ${order.strategy.features} features from ${plan.samples} samples`)];
    case 'combining_data':
      return [say(`🔗 Combining data from ${order.symbols.length} symbol(s)`)];
    case 'splitting_data': {
      const { train, validation, test } = plan.split;
      return [say(`📊 Data splits - Train: ${train}, Val: ${validation}, Test: ${test}`)];
    }
    case 'creating_model':
      return [
        say('🏋️ Training model...'),
        say(
          `🔧 TrainingPipeline.train_model() - Training model (epochs=${plan.epochs}, batch_size=32)`,
        ),
      ];
    default:
      return [];
  }
}

function loadingData(
  at: number,
  order: TrainingOrder,
  plan: Plan,
  symbol: string,
  timeframe: string,
): readonly LogEntry[] {
  const validator = 'ktrdr.data.repository.data_quality_validator';
  const range = `start=${order.startText ?? 'None'}, end=${order.endText ?? 'None'}`;
  const hasPath = plan.loadFault !== 'dates' && plan.loadFault !== 'pattern';
  const path = `Loading data for ${symbol} (${timeframe}) from data/${symbol}_${timeframe}.csv`;
  return [
    entry(
      at,
      'INFO',
      pipeline,
      `🚀 TrainingPipeline.train_strategy() - Starting training for ${order.symbols.length} symbol(s): ['${symbol}']`,
    ),
    entry(at, 'INFO', pipeline, `   Timeframes: ['${timeframe}']`),
    entry(at, 'INFO', repository, 'Initializing DataRepository with data_dir=./data'),
    entry(at, 'INFO', validator, 'DataQualityValidator initialized (auto_correct=True)'),
    entry(at, 'INFO', repository, 'DataRepository initialized successfully'),
    entry(at, 'INFO', pipeline, `📊 Processing symbol: ${symbol}`),
    entry(at, 'INFO', repository, `Loading data from cache: ${symbol} ${timeframe} (${range})`),
    entry(at, 'INFO', loader, 'Started load of price data'),
    ...(hasPath ? [entry(at, 'INFO', loader, path)] : []),
  ];
}

function completedLoad(at: number, samples: number): LogEntry {
  const seconds = (samples * 0.000_007_32 + 0.012).toFixed(3);
  return entry(
    at,
    'INFO',
    loader,
    `Completed load of price data in ${seconds}s (${samples} items)`,
  );
}

/** What the loader says when it finds no data (logs-train-async-failures). */
export function loadFaultLog(
  at: number,
  order: TrainingOrder,
  fault: LoadFault,
): readonly LogEntry[] {
  if (fault === 'empty') return [completedLoad(at, 0)];
  const { first, text, kind } = faultTexts(order)[fault];
  const say = (level: string, line: string): LogEntry => entry(at, level, loader, line);
  return [
    say('ERROR', first),
    say('ERROR', `Error in LocalDataLoader.load after 0.007s: ${text}`),
    say('ERROR', `Failed load of price data after 0.008s: ${text}`),
    say(
      'WARNING',
      `Function load failed with ${kind}: ${text}. Applying fallback strategy: LAST_KNOWN_GOOD`,
    ),
    say('WARNING', 'No last known good result available for load, returning default value'),
  ];
}

function faultTexts(
  order: TrainingOrder,
): Record<Exclude<LoadFault, 'empty'>, { first: string; text: string; kind: string }> {
  const file = `data/${order.symbols[0] ?? ''}_${order.timeframes[0] ?? ''}.csv`;
  const pattern = 'String does not match required pattern';
  const dates = 'End date must be after start date';
  return {
    file: {
      first: `Data file not found: ${file}`,
      text: `Data file not found: ${file}`,
      kind: 'DataNotFoundError',
    },
    pattern: {
      first: `File path validation failed: ${pattern}`,
      text: pattern,
      kind: 'ValidationError',
    },
    dates: {
      first: `Date validation error: ${dates}`,
      text: `Invalid date parameter: ${dates}`,
      kind: 'DataValidationError',
    },
  };
}
