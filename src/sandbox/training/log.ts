import type { BackendState, Operation } from '../backend/state.ts';
import {
  creationLog,
  executedLine,
  operationsService,
  orchestrator,
  progressLine,
} from '../backend/managed-log.ts';
import { timeOf } from '../backend/state.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { epochEndsAt, qualityAfter } from './metrics.ts';
import type { Plan, TrainingOrder } from './plan.ts';
import { beforeStage } from './stage-log.ts';
import { emojiOf, percentageOf, stageText } from './stages.ts';

const trainingService = 'ktrdr.api.services.training_service';
const localOrchestrator = 'ktrdr.api.services.training.local_orchestrator';
const pipeline = 'ktrdr.training.training_pipeline';
const rule = '='.repeat(80);

/** The lines of a start, between `Request started` and `Request completed`. */
export function startLog(at: number, id: string, order: TrainingOrder): LogEntry[] {
  const service = (text: string): LogEntry => entry(at, 'INFO', trainingService, text);
  return [
    ...creationLog(at, id, 'training', 'training'),
    service(rule),
    service('💻 EXECUTING TRAINING: LOCAL MODE (Docker Container)'),
    service(`   Operation ID: ${id}`),
    service(`   Symbols: ${order.symbols.join(', ')}`),
    service(`   Strategy: ${order.strategy.name}`),
    service('   GPU Training: Not available'),
    service('   CPU Training: Active'),
    service(rule),
    entry(at, 'INFO', operationsService, `Registered local bridge for operation ${id}`),
    service(`Registered local training bridge for operation ${id}`),
    entry(
      at,
      'INFO',
      localOrchestrator,
      `Loading strategy config from strategies/${order.strategy.name}.yaml`,
    ),
  ];
}

/** The lines of a training in LOCAL mode after `operation.loggedUntil` up to an offset. */
export function progressLog(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
  until: number,
): LogEntry[] {
  const { isNew, at } = window(state, operation, until);
  const entries: LogEntry[] = [];
  for (const { stage, at: offset } of plan.stages) {
    if (!isNew(offset)) continue;
    const text = `${emojiOf(stage)}${stageText(stage, order, plan)}`;
    entries.push(...beforeStage(at(offset), stage, order, plan, './data'));
    entries.push(progressLine(at(offset), operation.id, percentageOf(stage), text));
  }
  if (until >= plan.firstEpochAt) {
    entries.push(...epochsLog(operation, plan, isNew, at));
  }
  return entries;
}

/** The same on the training host: the pipeline's own lines, and none of the backend's progress (logs-host-train-*-host). */
export function pipelineLog(
  state: BackendState,
  operation: Operation,
  order: TrainingOrder,
  plan: Plan,
  until: number,
): LogEntry[] {
  const { isNew, at } = window(state, operation, until);
  const stages = plan.stages
    .filter((stage) => isNew(stage.at))
    .flatMap((stage) => beforeStage(at(stage.at), stage.stage, order, plan, 'data'));
  const epochs = epochsAfter(plan, operation.loggedUntil)
    .filter((epoch) => isLogged(plan, epoch) && isNew(epochEndsAt(plan, epoch)))
    .map((epoch) => ({ at: at(epochEndsAt(plan, epoch)), line: epochLine(plan, epoch) }));
  return [...stages, ...epochs];
}

/** What is new since the last look, and its times. */
function window(state: BackendState, operation: Operation, until: number) {
  return {
    isNew: (offset: number): boolean => offset > operation.loggedUntil && offset <= until,
    at: (offset: number): number => timeOf(state, operation, offset),
  };
}

