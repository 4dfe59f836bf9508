import type { BackendState, Operation } from '../backend/state.ts';
import type { Pace } from '../backend/work.ts';
import { epochEntry, qualityAfter } from './metrics.ts';
import type { Plan, TrainingOrder } from './plan.ts';
import { membersOf } from '../json.ts';
import type { Members } from '../json.ts';

/** Where the model of a training is saved: each one is a version more (train-smoke-1d-2024-run2). */
export function savedModel(
  { modelVersions }: BackendState,
  { strategy, timeframes }: TrainingOrder,
): { readonly path: string; readonly versions: BackendState['modelVersions'] } {
  const folder = `models/${strategy.name}/${timeframes[0] ?? ''}`;
  const version = (modelVersions[folder] ?? 0) + 1;
  return { path: `${folder}_v${version}`, versions: { ...modelVersions, [folder]: version } };
}

/** `result_summary` of a completed training in LOCAL mode, in the recorded order (train-smoke-results). */
export function resultSummary(
  id: string,
  order: TrainingOrder,
  plan: Plan,
  pace: Pace,
  modelPath: string,
): Members {
  return {
    ...pipelineResult(order, plan, pace, modelPath),
    session_info: {
      operation_id: id,
      strategy_name: order.strategy.name,
      symbols: order.symbols,
      timeframes: order.timeframes,
      training_mode: 'local',
      use_host_service: false,
      start_date: order.startText,
      end_date: order.endText,
    },
    resource_usage: { training_mode: 'local' },
  };
}

/** What the training pipeline gives, wherever it runs (recordings train-smoke-results, host-training-result). */
export function pipelineResult(
  order: TrainingOrder,
  plan: Plan,
  pace: Pace,
  modelPath: string,
): Members {
  return {
    model_path: modelPath,
    training_metrics: trainingMetrics(plan, pace),
    test_metrics: testMetrics(),
    artifacts: { feature_importance: null, per_symbol_metrics: null },
    model_info: {
      parameters_count: order.strategy.parameters,
      trainable_parameters: order.strategy.parameters,
      architecture: order.strategy.architecture,
    },
    data_summary: {
      symbols: order.symbols,
      timeframes: order.timeframes,
      start_date: order.startText,
      end_date: order.endText,
      total_samples: plan.samples,
      feature_count: order.strategy.features,
    },
  };
}

function trainingMetrics(plan: Plan, pace: Pace): Members {
  const epochs = Array.from({ length: plan.epochs }, (_, epoch) => epochEntry(plan, epoch, pace));
  const column = (name: string): readonly number[] => epochs.map((each) => Number(each[name]));
  const history = {
    train_loss: column('train_loss'),
    train_accuracy: column('train_accuracy'),
    val_loss: column('val_loss'),
    val_accuracy: column('val_accuracy'),
  };
  return {
    epochs_trained: plan.epochs,
    final_train_loss: history.train_loss.at(-1) ?? null,
    final_train_accuracy: history.train_accuracy.at(-1) ?? null,
    best_train_accuracy: Math.max(...history.train_accuracy),
    training_time: (plan.epochs * plan.epochMs) / 1000 / pace.speed,
    history,
    final_val_loss: history.val_loss.at(-1) ?? null,
    final_val_accuracy: history.val_accuracy.at(-1) ?? null,
    best_val_accuracy: Math.max(...history.val_accuracy),
  };
}

function testMetrics(): Members {
  const { val_accuracy: accuracy, val_loss: loss } = qualityAfter(0.95);
  return {
    test_accuracy: accuracy,
    test_loss: loss,
    precision: accuracy + 0.02,
    recall: accuracy,
    f1_score: accuracy + 0.01,
  };
}

/** `GET /trainings/{id}/performance` of a completed training (recording train-smoke-performance). */
export function performance(operation: Operation): Members {
  const training = membersOf(operation.result?.['training_metrics']);
  const test = membersOf(operation.result?.['test_metrics']);
  const model = membersOf(operation.result?.['model_info']);
  const known = { success: true, task_id: operation.id, status: operation.status };
  if (operation.result === null) {
    // A training of HOST mode has no result here (ktrdr-real 17: "three nulls").
    return { ...known, training_metrics: null, test_metrics: null, model_info: null };
  }
  return {
    ...known,
    training_metrics: {
      final_train_loss: training['final_train_loss'] ?? null,
      final_val_loss: training['final_val_loss'] ?? null,
      final_train_accuracy: training['final_train_accuracy'] ?? null,
      final_val_accuracy: training['final_val_accuracy'] ?? null,
      epochs_completed: null,
      early_stopped: null,
      training_time_minutes: null,
    },
    test_metrics: {
      test_loss: test['test_loss'] ?? null,
      test_accuracy: test['test_accuracy'] ?? null,
      precision: test['precision'] ?? null,
      recall: test['recall'] ?? null,
      f1_score: test['f1_score'] ?? null,
    },
    model_info: {
      model_size_bytes: null,
      parameters_count: model['parameters_count'] ?? null,
      architecture: model['architecture'] ?? null,
    },
  };
}
