import { detail, ok } from '../http.ts';
import type { Json, Moment, SandboxRequest } from '../http.ts';
import { stampOffset } from '../python-text.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Step } from '../service.ts';
import type { World } from '../world.ts';
import { pushed } from './progress.ts';
import { find, isFinished, notFound, say } from './operations.ts';
import { readBody } from './problems.ts';
import { remoteCancelLog } from './remote.ts';
import type { FieldProblem } from './problems.ts';
import { refused } from './answer.ts';
import type { Answer } from './answer.ts';
import { parseBoolean } from './start-request.ts';
import { offsetOf, pythonName, replaceOperation, timeOf } from './state.ts';
import type { BackendState, Operation } from './state.ts';

/**
 * `DELETE /api/v1/operations/{id}`: `cancelled` at once; the worker thread turns it into `failed`
 * when it notices (recordings train-cancel-*).
 */
export function cancelOperation(
  state: BackendState,
  id: string,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const body = readBody(request);
  if (body.kind === 'unreadable') {
    return { response: detail(400, 'There was an error parsing the body') };
  }
  if (body.kind === 'problem') return refused(moment, [body.problem]);
  const { reason, force, problems } = checkCancel(body.kind === 'members' ? body.members : {});
  if (problems.length > 0) return refused(moment, problems);

  const { now } = moment;
  const shownForce = force ? 'True' : 'False';
  const asked = say(
    now,
    'INFO',
    `Cancelling operation ${id}: reason='${reason ?? 'None'}', force=${shownForce}`,
  );
  const found = find(state, id, now);
  if (found === undefined) {
    return notFound(now, `Cannot cancel - operation not found: ${id}`, id, [asked]);
  }
  if (isFinished(found.operation)) {
    const status = pythonName(found.operation.status);
    const text = `Cannot cancel - operation already finished: ${id} (status: ${status})`;
    return {
      response: detail(400, `Operation ${id} cannot be cancelled (status: ${status})`),
      entries: [asked, say(now, 'WARNING', text)],
    };
  }
  return cancelFound(found.state, found.operation, reason, moment, [asked]);
}

function cancelFound(
  state: BackendState,
  operation: Operation,
  reason: string | null,
  { now }: Moment,
  asked: readonly LogEntry[],
): Answer {
  const { id, remote } = operation;
  const remoteId = remote?.id ?? null;
  const done = cancelRecord(state, operation, reason, now);
  const entries = [...asked, ...done.entries];
  return {
    response: ok({ success: true, data: done.result }),
    state: done.state,
    entries: [...entries, say(now, 'INFO', `Successfully cancelled operation: ${id}`)],
    ...(remoteId === null
      ? {}
      : { stops: (world: World) => stopped(world, operation, remoteId, reason, now) }),
  };
}

/** A record cancelled: what the operations service gives back, and says. */
export function cancelRecord(
  state: BackendState,
  operation: Operation,
  reason: string | null,
  now: number,
): {
  readonly state: BackendState;
  readonly result: { readonly [key: string]: Json };
  readonly entries: readonly LogEntry[];
} {
  const { id, work, remote } = operation;
  const remoteId = remote?.id ?? null;
  // A retried operation was never started: it has no task.
  const hasTask = operation.startedAt !== null && remoteId === null;
  const noticed = hasTask ? work.noticesCancelAt(offsetOf(state, operation, now)) : null;
  const cancelled: Operation = {
    ...pushed(state, operation, now),
    status: 'cancelled',
    completedAt: now,
    errorMessage: reason === null || reason === '' ? 'Operation cancelled by user' : reason,
    noticesAt: noticed === null ? null : timeOf(state, operation, noticed),
  };
  return {
    state: replaceOperation(state, cancelled),
    result: {
      success: true,
      operation_id: id,
      status: 'cancelled',
      cancelled_at: stampOffset(now),
      cancellation_reason: reason,
      task_cancelled: hasTask,
      remote_cancelled: remoteId !== null,
      ...state.version.cancelled.answer,
    },
    entries: cancelLog(now, id, hasTask, remoteId, state.version.cancelled.line),
  };
}

/** The service that runs it is asked to stop (recording host-train-cancel-5m-15s). */
function stopped(
  world: World,
  { work }: Operation,
  remoteId: string,
  reason: string | null,
  now: number,
): Step {
  return work.host?.cancel(world, remoteId, reason, now) ?? { world, logs: {} };
}

/** Lines of a cancel (logs-train-cancel-5m-10s, logs-host-train-cancel-5m-15s-backend-remote). */
function cancelLog(
  now: number,
  id: string,
  hasTask: boolean,
  remoteId: string | null,
  rest: string,
): readonly LogEntry[] {
  const cancellation = 'ktrdr.async_infrastructure.cancellation';
  const task = hasTask ? 'True' : 'False';
  const remote = remoteId === null ? 'False' : 'True';
  return [
    entry(
      now,
      'INFO',
      cancellation,
      `Cancellation requested for operation ${id}: Operation ${id} cancelled`,
    ),
    entry(now, 'INFO', cancellation, `Cancelled operation ${id}: Operation ${id} cancelled`),
    ...(remoteId === null ? [] : remoteCancelLog(now, id, remoteId)),
    entry(
      now,
      'INFO',
      'ktrdr.api.services.operations_service',
      `Cancelled operation: ${id} (task_cancelled: ${task}, remote_cancelled: ${remote}${rest})`,
    ),
  ];
}

function checkCancel(members: { readonly [key: string]: Json }): {
  readonly reason: string | null;
  readonly force: boolean;
  readonly problems: readonly FieldProblem[];
} {
  const problems: FieldProblem[] = [];
  const reason = members['reason'] ?? null;
  if (reason !== null && typeof reason !== 'string') {
    const message = 'Input should be a valid string';
    problems.push({ field: 'body -> reason', message, type: 'string_type' });
  }
  const force = parseBoolean(members['force'] ?? false);
  const isNull = 'force' in members && members['force'] === null;
  const wrong = isNull ? parseBoolean(null) : force;
  if (typeof wrong !== 'boolean') problems.push({ field: 'body -> force', ...wrong });
  return {
    reason: typeof reason === 'string' ? reason : null,
    force: force === true,
    problems,
  };
}
