import type { Json } from '../http.ts';
import { stampSecond } from '../python-text.ts';
import type { Pace } from '../backend/work.ts';
import type { Plan } from './plan.ts';
import type { Spot } from './timeline.ts';

/** Loss and accuracy after a share (0..1) of a training. */
interface Quality {
  readonly train_loss: number;
  readonly train_accuracy: number;
  readonly val_loss: number;
  readonly val_accuracy: number;
}

/** One finished epoch as `metrics.epochs` holds it (recording train-smoke-metrics). */
export function epochEntry(
  plan: Plan,
  epoch: number,
  pace: Pace,
): { readonly [key: string]: Json } {
  const quality = qualityAfter((epoch + 1) / plan.epochs);
  return {
    epoch,
    train_loss: quality.train_loss,
    train_accuracy: quality.train_accuracy,
    val_loss: quality.val_loss,
    val_accuracy: quality.val_accuracy,
    learning_rate: 0.001,
    duration: plan.epochMs / 1000 / pace.speed,
    timestamp: stampSecond(pace.startedAt + epochEndsAt(plan, epoch) / pace.speed),
  };
}

/** Offset from the start at which an epoch (from 0) ends, in milliseconds of KTRDR's own time. */
export function epochEndsAt(plan: Plan, epoch: number): number {
  return plan.firstEpochAt + (epoch + 1) * plan.epochMs;
}

/** `context.epoch_metrics` of a pushed state (recording train-progress-5m). */
export function epochMetrics(
  plan: Plan,
  epoch: number,
  pace: Pace,
): { readonly [key: string]: Json } {
  const { epoch: number, ...quality } = epochEntry(plan, epoch, pace);
  const completed = (epoch + 1) * plan.batchesPerEpoch;
  return {
    epoch: number ?? epoch,
    total_epochs: plan.epochs,
    total_batches_per_epoch: plan.batchesPerEpoch,
    completed_batches: completed,
    total_batches: plan.epochs * plan.batchesPerEpoch,
    progress_percent: (completed / (plan.epochs * plan.batchesPerEpoch)) * 100,
    total_bars_processed: (epoch + 1) * plan.split.train,
    total_bars: plan.split.train,
    total_bars_all_epochs: plan.epochs * plan.split.train,
    ...quality,
    progress_type: 'epoch',
  };
}

/** `context.batch_metrics` of a pushed state: counted from 0, before the batch (train-progress-5m). */
export function batchMetrics(plan: Plan, spot: Spot): { readonly [key: string]: Json } {
  const completed = spot.epoch * plan.batchesPerEpoch + spot.batch - 1;
  const total = plan.epochs * plan.batchesPerEpoch;
  const barsThisEpoch = (spot.batch - 1) * 32;
  const quality = qualityAfter((completed + 1) / total);
  return {
    epoch: spot.epoch,
    total_epochs: plan.epochs,
    batch: spot.batch - 1,
    total_batches_per_epoch: plan.batchesPerEpoch,
    completed_batches: completed,
    total_batches: total,
    progress_percent: (completed / total) * 100,
    bars_processed_this_epoch: barsThisEpoch,
    total_bars_processed: spot.epoch * plan.split.train + barsThisEpoch,
    total_bars: plan.split.train,
    total_bars_all_epochs: plan.epochs * plan.split.train,
    train_loss: quality.train_loss,
    train_accuracy: quality.train_accuracy,
    progress_type: 'batch',
  };
}

/**
 * A plausible model that learns something and never everything: the recorded values mean nothing
 * (ktrdr-real section 0), but a collapsed or perfect model must not come out by itself.
 */
export function qualityAfter(share: number): Quality {
  const learned = 1 - Math.exp(-3 * share);
  return {
    train_loss: 1.1 - 0.46 * learned,
    train_accuracy: 0.34 + 0.31 * learned,
    val_loss: 1.12 - 0.36 * learned,
    val_accuracy: 0.33 + 0.24 * learned,
  };
}
