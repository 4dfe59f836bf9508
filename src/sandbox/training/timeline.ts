import type { Announcement, Pace, Progress } from '../backend/work.ts';
import { batchMetrics, epochMetrics } from './metrics.ts';
import type { Plan, TrainingOrder } from './plan.ts';
import { emojiOf, isPreprocessing, percentageOf, stageContext, stageText } from './stages.ts';

/** The last announcement at an offset from the start. */
export function announcementAt(
  order: TrainingOrder,
  plan: Plan,
  offset: number,
  pace: Pace,
): Announcement {
  if (offset < plan.firstEpochAt + plan.batchMs) return stageAt(order, plan, offset);
  const spot = spotAt(plan, offset);
  return spot.epochEnd ? epochEnd(order, plan, spot, pace) : batch(order, plan, spot, pace);
}

/** A finished or running batch: `epoch` from 0, `batch` from 1. */
export interface Spot {
  readonly at: number;
  readonly epoch: number;
  readonly batch: number;
  readonly epochEnd: boolean;
}

/**
 * The last announced batch at an offset inside the epochs: batch 1, every tenth, the last two, and
 * the end of the epoch (guide ktrdr-api section 8).
 */
function spotAt(plan: Plan, offset: number): Spot {
  const into = offset - plan.firstEpochAt;
  const epoch = Math.min(plan.epochs, Math.floor(into / plan.epochMs + 1e-9));
  const epochAt = plan.firstEpochAt + epoch * plan.epochMs;
  const batchesDone = Math.floor((offset - epochAt) / plan.batchMs + 1e-6);
  if (epoch === plan.epochs || batchesDone < 1) {
    return { at: epochAt, epoch: epoch - 1, batch: plan.batchesPerEpoch, epochEnd: true };
  }
  const announced = lastAnnounced(Math.min(batchesDone, plan.batchesPerEpoch), plan);
  return { at: epochAt + announced * plan.batchMs, epoch, batch: announced, epochEnd: false };
}

function lastAnnounced(batchesDone: number, plan: Plan): number {
  if (batchesDone >= plan.batchesPerEpoch - 1) return batchesDone;
  return Math.max(1, Math.floor(batchesDone / 10) * 10);
}

function stageAt(order: TrainingOrder, plan: Plan, offset: number): Announcement {
  const reached = plan.stages.filter((each) => each.at <= offset);
  const { stage, at } = reached.at(-1) ?? { stage: 'preparing' as const, at: 0 };
  const text = stageText(stage, order, plan);
  const pulled: Progress = {
    percentage: percentageOf(stage),
    current_step: text,
    steps_completed: 0,
    steps_total: 0,
    items_processed: isPreprocessing(stage) ? 1 : 0,
    items_total: null,
    current_item: null,
    context: {},
  };
  const pushed = {
    ...pulled,
    current_step: `${emojiOf(stage)}${text}`,
    steps_total: plan.epochs,
    context: stageContext(stage, order),
  };
  return { at, pulled, pushed, measured: 0 };
}

function batch(order: TrainingOrder, plan: Plan, spot: Spot, pace: Pace): Announcement {
  const text = `Epoch ${spot.epoch + 1}/${plan.epochs} · Batch ${spot.batch}/${plan.batchesPerEpoch}`;
  const items = spot.epoch * plan.batchesPerEpoch + spot.batch;
  const pulled = epochProgress(plan, items, text);
  const pushed = pushedOf(order, plan, spot, pace, pulled, 'batch');
  return { at: spot.at, pulled, pushed, measured: spot.epoch };
}

function epochEnd(order: TrainingOrder, plan: Plan, spot: Spot, pace: Pace): Announcement {
  const done = spot.epoch + 1;
  const pulled = epochProgress(plan, done * plan.batchesPerEpoch, `Epoch ${done}/${plan.epochs}`);
  const pushed = pushedOf(order, plan, spot, pace, pulled, 'epoch');
  return { at: spot.at, pulled, pushed, measured: done };
}

function epochProgress(plan: Plan, items: number, text: string): Progress {
  const share = items / (plan.epochs * plan.batchesPerEpoch);
  return {
    percentage: share * 100,
    current_step: text,
    // Epochs that are all done: the last batch of epoch 9 shows 9 (recording train-progress-5m-run2).
    steps_completed: Math.min(plan.epochs, Math.floor(share * plan.epochs)),
    steps_total: plan.epochs,
    items_processed: items,
    items_total: null,
    current_item: null,
    context: {},
  };
}

function pushedOf(
  order: TrainingOrder,
  plan: Plan,
  spot: Spot,
  pace: Pace,
  pulled: Progress,
  phase: 'batch' | 'epoch',
): Progress {
  const { batchesPerEpoch } = plan;
  const place = `Epoch ${spot.epoch + 1} · Batch ${spot.batch}/${batchesPerEpoch}`;
  const epochsDone = spot.epochEnd ? spot.epoch + 1 : spot.epoch;
  return {
    ...pulled,
    current_step: `Epoch ${spot.epoch + 1}/${plan.epochs} · Batch ${spot.batch}/${batchesPerEpoch}`,
    items_total: plan.epochs * batchesPerEpoch,
    current_item: place,
    context: {
      ...stageContext('creating_model', order),
      phase,
      epoch_index: spot.epoch + 1,
      total_epochs: plan.epochs,
      // The last but one batch shows its number (recording train-smoke-1d-2024-run2).
      batch_index: spot.batch === batchesPerEpoch - 1 ? spot.batch : spot.batch - 1,
      batch_number: spot.batch,
      batch_total_per_epoch: batchesPerEpoch,
      current_item: place,
      batch_metrics: batchMetrics(plan, spot),
      ...(epochsDone > 0 ? { epoch_metrics: epochMetrics(plan, epochsDone - 1, pace) } : {}),
    },
  };
}
