import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';

/** The logger of what starts, finishes and fails operations of any kind. */
export const operationsService = 'ktrdr.api.services.operations_service';

/** The logger of what runs them. */
export const orchestrator = 'ktrdr.async_infrastructure.service_orchestrator';

const thread = 'Thread 140229021628096';

/** The first lines of every operation (logs-train-smoke-1d-2024, logs-backtest-good-520bars). */
export function creationLog(at: number, id: string, type: string, name: string): LogEntry[] {
  const kind = `OperationType.${type.toUpperCase()}`;
  return [
    entry(at, 'INFO', operationsService, `Created operation: ${id} (type: ${kind})`),
    entry(at, 'INFO', orchestrator, `Created managed operation: ${id} (${name})`),
    entry(at, 'INFO', operationsService, `Started operation: ${id}`),
    entry(at, 'INFO', orchestrator, `🚀 STARTING OPERATION EXECUTION: ${thread}, Operation ${id}`),
  ];
}

/** A line about the progress of an operation that is pushed. */
export function progressLine(at: number, id: string, percentage: number, text: string): LogEntry {
  const shown = `📊 Operation ${id} progress: ${percentage.toFixed(1)}% - ${text}`;
  return entry(at, 'INFO', operationsService, shown);
}

/** What runs an operation has returned. */
export function executedLine(at: number, id: string): LogEntry {
  return entry(
    at,
    'INFO',
    orchestrator,
    `✅ OPERATION EXECUTION COMPLETED: ${thread}, Operation ${id}`,
  );
}

/** The end of an operation that failed (logs-train-async-failures). */
export function failureLog(at: number, id: string, message: string): LogEntry[] {
  return [
    entry(at, 'ERROR', orchestrator, `Managed operation ${id} failed: ${message}`),
    entry(at, 'ERROR', operationsService, `Failed operation: ${id} - ${message}`),
  ];
}
