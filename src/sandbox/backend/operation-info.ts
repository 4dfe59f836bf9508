import type { Json } from '../http.ts';
import { secondsBetween, stampZ } from '../python-text.ts';
import { epochEntry } from '../training/metrics.ts';
import type { BackendState, Operation } from './state.ts';

type Members = { readonly [key: string]: Json };

/** The whole record, fields in KTRDR's order (guide ktrdr-api section 2.3). */
export function operationInfo(state: BackendState, operation: Operation): Members {
  const epochs = epochsOf(state, operation, operation.epochsSeen);
  return {
    operation_id: operation.id,
    operation_type: 'training',
    status: operation.status,
    created_at: stampZ(operation.createdAt),
    started_at: stampOrNull(operation.startedAt),
    completed_at: stampOrNull(operation.completedAt),
    progress: { ...operation.progress },
    metadata: metadata(operation),
    error_message: operation.errorMessage,
    warnings: [],
    errors: [],
    result_summary: operation.result,
    metrics: epochs.length > 0 ? { epochs } : null,
  };
}

/** The row of a list (guide ktrdr-api section 2.2). */
export function operationSummary(operation: Operation, now: number): Members {
  const { startedAt } = operation;
  return {
    operation_id: operation.id,
    operation_type: 'training',
    status: operation.status,
    created_at: stampZ(operation.createdAt),
    progress_percentage: operation.progress.percentage,
    current_step: operation.progress.current_step,
    symbol: operation.order.symbols[0] ?? null,
    duration_seconds:
      startedAt === null ? null : secondsBetween(startedAt, operation.completedAt ?? now),
  };
}

/** The first `count` finished epochs of a training. */
export function epochsOf(
  state: BackendState,
  operation: Operation,
  count: number,
): readonly Members[] {
  const { plan } = operation;
  if (plan === null) return [];
  const pace = { startedAt: operation.startedAt ?? 0, speed: state.speed };
  return Array.from({ length: count }, (_, epoch) => epochEntry(plan, epoch, pace));
}

function metadata({ order }: Operation): Members {
  return {
    symbol: order.symbols[0] ?? null,
    timeframe: order.timeframes[0] ?? null,
    mode: 'training',
    start_date: order.startDate,
    end_date: order.endDate,
    parameters: {
      strategy_name: order.strategy.name,
      strategy_path: `strategies/${order.strategy.name}.yaml`,
      training_type: 'mlp',
      symbols: order.symbols,
      timeframes: order.timeframes,
      epochs: order.strategy.epochs,
      use_host_service: false,
      analytics_enabled: order.analytics,
      training_mode: 'local',
      operation_name: 'training',
      service_name: 'TrainingService',
    },
  };
}

function stampOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : stampZ(milliseconds);
}
