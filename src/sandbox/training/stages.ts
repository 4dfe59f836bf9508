import type { Json } from '../http.ts';
import type { Plan, Stage, TrainingOrder } from './plan.ts';

/** Percentage, emoji, text and context of each stage (recordings train-*, logs-train-smoke-1d-2024). */
const facts: Record<Stage, { percentage: number; emoji: string; text: string }> = {
  preparing: { percentage: 0, emoji: '', text: 'Preparing training environment' },
  loading_strategy: { percentage: 0, emoji: '', text: 'Loading strategy configuration' },
  starting_pipeline: { percentage: 0, emoji: '', text: 'Starting training pipeline' },
  loading_data: { percentage: 0, emoji: '📊', text: 'Loading Data' },
  computing_indicators: { percentage: 1, emoji: '📈', text: 'Computing Indicators' },
  generating_fuzzy: { percentage: 2, emoji: '🔀', text: 'Computing Fuzzy Memberships' },
  creating_features: { percentage: 3, emoji: '🔧', text: 'Creating Features' },
  generating_labels: { percentage: 4, emoji: '🏷️', text: 'Generating Labels' },
  combining_data: { percentage: 5, emoji: '⚙️', text: 'Combining data from' },
  splitting_data: { percentage: 5, emoji: '⚙️', text: 'Splitting' },
  creating_model: { percentage: 5, emoji: '⚙️', text: 'Creating model' },
};

/** The emoji that a pushed text of a stage starts with, with its blank; empty where there is none. */
export function emojiOf(stage: Stage): string {
  const { emoji } = facts[stage];
  return emoji === '' ? '' : `${emoji} `;
}

/** The percentage a stage is announced with. */
export function percentageOf(stage: Stage): number {
  return facts[stage].percentage;
}

/** What a stage is called in a poll, without the emoji. */
export function stageText(stage: Stage, order: TrainingOrder, plan: Plan): string {
  const { text } = facts[stage];
  const head = `Processing ${order.symbols[0] ?? ''} (1/${order.symbols.length}) - ${text}`;
  switch (stage) {
    case 'computing_indicators':
      return `${head} (${order.strategy.indicators})`;
    case 'generating_fuzzy':
      return `${head} (${order.strategy.fuzzySets})`;
    case 'loading_data':
    case 'creating_features':
    case 'generating_labels':
      return head;
    case 'combining_data':
      return `${text} ${order.symbols.length} symbol(s)`;
    case 'splitting_data':
      return `${text} ${plan.samples} samples (train/val/test)`;
    case 'creating_model':
      return `${text} (input_dim=${order.strategy.features})`;
    default:
      return text;
  }
}

const preprocessing: readonly Stage[] = [
  'loading_data',
  'computing_indicators',
  'generating_fuzzy',
  'creating_features',
  'generating_labels',
];

const preparation: ReadonlySet<Stage> = new Set([
  'combining_data',
  'splitting_data',
  'creating_model',
]);

/** Whether a stage works on one symbol: `items_processed` then counts symbols. */
export function isPreprocessing(stage: Stage): boolean {
  return preprocessing.includes(stage);
}

/** The context of a pushed state: it grows from stage to stage and keeps what earlier ones put in. */
export function stageContext(stage: Stage, order: TrainingOrder): { readonly [key: string]: Json } {
  const base = { operation: 'training', service: 'TrainingService' };
  const isPreparation = preparation.has(stage);
  if (!isPreparation && !isPreprocessing(stage)) {
    return { ...base, phase: 'phase', phase_name: phaseNames[stage] ?? 'training' };
  }
  const step = isPreparation ? preprocessing.length - 1 : preprocessing.indexOf(stage);
  return {
    ...base,
    phase: isPreparation ? 'preparation' : 'preprocessing',
    phase_name: 'training',
    symbol: order.symbols[0] ?? '',
    symbol_index: 1,
    total_symbols: order.symbols.length,
    preprocessing_step: preprocessing[step] ?? stage,
    ...(step >= 1 ? { total_indicators: order.strategy.indicators } : {}),
    ...(step >= 2 ? { total_fuzzy_sets: order.strategy.fuzzySets } : {}),
    ...(isPreparation ? { preparation_phase: stage } : {}),
  };
}

const phaseNames: Partial<Record<Stage, string>> = {
  preparing: 'preparation',
  loading_strategy: 'loading_strategy',
};