function epochsLog(
  operation: Operation,
  plan: Plan,
  isNew: (offset: number) => boolean,
  at: (offset: number) => number,
): LogEntry[] {
  const entries: LogEntry[] = [];
  const total = plan.epochs * plan.batchesPerEpoch;
  for (const epoch of epochsAfter(plan, operation.loggedUntil)) {
    const end = epochEndsAt(plan, epoch);
    for (const batch of loggedBatches(plan)) {
      const offset = end - plan.epochMs + batch * plan.batchMs;
      if (!isNew(offset)) continue;
      const percentage = ((epoch * plan.batchesPerEpoch + batch) / total) * 100;
      const text = `Epoch ${epoch + 1}/${plan.epochs} · Batch ${batch}/${plan.batchesPerEpoch}`;
      entries.push(progressLine(at(offset), operation.id, percentage, text));
    }
    if (!isNew(end)) break;
    if (isLogged(plan, epoch)) {
      entries.push({ at: at(end), line: epochLine(plan, epoch) });
    }
  }
  return entries;
}

/** Every tenth epoch and the last one have a line. */
function isLogged(plan: Plan, epoch: number): boolean {
  return epoch % 10 === 0 || epoch === plan.epochs - 1;
}

/** Epochs (from 0) that end after an offset. */
function epochsAfter(plan: Plan, offset: number): readonly number[] {
  const done = Math.floor((offset - plan.firstEpochAt) / plan.epochMs);
  const first = Math.min(plan.epochs, Math.max(0, done - 1));
  return Array.from({ length: plan.epochs - first }, (_, index) => first + index).filter(
    (epoch) => epochEndsAt(plan, epoch) > offset,
  );
}

/** About a third of the announcements reach the real log (logs-train-progress-5m-full): every fortieth batch here. */
function loggedBatches({ batchesPerEpoch }: Plan): readonly number[] {
  const tenths = Math.max(0, Math.floor((batchesPerEpoch - 2) / 40));
  const batches = Array.from({ length: tenths }, (_, index) => (index + 1) * 40);
  return [...new Set([1, ...batches, batchesPerEpoch - 1, batchesPerEpoch])].filter(
    (batch) => batch >= 1,
  );
}

function epochLine(plan: Plan, epoch: number): string {
  const quality = qualityAfter((epoch + 1) / plan.epochs);
  const seconds = (plan.epochMs / 1000).toFixed(2);
  return (
    `Epoch ${epoch}: Train Loss: ${quality.train_loss.toFixed(4)}, Train Acc: ${quality.train_accuracy.toFixed(4)}, ` +
    `Val Loss: ${quality.val_loss.toFixed(4)}, Val Acc: ${quality.val_accuracy.toFixed(4)} (LR: 0.001000, Time: ${seconds}s)`
  );
}

/** The end of a training that went well. */
export function completionLog(at: number, id: string, plan: Plan, modelPath: string): LogEntry[] {
  const text = `Epoch ${plan.epochs}/${plan.epochs} · Batch ${plan.batchesPerEpoch}/${plan.batchesPerEpoch}`;
  return [
    ...savedLog(at, modelPath),
    progressLine(at, id, 100, text),
    executedLine(at, id),
    entry(at, 'INFO', operationsService, `Completed operation: ${id}`),
    entry(at, 'INFO', orchestrator, `Completed managed operation: ${id}`),
  ];
}

/** The pipeline's last lines. */
export function savedLog(at: number, modelPath: string): LogEntry[] {
  return [
    entry(at, 'INFO', pipeline, '📈 Evaluating model...'),
    entry(at, 'INFO', pipeline, '💾 Saving model...'),
    entry(at, 'INFO', pipeline, `✅ Training complete! Model saved to: ${modelPath}`),
  ];
}

/** The thread stopping after a cancel (logs-train-cancel-5m-10s, logs-train-cancel-5m-1s). */
export function cancelNoticedLog(at: number, strategy: string, inEpoch: boolean): LogEntry[] {
  const stopped = entry(at, 'INFO', localOrchestrator, `Local training cancelled for ${strategy}`);
  const warning = 'Warning: Batch progress callback failed: Training cancelled by user request';
  return inEpoch ? [{ at, line: warning }, stopped] : [stopped];
}
