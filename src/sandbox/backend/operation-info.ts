import type { Json } from '../http.ts';
import { secondsBetween, stampZ } from '../python-text.ts';
import type { BackendState, Operation } from './state.ts';
import type { Members } from '../json.ts';

/** The whole record, fields in KTRDR's order (guide ktrdr-api section 2.3). */
export function operationInfo(state: BackendState, operation: Operation): Members {
  const { work } = operation;
  const measurements = measurementsOf(state, operation);
  const record = {
    operation_id: operation.id,
    operation_type: work.type,
    status: operation.status,
    created_at: stampZ(operation.createdAt),
    started_at: stampOrNull(operation.startedAt),
    completed_at: stampOrNull(operation.completedAt),
    progress: { ...operation.progress },
    metadata: work.metadata,
    error_message: operation.errorMessage,
    warnings: [],
    errors: [],
    result_summary: operation.result,
    metrics: measurements.length > 0 ? { [work.measures]: measurements } : null,
  };
  return state.version.shown(record, operation);
}

/** The row of a list (guide ktrdr-api section 2.2). */
export function operationSummary(operation: Operation, now: number): Members {
  const { startedAt } = operation;
  return {
    operation_id: operation.id,
    operation_type: operation.work.type,
    status: operation.status,
    created_at: stampZ(operation.createdAt),
    progress_percentage: operation.progress.percentage,
    current_step: operation.progress.current_step,
    symbol: operation.work.symbol,
    duration_seconds:
      startedAt === null ? null : secondsBetween(startedAt, operation.completedAt ?? now),
  };
}

/** The measurements of an operation that its last pull found, such as finished epochs. */
export function measurementsOf(state: BackendState, operation: Operation): readonly Json[] {
  const { work, measured, startedAt, remote } = operation;
  if (remote !== undefined) return remote.measurements;
  return work.measurements(measured, { startedAt: startedAt ?? 0, speed: state.speed });
}

function stampOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : stampZ(milliseconds);
}
