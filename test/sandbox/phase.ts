import type { Operation } from '../../src/sandbox/backend/state.ts';
import { stageText } from '../../src/sandbox/training/stages.ts';
import type { RecordedOperation } from './recording.ts';
import { trainingOf } from './world.ts';

/** Whether a recorded poll shows the pushed state: its context is filled. */
export function isPushed(recorded: RecordedOperation): boolean {
  return Object.keys(recorded.progress.context).length > 0;
}

/**
 * The offset from the start at which the sandbox announces what a recorded poll shows, in
 * milliseconds; undefined when it never does.
 */
export function offsetOfPhase(
  operation: Operation,
  recorded: RecordedOperation,
): number | undefined {
  const { plan, order } = trainingOf(operation);
  const text = recorded.progress.current_step;
  if (text === null) return undefined;
  const epoch = /^Epoch (\d+)\/\d+(?: · Batch (\d+)\/\d+)?$/.exec(text);
  if (epoch !== null) {
    const isEnd = epoch[2] === undefined || recorded.progress.context.phase === 'epoch';
    const [number, batch] = [Number(epoch[1]), Number(epoch[2] ?? 0)];
    const start = plan.firstEpochAt + (number - 1) * plan.epochMs;
    return isEnd ? start + plan.epochMs : start + batch * plan.batchMs;
  }
  return plan.stages.find(({ stage }) => text.endsWith(stageText(stage, order, plan)))?.at;
}
