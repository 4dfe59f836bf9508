import { isFinished } from '../backend/operations.ts';
import { detail } from '../http.ts';
import { backtestOnWorker } from '../head/backtest.ts';
import { trainOnWorker } from '../head/train.ts';
import { stampOffset } from '../python-text.ts';
import type { Strategy } from '../training/strategies.ts';
import type { Version } from '../version.ts';
import { era } from './era.ts';

/** Known by name alone (skill ke2e: the smallest strategy that is valid at HEAD); its sizes are made up. */
const minimal: Strategy = {
  name: 'v3_minimal',
  epochs: 10,
  indicators: 1,
  fuzzySets: 3,
  features: 9,
  parameters: 688,
  architecture: 'v3_mlp',
  own: { symbol: 'EURUSD', timeframe: '1h' },
};

/** Distributed workers and PostgreSQL, as far as guide ktrdr-api tells: nothing of it was recorded. */
export const head: Version = {
  name: 'head',
  title: 'KTRDR (head: unrecorded, as read from its source; no recording holds it)',
  statuses: ['pending', 'resuming', ...era.statuses.slice(1)],
  operationTypes: [...era.operationTypes, 'agent_research', 'agent_design', 'agent_assessment'],
  // Those of ERA are gone (appendix A, 1.1 and B1.1).
  strategyFiles: ['v3_minimal', 'v3_multi_timeframe', 'v3_test_example'],
  trainable: [minimal],
  strategyFills: true,
  slippage: 0.0005,
  manages: false,
  hasRegistry: true,
  health: (now) => ({
    status: 'ok',
    version: '0.0.0.dev',
    orphan_detector: {
      running: true,
      potential_orphans_count: 0,
      last_check: stampOffset(now),
      orphan_timeout_seconds: 60,
      check_interval_seconds: 15,
    },
  }),
  hostStamp: stampOffset,
  // The list is the backend's memory: what ended is gone, what a worker runs is there once a GET has loaded it.
  isListed: (operation) =>
    !isFinished(operation) && (operation.remote === undefined || operation.lastPull !== null),
  shown: ({ operation_id, ...record }, operation) => ({
    operation_id: operation_id ?? null,
    parent_operation_id: null,
    ...record,
    ...(isFinished(operation) ? readAgain(operation) : {}),
    is_backend_local: operation.remote === undefined,
  }),
  mirrored: ({ completedAt, errorMessage, result }) => ({ completedAt, errorMessage, result }),
  cancelled: { answer: { children_cancelled: [] }, line: ', children_cancelled: 0' },
  badDate: (error) => detail(422, error),
  train: trainOnWorker,
  backtest: backtestOnWorker,
};

/** What the database keeps of progress and metrics (guide ktrdr-api section 2.3). */
function readAgain({ progress }: Parameters<Version['shown']>[1]) {
  const gone = { steps_completed: 0, steps_total: 0, items_processed: 0 };
  return { progress: { ...progress, ...gone }, metrics: null };
}
