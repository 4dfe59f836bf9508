import { detail, ok } from '../http.ts';
import type { SandboxResponse } from '../http.ts';
import type { Operation } from '../backend/state.ts';
import { stampNaive } from '../python-text.ts';
import { operationOf } from './sessions.ts';
import type { Session, TrainingHostState } from './state.ts';
import { sessionOf } from './work.ts';
import type { Members } from '../json.ts';

/** `GET /training/sessions` (recording host-training-sessions). */
export function sessionsBody(state: TrainingHostState, now: number): Members {
  const sessions = state.sessions.flatMap((session) => {
    const operation = operationOf(state, session);
    return operation === undefined ? [] : [sessionInfo(session, operation, now)];
  });
  return { total_sessions: sessions.length, sessions, timestamp: stampNaive(now) };
}

/** Only a completed session was recorded: what another one shows is derived from its operation. */
function sessionInfo(session: Session, operation: Operation, now: number): Members {
  const { plan } = sessionOf(operation);
  const { progress, status } = operation;
  const isDone = status === 'completed';
  const finished = isDone ? plan.epochs - 1 : Math.max(0, operation.measured - 1);
  return {
    session_id: session.id,
    status,
    start_time: stampNaive(session.startedAt),
    last_updated: stampNaive(operation.completedAt ?? now),
    progress: {
      epoch: finished,
      total_epochs: plan.epochs,
      batch: isDone ? 0 : progress.items_processed % plan.batchesPerEpoch,
      total_batches: plan.batchesPerEpoch,
      progress_percent: progress.percentage,
      items_processed: progress.items_processed,
      items_total: plan.epochs * plan.batchesPerEpoch,
      message: isDone ? 'Training completed successfully' : progress.current_step,
      current_item: `Epoch ${finished}/${plan.epochs}`,
    },
    gpu_allocated: false,
    error: operation.errorMessage,
  };
}

/** `GET /training/result/{session id}` (recording host-training-result; refusals from guide ktrdr-api section 3.3). */
export function sessionResult(state: TrainingHostState, id: string): SandboxResponse {
  const session = state.sessions.find((each) => each.id === id);
  const operation = session === undefined ? undefined : operationOf(state, session);
  if (session === undefined || operation === undefined) {
    return detail(404, `Session ${id} not found`);
  }
  if (operation.result === null) {
    return detail(400, `Training not completed yet (status: ${operation.status})`);
  }
  return ok({
    ...operation.result,
    status: operation.status,
    start_time: stampNaive(session.startedAt),
    last_updated: stampNaive(operation.completedAt ?? session.startedAt),
  });
}
