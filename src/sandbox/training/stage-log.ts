import { completedLoad } from '../data/load-log.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Plan, Stage, TrainingOrder } from './plan.ts';

const pipeline = 'ktrdr.training.training_pipeline';
const repository = 'ktrdr.data.repository.data_repository';
const loader = 'ktrdr.data.local_data_loader';

/** What the pipeline says when a stage starts, before its progress line (logs-train-smoke-1d-2024). */
export function beforeStage(
  at: number,
  stage: Stage,
  order: TrainingOrder,
  plan: Plan,
  dataFolder: string,
): readonly LogEntry[] {
  const [symbol = '', timeframe = ''] = [order.symbols[0], order.timeframes[0]];
  const say = (text: string): LogEntry => entry(at, 'INFO', pipeline, text);
  switch (stage) {
    case 'loading_data':
      return loadingData(at, order, plan, dataFolder);
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
  dataFolder: string,
): readonly LogEntry[] {
  const [symbol = '', timeframe = ''] = [order.symbols[0], order.timeframes[0]];
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
    entry(at, 'INFO', repository, `Initializing DataRepository with data_dir=${dataFolder}`),
    entry(at, 'INFO', validator, 'DataQualityValidator initialized (auto_correct=True)'),
    entry(at, 'INFO', repository, 'DataRepository initialized successfully'),
    entry(at, 'INFO', pipeline, `📊 Processing symbol: ${symbol}`),
    entry(at, 'INFO', repository, `Loading data from cache: ${symbol} ${timeframe} (${range})`),
    entry(at, 'INFO', loader, 'Started load of price data'),
    ...(hasPath ? [entry(at, 'INFO', loader, path)] : []),
  ];
}
