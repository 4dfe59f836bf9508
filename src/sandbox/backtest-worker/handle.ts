import { find } from '../backend/operations.ts';
import { operationInfo } from '../backend/operation-info.ts';
import { listPage } from '../backend/list-operations.ts';
import type { BackendState } from '../backend/state.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import type { LogEntry } from '../log-entry.ts';
import { joinLogs } from '../logs.ts';
import { notServed } from '../not-served.ts';
import { stampNaive } from '../python-text.ts';
import { unmatchedResponse } from '../router.ts';
import type { Match } from '../router.ts';
import type { Handled } from '../service.ts';
import { tickWorld } from '../tick.ts';
import { accessLine } from '../wire.ts';
import type { World } from '../world.ts';
import { stopOnWorker } from './operations.ts';
import { matchRoute } from './routes.ts';
import type { Route } from './routes.ts';
import { startOnWorker } from './start.ts';

/** What a route gives back: the response, and the world and lines if something changed. */
interface Answer {
  readonly response: SandboxResponse;
  readonly world?: World;
  readonly entries?: readonly LogEntry[];
}

/** The backtest worker at ERA as a pure step (recordings worker-*, health-backtest-worker*, root-backtest-worker). */
export function handleBacktestWorker(
  world: World,
  request: SandboxRequest,
  moment: Moment,
): Handled {
  const match = matchRoute(request.method, request.path);
  const ticked = tickWorld(world, moment.now);
  const answer = answerTo(ticked.world, request, moment, match);
  const lines = (answer.entries ?? []).map((each) => each.line);
  return {
    world: answer.world ?? ticked.world,
    response: answer.response,
    logs: joinLogs(ticked.logs, {
      'backtest-worker': [...lines, accessLine(request, answer.response.status)],
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
    const cure = 'its health, backtests and operations are served';
    return { response: unmatchedResponse(match, request, cure) };
  }
  const { id, route } = match;
  switch (route) {
    case 'root':
    case 'health':
      return { response: ok(about(route, moment.now)) };
    case 'backtests.start':
      return startOnWorker(world, request, moment);
    case 'operations.list':
      return { response: list(world.backtestWorker, request, moment.now) };
    case 'operations.get':
    case 'operations.metrics':
      return look(world, id, request, moment.now, route);
    case 'operations.cancel': {
      const reason = new URLSearchParams(request.query).get('reason');
      const stopped = stopOnWorker(world.backtestWorker, id, reason, moment.now);
      return {
        response: ok(stopped.result),
        world: { ...world, backtestWorker: stopped.state },
        entries: stopped.entries,
      };
    }
  }
}

function about(route: 'root' | 'health', now: number) {
  const timestamp = stampNaive(now);
  return route === 'root'
    ? {
        service: 'Backtesting Remote Service',
        version: '1.0.0',
        status: 'running',
        timestamp,
        mode: 'local',
        note: 'Runs BacktestingService in LOCAL mode (backend treats this as remote)',
      }
    : { healthy: true, service: 'backtest-remote', timestamp, status: 'operational' };
}

/** Whole records, and as `filtered` the number of active ones (recordings worker-operations-list, remote-backtest-worker-list). */
function list(state: BackendState, request: SandboxRequest, now: number): SandboxResponse {
  const page = listPage(state, request, now, 100);
  if ('problems' in page) {
    const what = 'what the backtest worker answers to a wrong query was not recorded';
    return notServed(what, 'use the names and values of the backend');
  }
  return ok({
    operations: page.shown.map((operation) => operationInfo(state, operation)),
    total: page.total,
    filtered: page.active,
    limit: page.limit,
    offset: page.offset,
  });
}

/** The bare record, without `success` and `data` (recording worker-operations-get); a backtest measures nothing. */
function look(
  world: World,
  id: string,
  request: SandboxRequest,
  now: number,
  route: 'operations.get' | 'operations.metrics',
): Answer {
  const force = new URLSearchParams(request.query).get('force_refresh') === 'true';
  const found = find(world.backtestWorker, id, now, force && route === 'operations.get');
  if (found === undefined) return { response: detail(404, `Operation not found: ${id}`) };
  const { state, operation } = found;
  const body =
    route === 'operations.get' ? operationInfo(state, operation) : { metrics: [], cursor: 0 };
  return { response: ok(body), world: { ...world, backtestWorker: state } };
}
