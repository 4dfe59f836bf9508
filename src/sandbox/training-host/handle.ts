import { find } from '../backend/operations.ts';
import { measurementsOf, operationInfo } from '../backend/operation-info.ts';
import { listResponse } from '../backend/list-operations.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { entry } from '../log-entry.ts';
import { joinLogs } from '../logs.ts';
import { notServed } from '../not-served.ts';
import { pythonName } from '../backend/state.ts';
import { stampNaive } from '../python-text.ts';
import { unmatchedResponse } from '../router.ts';
import type { Match } from '../router.ts';
import type { Handled } from '../service.ts';
import { tickWorld } from '../tick.ts';
import { accessLine } from '../wire.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { matchRoute } from './routes.ts';
import type { Route } from './routes.ts';
import { sessionResult, sessionsBody } from './session-info.ts';
import { stopSession } from './sessions.ts';
import { startTraining } from './start.ts';
import type { TrainingHostState } from './state.ts';

/** The training host at ERA as a pure step (recordings host-*, health-training-host*, root-training-host). */
export function handleTrainingHost(world: World, request: SandboxRequest, moment: Moment): Handled {
  const match = matchRoute(request.method, request.path);
  const ticked = tickWorld(world, moment.now);
  const state = ticked.world.trainingHost;
  const answer = answerTo(ticked.world, request, moment, match);
  const lines = (answer.entries ?? []).map((each) => each.line);
  return {
    world: { ...ticked.world, trainingHost: answer.state ?? state },
    response: answer.response,
    logs: joinLogs(ticked.logs, {
      'training-host': [...lines, accessLine(request, answer.response.status)],
    }),
  };
}

function answerTo(
  world: World,
  request: SandboxRequest,
  moment: Moment,
  match: Match<Route>,
): Answer {
  if (match.kind !== 'served') {
    const cure = 'its health, sessions and operations are served';
    return { response: unmatchedResponse(match, request, cure) };
  }
  const { id, route } = match;
  const state = world.trainingHost;
  switch (route) {
    case 'root':
    case 'health':
    case 'health.system':
      return { response: ok({ ...about(route, moment.now) }) };
    case 'training.start':
      return startTraining(world, request, moment);
    case 'training.result':
      return { response: sessionResult(state, id) };
    case 'training.sessions':
      return { response: ok(sessionsBody(state, moment.now)) };
    case 'operations.list':
      return list(state, request, moment);
    case 'operations.get':
    case 'operations.metrics':
      return look(state, id, request, moment, route);
    case 'operations.cancel':
      return cancel(state, id, request, moment);
  }
}

/** The three routes that tell of the host itself; its processor and memory are one recorded moment. */
function about(route: 'root' | 'health' | 'health.system', now: number) {
  const timestamp = stampNaive(now);
  switch (route) {
    case 'root':
      return {
        service: 'Training Host Service',
        version: '1.0.0',
        status: 'running',
        timestamp,
        gpu_available: false,
        gpu_device_count: 0,
        gpu_type: 'None',
      };
    case 'health':
      return { healthy: true, service: 'training-host', timestamp, status: 'operational' };
    case 'health.system':
      return {
        healthy: true,
        service: 'training-host',
        timestamp,
        gpu_status: { available: false, device_count: 0, gpu_type: 'None' },
        system_info: {
          cpu_percent: 41.9,
          memory_percent: 5.2,
          memory_total_mb: 24_105.558_593_75,
        },
        error: null,
      };
  }
}

function list(state: TrainingHostState, request: SandboxRequest, moment: Moment): Answer {
  const listed = listResponse(state.operations, request, moment.now);
  if ('problems' in listed) {
    const what = 'what the training host answers to a wrong query was not recorded';
    return { response: notServed(what, 'use the names and values of the backend') };
  }
  return { response: ok(listed.body) };
}

function look(
  state: TrainingHostState,
  id: string,
  request: SandboxRequest,
  { now }: Moment,
  route: 'operations.get' | 'operations.metrics',
): Answer {
  const force = new URLSearchParams(request.query).get('force_refresh') === 'true';
  const found = find(state.operations, id, now, force && route === 'operations.get');
  if (found === undefined) {
    const text = `Operation not found: ${id}`;
    return {
      response: detail(404, text),
      entries: [entry(now, 'WARNING', 'endpoints.operations', text)],
    };
  }
  const { operation } = found;
  const data =
    route === 'operations.get'
      ? operationInfo(found.state, operation)
      : metricsOf(measurementsOf(found.state, operation), request, id);
  return { response: ok({ success: true, data }), state: { ...state, operations: found.state } };
}

/** The entries after the cursor with their number: a pair, which the backend's proxy misreads (ktrdr-real 16). */
function metricsOf(
  measurements: ReturnType<typeof measurementsOf>,
  request: SandboxRequest,
  id: string,
) {
  const cursor = Number(new URLSearchParams(request.query).get('cursor') ?? 0);
  return {
    operation_id: id,
    operation_type: 'training',
    metrics: [measurements.slice(cursor), measurements.length],
    cursor,
  };
}

/**
 * A cancel is always 200: the session is stopped first, so that the operations service finds the
 * operation finished (recordings host-operation-unknown-cancel, host-operation-cancel-finished).
 */
function cancel(
  state: TrainingHostState,
  id: string,
  request: SandboxRequest,
  { now }: Moment,
): Answer {
  const reason = new URLSearchParams(request.query).get('reason');
  const operation = state.operations.operations.find((each) => each.id === id);
  if (operation === undefined) return { response: refusedCancel(`Operation not found: ${id}`) };
  const stopped =
    operation.status === 'running'
      ? stopSession(state, operation, reason, now)
      : { state, entries: [] };
  const status = pythonName(operation.status === 'running' ? 'failed' : operation.status);
  return {
    response: refusedCancel(`Operation ${id} is already finished (status: ${status})`),
    ...stopped,
  };
}

function refusedCancel(error: string): SandboxResponse {
  return ok({ success: true, data: { success: false, error } });
}
