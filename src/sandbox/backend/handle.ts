import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { decoded, html, ok } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { joinLogs } from '../logs.ts';
import { unmatchedResponse } from '../router.ts';
import type { Match } from '../router.ts';
import type { Handled, Step } from '../service.ts';
import { tickWorld } from '../tick.ts';
import type { World } from '../world.ts';
import { startBacktest } from '../backtest/start.ts';
import { registered, registry } from '../head/registry.ts';
import { getData } from '../data/get-data.ts';
import { ibAnswer } from '../data/ib-status.ts';
import { dataInfo, listSymbols, listTimeframes } from '../data/inventory.ts';
import { startDownload } from '../download/start.ts';
import { dataRange } from '../data/range.ts';
import { cancelOperation } from './cancel.ts';
import { listOperations } from './list-operations.ts';
import {
  getOperation,
  operationMetrics,
  operationResults,
  retryOperation,
  trainingPerformance,
} from './operations.ts';
import { operationsPage } from './page.ts';
import { refresh } from './remote.ts';
import { matchRoute } from './routes.ts';
import type { Route } from './routes.ts';
import { startTraining } from './start.ts';
import type { Answer } from './answer.ts';
import { accessLine } from '../wire.ts';
import { isQuiet, processTime } from './wire.ts';

/**
 * KTRDR's backend as a pure step: what has happened up to now, then this
 * request. It knows no profile, and time and randomness come in by `moment`.
 */
export function handleBackend(world: World, request: SandboxRequest, moment: Moment): Handled {
  const match = matchRoute(world.backend.version, request.method, request.path);
  const ticked = tickWorld(world, moment.now);
  const found = refreshed(ticked.world, request, moment, match);
  const answer = answerTo(found.world, request, moment, match);
  const next = { ...found.world, backend: answer.state ?? found.world.backend };
  const after = answer.stops?.(next) ?? { world: next, logs: {} };
  const entries = framed(request, moment, answer.response, answer.entries ?? []);
  const lines = entries.map((each) => each.line);
  const access = accessLine(request, answer.response.status);
  return {
    world: after.world,
    response: answer.response,
    logs: joinLogs(ticked.logs, found.logs, { backend: [...lines, access] }, after.logs),
  };
}

/** The operation that a request is about, read again where another service runs it. */
function refreshed(
  world: World,
  request: SandboxRequest,
  { now }: Moment,
  match: Match<Route>,
): Step {
  if (match.kind !== 'served') return { world, logs: {} };
  const { id, route } = match;
  const query = new URLSearchParams(request.query);
  const force = route === 'operations.get' && query.get('force_refresh') === 'true';
  return refresh(world, id, now, force);
}

function answerTo(
  world: World,
  request: SandboxRequest,
  moment: Moment,
  match: Match<Route>,
): Answer {
  if (match.kind === 'served') return served(world, request, moment, match);
  const cure = 'only health, operations, trainings, backtests and cached data are served so far';
  return { response: unmatchedResponse(match, request, cure) };
}

function served(
  world: World,
  request: SandboxRequest,
  moment: Moment,
  { route, id }: Extract<Match<Route>, { kind: 'served' }>,
): Answer {
  const state = world.backend;
  switch (route) {
    case 'root':
      return {
        response: ok({ message: 'KTRDR API is running. Visit /api/v1/docs for documentation' }),
      };
    case 'health':
      return { response: ok(state.version.health(moment.now)) };
    case 'workers.list':
      return { response: ok(registry(world, moment.now)) };
    case 'workers.get':
      return { response: registered(world, id, moment.now) };
    case 'page':
      return { response: html(operationsPage) };
    case 'trainings.start':
      return startTraining(world, request, moment);
    case 'trainings.performance':
      return trainingPerformance(state, id, moment);
    case 'backtests.start':
      return startBacktest(world, request, moment);
    case 'data.get':
      return getData(state, id, request, moment);
    case 'data.download':
      return startDownload(state, world.modes, request, moment);
    case 'ib.status':
    case 'ib.health':
    case 'ib.resilience':
    case 'ib.config':
      return ibAnswer(route, world.modes, moment);
    case 'data.info':
      return dataInfo(state, moment);
    case 'data.range':
      return dataRange(state, request, moment);
    case 'symbols':
      return listSymbols(state, moment);
    case 'timeframes':
      return listTimeframes(moment);
    case 'operations.list':
      return listOperations(state, request, moment);
    case 'operations.get':
      return getOperation(state, id, request, moment);
    case 'operations.cancel':
      return cancelOperation(state, id, request, moment);
    case 'operations.retry':
      return retryOperation(state, id, moment);
    case 'operations.results':
      return operationResults(state, id, moment);
    case 'operations.metrics':
      return operationMetrics(state, id, request, moment);
  }
}

/** The middleware's two lines, which operations and health polls are spared (logs-health-backend). */
function framed(
  request: SandboxRequest,
  { now }: Moment,
  response: SandboxResponse,
  entries: readonly LogEntry[],
): readonly LogEntry[] {
  if (isQuiet(request.path)) return entries;
  const what = `method=${request.method} path=${decoded(request.path)}`;
  const started = `Request started: ${what} client=127.0.0.1 request_id=`;
  const done = `Request completed: ${what} status_code=${response.status} duration=${processTime} request_id=`;
  return [
    entry(now, 'INFO', 'ktrdr.api.middleware', started),
    ...entries,
    entry(now, 'INFO', 'ktrdr.api.middleware', done),
  ];
}
