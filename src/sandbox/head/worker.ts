import { listResponse } from '../backend/list-operations.ts';
import { find } from '../backend/operations.ts';
import { measurementsOf, operationInfo } from '../backend/operation-info.ts';
import { readBody } from '../backend/problems.ts';
import type { Work } from '../backend/work.ts';
import { stopOnWorker } from '../backtest-worker/operations.ts';
import { checkBacktest } from '../backtest/request.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { joinLogs } from '../logs.ts';
import type { Logs } from '../logs.ts';
import { notServed } from '../not-served.ts';
import { stampOffset } from '../python-text.ts';
import { matchRow, unmatchedResponse } from '../router.ts';
import type { Elsewhere, Row } from '../router.ts';
import type { Handled, Service } from '../service.ts';
import { tickWorld } from '../tick.ts';
import { accessLine, wireWith } from '../wire.ts';
import type { World } from '../world.ts';
import { beginOn, freeWorker, workerWork } from './distributed.ts';
import type { WorkerKind } from './kinds.ts';
import { unrecorded } from './marked.ts';
import { workersOf } from './registry.ts';
import { backtestTask, withOwn } from './backtest.ts';

type Route = 'root' | 'health' | 'start' | 'shutdown' | 'list' | 'get' | 'metrics' | 'cancel';

/** The workers of a kind behind one door: what one of them answers, of all that they run (guide ktrdr-api 1.5 and 2.6). */
export function workerDoor(kind: WorkerKind): Service {
  const rows = rowsOf(kind);
  return {
    name: kind.door,
    port: kind.port,
    addressVariable: kind.addressVariable,
    isUp: (modes) => kind.isUp(modes),
    handle: (world, request, moment) => handle(world, kind, rows, request, moment),
    wire: (response) => wireWith(response, unrecorded),
  };
}

function rowsOf(kind: WorkerKind): readonly Row<Route>[] {
  const one = String.raw`^/api/v1/operations/([^/]+)`;
  return [
    { method: 'GET', path: /^\/$/, route: 'root' },
    { method: 'GET', path: /^\/health$/, route: 'health' },
    { method: 'POST', path: new RegExp(`^${kind.startPath}$`), route: 'start' },
    { method: 'POST', path: /^\/backend-shutdown$/, route: 'shutdown' },
    { method: 'GET', path: /^\/api\/v1\/operations$/, route: 'list' },
    { method: 'GET', path: new RegExp(`${one}$`), route: 'get' },
    { method: 'GET', path: new RegExp(`${one}/metrics$`), route: 'metrics' },
    { method: 'DELETE', path: new RegExp(`${one}/cancel$`), route: 'cancel' },
  ];
}

const elsewhere: Elsewhere = [
  [/^\/(metrics|docs|redoc|openapi\.json|training\/.*)$/, 'HEAD was not recorded'],
];

interface Answer {
  readonly response: SandboxResponse;
  readonly world?: World;
  readonly logs?: Logs;
}

function handle(
  world: World,
  kind: WorkerKind,
  rows: readonly Row<Route>[],
  request: SandboxRequest,
  moment: Moment,
): Handled {
  const match = matchRow(rows, elsewhere, request.method, request.path);
  const ticked = tickWorld(world, moment.now);
  const cure = 'its health, its start and its operations are served';
  const answer =
    match.kind === 'served'
      ? answerTo(ticked.world, kind, match.route, match.id, request, moment)
      : { response: unmatchedResponse(match, request, cure) };
  const access = accessLine(request, answer.response.status);
  return {
    world: answer.world ?? ticked.world,
    response: answer.response,
    logs: joinLogs(ticked.logs, answer.logs ?? {}, { [kind.door]: [access] }),
  };
}

function answerTo(
  world: World,
  kind: WorkerKind,
  route: Route,
  id: string,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const { now } = moment;
  switch (route) {
    case 'root':
    case 'health':
      return { response: ok(about(world, kind, route, now)) };
    case 'shutdown':
      return { response: ok({ acknowledged: true }) };
    case 'start':
      return start(world, kind, request, moment);
    case 'list': {
      const listed = listResponse(kind.stateOf(world), request, now);
      return {
        response: 'problems' in listed ? notRecorded('to a wrong query') : ok(listed.body),
      };
    }
    case 'get':
    case 'metrics':
      return look(world, kind, id, route, now);
    case 'cancel': {
      const reason = new URLSearchParams(request.query).get('reason');
      const stopped = stopOnWorker(kind.stateOf(world), id, reason, now);
      return {
        response: ok({ success: true, data: stopped.result }),
        world: kind.withState(world, stopped.state),
        logs: { [kind.door]: stopped.entries.map(({ line }) => line) },
      };
    }
  }
}

function about(world: World, kind: WorkerKind, route: 'root' | 'health', now: number) {
  const workers = workersOf(world, kind);
  const busyWith = workers.find((worker) => worker.busyWith !== null)?.busyWith ?? null;
  const timestamp = stampOffset(now);
  return route === 'root'
    ? {
        service: kind.title,
        version: '1.0.0',
        status: 'running',
        timestamp,
        worker_id: workers[0]?.id ?? '',
      }
    : {
        healthy: true,
        service: kind.service,
        timestamp,
        status: 'operational',
        worker_status: busyWith === null ? 'idle' : 'busy',
        current_operation: busyWith,
      };
}

function look(
  world: World,
  kind: WorkerKind,
  id: string,
  route: 'get' | 'metrics',
  now: number,
): Answer {
  const found = find(kind.stateOf(world), id, now);
  if (found === undefined) return { response: detail(404, `Operation not found: ${id}`) };
  const { state, operation } = found;
  const measured = measurementsOf(state, operation);
  const data =
    route === 'get'
      ? operationInfo(state, operation)
      : { operation_id: id, operation_type: kind.type, metrics: [measured, measured.length] };
  return { response: ok({ success: true, data }), world: kind.withState(world, state) };
}

/** A start without the backend, which then knows nothing of it; of a training the guide does not say what is sent. */
function start(world: World, kind: WorkerKind, request: SandboxRequest, moment: Moment): Answer {
  const body = readBody(request);
  if (kind.type === 'training' || body.kind !== 'members')
    return { response: notRecorded('to this start') };
  const { order, problems } = checkBacktest(body.members, world.backend.version);
  const whole = withOwn(world, order);
  if (problems.length > 0 || whole === undefined)
    return { response: notRecorded('to an order that is not whole') };
  const worker = freeWorker(world, kind);
  if (worker === undefined) return { response: detail(503, 'Worker is busy') };
  const task = backtestTask(world, whole, moment);
  const work: Work = workerWork(task, worker);
  return {
    response: ok({ success: true, operation_id: task.id, status: 'started' }),
    ...beginOn(world, kind, work, task.id, moment.now),
  };
}

function notRecorded(what: string): SandboxResponse {
  return notServed(
    `what a worker of HEAD answers ${what} is not known`,
    'start it through the backend',
  );
}
