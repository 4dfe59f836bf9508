import { failedAt } from '../backend/failed.ts';
import {
  executedLine,
  failureLog,
  operationsService,
  orchestrator,
  progressLine,
} from '../backend/managed-log.ts';
import { noProgress } from '../backend/progress.ts';
import { replaceOperation, timeOf } from '../backend/state.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Announcement, Progress, Settled, Work } from '../backend/work.ts';
import { withFile } from '../data/cache.ts';
import type { Json } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { nameOf } from './order.ts';
import type { DownloadOrder } from './order.ts';
import type { Plan } from './plan.ts';

/** A download as the backend's operations see it: everything is pushed, there is no bridge to pull from. */
export function downloadWork(order: DownloadOrder, plan: Plan): Work {
  return {
    type: 'data_load',
    symbol: order.symbol,
    metadata: metadataOf(order),
    endsAt: plan.endsAt,
    announce: (offset) => announcementAt(plan, offset),
    measures: 'segments',
    measurements: () => [],
    noticesCancelAt: (offset) => (segmentAt(plan, offset) === undefined ? null : offset + noticeMs),
    log: (state, operation, until) => eventLog(state, operation, plan, until),
    finish: (state, operation) =>
      plan.failure === undefined
        ? complete(state, operation, order, plan)
        : fail(state, operation, plan, plan.failure),
    noticeCancel: (state, operation) => noticeCancel(state, operation, order, plan),
  };
}

/** How long it takes until the fetching of a segment sees a cancel (logs-download-cancel-stubbed-ib). */
const noticeMs = 300;

function metadataOf(order: DownloadOrder): { readonly [key: string]: Json } {
  return {
    symbol: order.symbol,
    timeframe: order.timeframe,
    mode: order.mode,
    start_date: order.start?.naive ?? null,
    end_date: order.end?.naive ?? null,
    parameters: { operation_name: nameOf(order), service_name: 'Data/Acquisition' },
  };
}

function announcementAt({ events }: Plan, offset: number): Announcement {
  const last = events.findLast(({ at, shown }) => at <= offset && shown !== undefined);
  const shown = last?.shown ?? noProgress;
  return { at: last?.at ?? 0, pulled: shown, pushed: shown, measured: 0 };
}

function eventLog(
  state: BackendState,
  operation: Operation,
  { events }: Plan,
  until: number,
): readonly LogEntry[] {
  return events
    .filter(({ at }) => at > operation.loggedUntil && at <= until)
    .flatMap(({ at, lines }) =>
      lines.map((line) => line(timeOf(state, operation, at), operation.id)),
    );
}

function complete(
  state: BackendState,
  operation: Operation,
  order: DownloadOrder,
  plan: Plan,
): Settled {
  const at = timeOf(state, operation, plan.endsAt);
  const progress = finalProgress(order, plan);
  const done: Operation = {
    ...operation,
    status: 'completed',
    completedAt: at,
    progress,
    result: plan.result,
    loggedUntil: Infinity,
  };
  const { symbol, timeframe } = order;
  const { saved } = plan;
  const cache = saved === undefined ? state.cache : withFile(state.cache, symbol, timeframe, saved);
  const told = `Operation '${nameOf(order)}' completed successfully`;
  return {
    state: { ...replaceOperation(state, done), cache },
    entries: [
      ...eventLog(state, operation, plan, plan.endsAt),
      executedLine(at, done.id),
      entry(at, 'INFO', 'ktrdr.async_infrastructure.progress', told),
      entry(at, 'INFO', orchestrator, `Completed managed operation: ${done.id}`),
      progressLine(at, done.id, 100, progress.current_step ?? ''),
      entry(at, 'INFO', operationsService, `Completed operation: ${done.id}`),
    ],
  };
}

/** 100 % with the last text; without a gap to fill, a text of its own (download-tail-nothing-to-do). */
function finalProgress({ symbol, timeframe }: DownloadOrder, plan: Plan): Progress {
  const last = announcementAt(plan, plan.endsAt).pulled;
  const step =
    plan.fetching.length === 0
      ? `⚡ Operation Download ${symbol} ${timeframe} [7/7]`
      : last.current_step;
  return { ...last, percentage: 100, current_step: step, steps_completed: 7 };
}

function fail(state: BackendState, operation: Operation, plan: Plan, message: string): Settled {
  const at = timeOf(state, operation, plan.endsAt);
  const failed = failedAt(state, operation, at, message);
  return {
    state: replaceOperation(state, failed),
    entries: [
      ...eventLog(state, operation, plan, plan.endsAt),
      ...failureLog(at, failed.id, message),
    ],
  };
}

/** The number of the segment that is under way at an offset, from 1. */
function segmentAt({ fetching }: Plan, offset: number): number | undefined {
  const begun = fetching.filter((at) => at <= offset).length;
  return begun === 0 ? undefined : begun;
}

/** Fetching stops, nothing is saved, and the record stays `cancelled` (recording download-cancel). */
function noticeCancel(
  state: BackendState,
  operation: Operation,
  { symbol }: DownloadOrder,
  plan: Plan,
): Settled {
  const at = operation.noticesAt ?? 0;
  const offset = (at - (operation.startedAt ?? at)) * state.speed - noticeMs;
  const current = segmentAt(plan, offset) ?? 1;
  const manager = 'ktrdr.data.acquisition.segment_manager';
  const say = (text: string): LogEntry => entry(at, 'INFO', manager, `🛑 ${text}`);
  return {
    state: replaceOperation(state, { ...operation, noticesAt: null }),
    entries: [
      say(`Cancelling IB fetch for ${symbol} during operation`),
      say(`Segment fetching cancelled at segment ${current}/${plan.fetching.length}`),
      say(`Segment fetching cancelled after ${current - 1} successful segments`),
    ],
  };
}
