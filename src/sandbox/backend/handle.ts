import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { detail, html, ok } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Handled } from '../service.ts';
import type { World } from '../world.ts';
import { startBacktest } from '../backtest/start.ts';
import { settle } from './settle.ts';
import { cancelOperation } from './cancel.ts';
import { listOperations } from './list-operations.ts';
import { notServed } from './not-served.ts';
import {
  getOperation,
  operationMetrics,
  operationResults,
  retryOperation,
  trainingPerformance,
} from './operations.ts';
import { operationsPage } from './page.ts';
import { matchRoute } from './routes.ts';
import type { Match } from './routes.ts';
import { startTraining } from './start.ts';
import type { Answer } from './start.ts';
import type { BackendState } from './state.ts';
import { accessLine, isQuiet, processTime } from './wire.ts';

/**
 * KTRDR's backend at ERA in LOCAL mode as a pure step: what has happened up to now, then this
 * request. It knows no profile, and time and randomness come in by `moment`.
 */
export function handleBackend(world: World, request: SandboxRequest, moment: Moment): Handled {
  const settled = settle(world.backend, moment.now);
  const match = matchRoute(request.method, request.path);
  const answer = answerTo(settled.state, request, moment, match);
  const middle = answer.entries ?? [];
  const entries = [...settled.entries, ...framed(request, moment, answer.response, middle)];
  const access = accessLine(request, answer.response.status);
  return {
    world: { ...world, backend: answer.state ?? settled.state },
    response: answer.response,
    logs: { backend: [...entries.map((each) => each.line), access] },
  };
}

/** The step of time alone: what has happened since, with its log lines. */
export function tickBackend(
  state: BackendState,
  now: number,
): { readonly state: BackendState; readonly logLines: readonly string[] } {
  const settled = settle(state, now);
  return { state: settled.state, logLines: settled.entries.map((each) => each.line) };
}

function answerTo(
  state: BackendState,
  request: SandboxRequest,
  moment: Moment,
  match: Match,
): Answer {
  switch (match.kind) {
    case 'unknown':
      return { response: detail(404, 'Not Found') };
    case 'method':
      return {
        response: {
          status: 405,
          headers: { allow: match.allow },
          body: { detail: 'Method Not Allowed' },
        },
      };
    case 'redirect':
      return { response: redirect(request, match.path) };
    case 'not-served':
      return {
        response: notServed(
          `${request.method} ${request.path} (${match.what})`,
          'only health, operations, trainings and backtests of the backend are served so far',
        ),
      };
    case 'served':
      return served(state, request, moment, match);
  }
}

function served(
  state: BackendState,
  request: SandboxRequest,
  moment: Moment,
  { route, id }: Extract<Match, { kind: 'served' }>,
): Answer {
  switch (route) {
    case 'root':
      return {
        response: ok({ message: 'KTRDR API is running. Visit /api/v1/docs for documentation' }),
      };
    case 'health':
      return { response: ok({ status: 'ok', version: '1.0.7.2' }) };
    case 'page':
      return { response: html(operationsPage) };
    case 'trainings.start':
      return startTraining(state, request, moment);
    case 'trainings.performance':
      return trainingPerformance(state, id, moment);
    case 'backtests.start':
      return startBacktest(state, request, moment);
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

/** 307 to the path with or without the slash (ktrdr-real 2; headers as health-backtest-worker-slash). */
function redirect(request: SandboxRequest, path: string): SandboxResponse {
  const query = request.query === '' ? '' : `?${request.query}`;
  const location = `http://${request.host}${path}${query}`;
  return { status: 307, headers: { location }, body: undefined };
}

/** The middleware's two lines, which operations and health polls are spared (logs-health-backend). */
function framed(
  request: SandboxRequest,
  { now }: Moment,
  response: SandboxResponse,
  entries: readonly LogEntry[],
): readonly LogEntry[] {
  if (isQuiet(request.path)) return entries;
  const what = `method=${request.method} path=${request.path}`;
  const started = `Request started: ${what} client=127.0.0.1 request_id=`;
  const done = `Request completed: ${what} status_code=${response.status} duration=${processTime} request_id=`;
  return [
    entry(now, 'INFO', 'ktrdr.api.middleware', started),
    ...entries,
    entry(now, 'INFO', 'ktrdr.api.middleware', done),
  ];
}
