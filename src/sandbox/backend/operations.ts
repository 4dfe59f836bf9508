import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest } from '../http.ts';
import { stampId } from '../python-text.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { performance } from '../training/result.ts';
import { integer } from './list-operations.ts';
import { measurementsOf, operationInfo } from './operation-info.ts';
import type { FieldProblem } from './problems.ts';
import { noProgress, pulled } from './progress.ts';
import { refused } from './answer.ts';
import type { Answer } from './answer.ts';
import { pythonName, replaceOperation } from './state.ts';
import type { BackendState, Operation } from './state.ts';

/** The logger of the operations routes. */
const endpointsLogger = 'ktrdr.api.endpoints.operations';

/** An operation as a route finds it: progress pulled when due, the state that remembers it. */
export function find(
  state: BackendState,
  id: string,
  now: number,
  force = false,
): { readonly state: BackendState; readonly operation: Operation } | undefined {
  const known = state.operations.find((each) => each.id === id);
  if (known === undefined) return undefined;
  const operation = pulled(state, known, now, force);
  return { state: replaceOperation(state, operation), operation };
}

/** `GET /api/v1/operations/{id}` (recordings train-*, operation-unknown-get). */
export function getOperation(
  state: BackendState,
  id: string,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const { now } = moment;
  const first = rateLimited(state, `status ${id}`, 10, now);
  const asked = say(now, 'INFO', `Getting status for operation: ${id}`);
  const entries = first.allowed ? [asked] : [];
  const force = new URLSearchParams(request.query).get('force_refresh') === 'true';
  const found = find(first.state, id, now, force);
  if (found === undefined) {
    return { ...notFound(now, `Operation not found: ${id}`, id, entries), state: first.state };
  }
  const { operation } = found;
  const second = rateLimited(found.state, ...visibility(operation), now);
  if (second.allowed) entries.push(say(now, 'INFO', sighting(operation)));
  return {
    response: ok({ success: true, data: operationInfo(second.state, operation) }),
    state: second.state,
    entries,
  };
}

function visibility(operation: Operation): [string, number] {
  return isFinished(operation) ? [`end ${operation.id}`, 1] : [`detail ${operation.id}`, 10];
}

function sighting(operation: Operation): string {
  return isFinished(operation)
    ? `🏁 OPERATION ${operation.status.toUpperCase()}: ${operation.id} (${operation.work.type})`
    : `Retrieved operation ${operation.id}: status=${pythonName(operation.status)}`;
}

/** Completed, failed or cancelled. */
export function isFinished(operation: Operation): boolean {
  return operation.status !== 'pending' && operation.status !== 'running';
}

/** `POST /api/v1/operations/{id}/retry`: a new record that stays pending (ktrdr-real 13). */
export function retryOperation(state: BackendState, id: string, moment: Moment): Answer {
  const { now } = moment;
  const asked = say(now, 'INFO', `Retrying operation: ${id}`);
  const found = find(state, id, now);
  if (found === undefined) {
    return notFound(now, `Cannot retry - operation not found: ${id}`, id, [asked]);
  }
  const { operation } = found;
  if (operation.status !== 'failed') {
    const status = pythonName(operation.status);
    const text = `Cannot retry - operation not failed: ${id} (status: ${status})`;
    return {
      response: detail(400, `Operation ${id} cannot be retried (status: ${status})`),
      state: found.state,
      entries: [asked, say(now, 'WARNING', text)],
    };
  }
  const retry: Operation = {
    ...operation,
    id: `op_retry_${operation.work.type}_${stampId(now)}_${moment.hex}`,
    status: 'pending',
    createdAt: now,
    startedAt: null,
    completedAt: null,
    progress: noProgress,
    measured: 0,
    lastPull: null,
    errorMessage: null,
    noticesAt: null,
    result: null,
  };
  const text = `Created retry operation: ${retry.id} (original: ${id})`;
  return {
    response: ok({ success: true, data: operationInfo(state, retry) }),
    state: { ...found.state, operations: [...found.state.operations, retry] },
    entries: [asked, say(now, 'INFO', text)],
  };
}

/** `GET /api/v1/operations/{id}/results` (recordings train-smoke-results, train-cancelled-results). */
export function operationResults(state: BackendState, id: string, moment: Moment): Answer {
  const { now } = moment;
  const asked = say(now, 'INFO', `Getting results for operation: ${id}`);
  const found = find(state, id, now);
  if (found === undefined) return notFound(now, `Operation not found: ${id}`, id, [asked]);
  const { operation } = found;
  const { status } = operation;
  if (status !== 'completed' && status !== 'failed') {
    const text = `Operation not finished: ${id} (status: ${pythonName(status)})`;
    return {
      response: detail(400, `Operation not finished (status: ${status})`),
      state: found.state,
      entries: [asked, say(now, 'WARNING', text)],
    };
  }
  return {
    response: ok({
      success: true,
      operation_id: id,
      operation_type: operation.work.type,
      status,
      results: operation.result ?? {},
    }),
    entries: [asked, say(now, 'INFO', `Returning results for operation: ${id}`)],
  };
}

/** `GET /api/v1/operations/{id}/metrics`: epochs after the cursor, and their number (train-smoke-metrics). */
export function operationMetrics(
  state: BackendState,
  id: string,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const { now } = moment;
  const problems: FieldProblem[] = [];
  const query = new URLSearchParams(request.query);
  const cursor = integer(query, 'cursor', { least: 0, most: Infinity, standard: 0 }, problems);
  if (problems.length > 0) return refused(moment, problems);
  const asked = say(now, 'INFO', `Getting metrics for operation: ${id}`);
  const found = find(state, id, now);
  if (found === undefined) return notFound(now, `Operation not found: ${id}`, id, [asked]);
  const measurements = measurementsOf(state, found.operation);
  return {
    response: ok({
      success: true,
      data: {
        operation_id: id,
        operation_type: found.operation.work.type,
        metrics: [measurements.slice(cursor), measurements.length],
      },
    }),
    state: found.state,
    entries: [asked],
  };
}

/** `GET /api/v1/trainings/{id}/performance` (recordings train-smoke-performance, train-running-performance). */
export function trainingPerformance(state: BackendState, id: string, moment: Moment): Answer {
  const found = find(state, id, moment.now);
  if (found === undefined) return { response: detail(404, `Training task ${id} not found`) };
  const { operation } = found;
  if (operation.status === 'completed') return { response: ok(performance(operation)) };
  return {
    response: detail(404, `Training task ${id} is not completed (status: ${operation.status})`),
    state: found.state,
  };
}

/** The 404 of an unknown operation with its WARNING line. */
export function notFound(
  now: number,
  warning: string,
  id: string,
  entries: readonly LogEntry[],
): Answer {
  return {
    response: detail(404, `Operation not found: ${id}`),
    entries: [...entries, say(now, 'WARNING', warning)],
  };
}

/** A line of the operations routes. */
export function say(now: number, level: string, text: string): LogEntry {
  return entry(now, level, endpointsLogger, text);
}

/** Whether a line may be written again after `seconds` of KTRDR's time; remembers it if so. */
function rateLimited(
  state: BackendState,
  key: string,
  seconds: number,
  now: number,
): { readonly state: BackendState; readonly allowed: boolean } {
  const before = state.loggedAt[key];
  if (before !== undefined && (now - before) * state.speed < seconds * 1000) {
    return { state, allowed: false };
  }
  return { state: { ...state, loggedAt: { ...state.loggedAt, [key]: now } }, allowed: true };
}
