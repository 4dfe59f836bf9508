import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { operationsService } from '../backend/managed-log.ts';
import { savedLog } from '../training/log.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { operationIdOf } from './state.ts';

const service = 'services.training_service';
const orchestrator = 'orchestrator';
const routes = 'endpoints.operations';

function say(at: number, logger: string, text: string, level = 'INFO'): LogEntry {
  return entry(at, level, logger, text);
}

/** Sessions as the log lists them: `[('5be56578-…', 'completed')]`. */
export type Listed = readonly (readonly [string, string])[];

function listText(sessions: Listed): string {
  return `[${sessions.map(([id, status]) => `('${id}', '${status}')`).join(', ')}]`;
}

/** What is said when a session is asked for (logs-host-direct-start). */
export function askedLog(at: number, sessions: Listed): LogEntry {
  const active = sessions.filter(([, status]) => status === 'running').length;
  const text = `🔍 CREATE_SESSION: Checking limits - active=${active}/1, all_sessions=${listText(sessions)}`;
  return say(at, service, text);
}

/** A session that is created and started, and the route's access line between (logs-host-train-smoke-1d-2024-host). */
export function startedLog(at: number, id: string, order: TrainingOrder): readonly LogEntry[] {
  const operationId = operationIdOf(id);
  const range = `date range: ${order.startText ?? 'None'} to ${order.endText ?? 'None'}`;
  return [
    say(at, 'ktrdr.training.memory_manager', 'CPU-only memory management enabled'),
    say(at, service, `All resources initialized for session ${id}`),
    say(at, operationsService, `Created operation: ${operationId} (type: OperationType.TRAINING)`),
    say(at, service, `✅ Operation created: ${operationId} for session ${id}`),
    say(at, operationsService, `Registered local bridge for operation ${operationId}`),
    say(at, service, `✅ Progress bridge registered for operation ${operationId}`),
    say(
      at,
      service,
      `✅ CREATE_SESSION: session_id=${id}, status=initialized - Training task started`,
    ),
    say(at, 'endpoints.training', `Training session ${id} started successfully`),
    say(at, service, `Starting training for session ${id}`),
    say(at, service, `✅ Operation ${operationId} status updated to RUNNING`),
    say(at, orchestrator, `Starting host training orchestrator for session ${id}`),
    say(
      at,
      orchestrator,
      `Training configuration: ${order.symbols.length} symbols, ${order.timeframes.length} timeframes, ${range}`,
    ),
  ];
}

/** A session that is refused, since one is running (logs-host-train-cancel-5m-15s-host). */
export function busyLog(at: number, sessions: Listed): readonly LogEntry[] {
  const reason = 'Maximum concurrent sessions (1) reached';
  const trace = [
    'Traceback (most recent call last):',
    '  File "training-host-service/endpoints/training.py", line 122, in start_training',
    '    session_id = await service.create_session(config, request.session_id)',
    '  File "training-host-service/services/training_service.py", line 380, in create_session',
    '    raise Exception(',
    `Exception: ${reason}`,
  ];
  const active = sessions.filter(([, status]) => status === 'running');
  return [
    say(at, 'endpoints.training', `Failed to start training session: ${reason}`, 'ERROR'),
    ...trace.map((line) => ({ at, line })),
    say(at, 'endpoints.training', `Active sessions at failure: ${listText(active)}`, 'ERROR'),
  ];
}

/** The end of a session that went well. */
export function completedLog(at: number, id: string, modelPath: string): readonly LogEntry[] {
  const operationId = operationIdOf(id);
  const rule = say(at, orchestrator, '='.repeat(80));
  return [
    ...savedLog(at, modelPath),
    rule,
    say(at, orchestrator, 'HOST TRAINING RESULT STRUCTURE (before storing)'),
    say(at, orchestrator, `  model_path: ${modelPath}`),
    rule,
    say(at, orchestrator, `Host training completed successfully for session ${id}`),
    say(at, service, `Training orchestration completed for session ${id}`),
    say(at, service, `Training completed for session ${id}`),
    say(at, operationsService, `Completed operation: ${operationId}`),
    say(at, service, `✅ Operation ${operationId} marked as completed`),
  ];
}

/** The end of a session that went wrong or was stopped. */
export function failedLog(at: number, id: string, reason: string): readonly LogEntry[] {
  const operationId = operationIdOf(id);
  return [
    say(at, orchestrator, `Host training failed for session ${id}: ${reason}`, 'ERROR'),
    say(at, service, `Training failed for session ${id}: ${reason}`, 'ERROR'),
    say(
      at,
      operationsService,
      `Failed operation: ${operationId} - Training failed: ${reason}`,
      'ERROR',
    ),
    say(at, service, `❌ Operation ${operationId} marked as failed`),
  ];
}

/** The lines of a cancel before the session ends. */
export function stoppingLog(
  at: number,
  operationId: string,
  sessionId: string,
  reason: string | null,
): readonly LogEntry[] {
  return [
    say(
      at,
      routes,
      `Cancelling operation: ${operationId}, reason: ${reason ?? 'No reason provided'}`,
    ),
    say(at, routes, `Training operation detected - stopping training session: ${sessionId}`),
    say(
      at,
      service,
      `Training cancellation received for session ${sessionId} - requesting training stop`,
    ),
    say(
      at,
      service,
      `🛑 STOP_SESSION: session_id=${sessionId}, current_status=running, stop_requested=True`,
    ),
    say(at, service, '⏳ STOP_SESSION: Waiting for training task to complete (timeout=30s)'),
  ];
}

/** The lines of a cancel after the session has ended. */
export function stoppedLog(
  at: number,
  operationId: string,
  sessionId: string,
): readonly LogEntry[] {
  return [
    say(at, service, '✅ STOP_SESSION: Training task completed, session_status=failed'),
    say(at, service, '🏁 STOP_SESSION: Returning True, final session_status=failed'),
    say(at, routes, `Successfully stopped training session: ${sessionId}`),
    say(at, routes, `Successfully cancelled operation: ${operationId}`),
  ];
}
