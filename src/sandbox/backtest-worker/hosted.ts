import type { Answer } from '../backend/answer.ts';
import { operationsService } from '../backend/managed-log.ts';
import { newOperation, operationId } from '../backend/new-operation.ts';
import { find } from '../backend/operations.ts';
import type { RemoteHost } from '../backend/remote.ts';
import type { BackendState, Operation } from '../backend/state.ts';
import type { Work } from '../backend/work.ts';
import { announcementLog } from '../backtest/log.ts';
import { metadataOf } from '../backtest/order.ts';
import type { BacktestOrder } from '../backtest/order.ts';
import { startedResponse } from '../backtest/run.ts';
import { startingProgress } from '../backtest/timeline.ts';
import type { Moment } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Modes } from '../modes.ts';
import { accessLine } from '../wire.ts';
import type { World } from '../world.ts';
import { beginOnWorker, stopOnWorker } from './operations.ts';

/** Where the backend finds the worker, as its log tells (logs-remote-backtest-520bars-backend-remote). */
const origin = 'http://127.0.0.1:5003';

const backtestingService = 'ktrdr.backtesting.backtesting_service';

/**
 * How long it takes until the worker has answered, in milliseconds of KTRDR's own time: 34 and 90 ms, and
 * 33 ms when nothing is there (logs-remote-backtest-*, recording remote-backtest-worker-down).
 */
const answerAfterMs = 34;

/** A backtest in remote mode: the record of the backend, which the worker will answer for. */
export function startRemotely(
  state: BackendState,
  modes: Modes,
  order: BacktestOrder,
  moment: Moment,
): Answer {
  const work = remoteBacktest(order, modes);
  const operation: Operation = {
    ...newOperation(operationId(work, moment), work, moment.now),
    progress: startingProgress,
    remote: { answersAt: moment.now + answerAfterMs / state.speed, id: null, measurements: [] },
  };
  const asking = `Starting remote backtest at ${origin}/backtests/start`;
  return {
    response: startedResponse(operation.id, order, 'remote'),
    state: { ...state, operations: [...state.operations, operation] },
    entries: [
      ...announcementLog(moment.now, operation.id, order, '🚀 EXECUTING BACKTEST: REMOTE'),
      entry(moment.now, 'INFO', backtestingService, asking),
    ],
  };
}

/** The backend's part: it waits for what the worker tells. */
function remoteBacktest(order: BacktestOrder, modes: Modes): Work {
  return {
    type: 'backtesting',
    symbol: order.symbol,
    metadata: metadataOf(order, 'remote'),
    endsAt: Infinity,
    announce: () => ({ at: 0, pulled: startingProgress, measured: 0 }),
    measures: 'metrics',
    measurements: () => [],
    noticesCancelAt: () => null,
    log: () => [],
    finish: (state) => ({ state, entries: [] }),
    noticeCancel: (state) => ({ state, entries: [] }),
    host: {
      origin,
      begin: (world, operation, at) => begin(world, operation, order, modes, at),
      read,
      cancel,
    },
  };
}

function begin(
  world: World,
  operation: Operation,
  order: BacktestOrder,
  modes: Modes,
  at: number,
): ReturnType<RemoteHost['begin']> {
  if (modes.backtest === 'remote-down') {
    return { world, logs: {}, entries: [], outcome: { error: 'All connection attempts failed' } };
  }
  // What the backend sends are times, whatever it was sent.
  const sent = { ...order, startText: order.startDate, endText: order.endDate };
  const begun = beginOnWorker(world, sent, { now: at, hex: otherHex(operation.id.slice(-8)) });
  const { id } = begun.operation;
  return {
    world: begun.world,
    logs: workerLines(begun.entries, 'POST', '/backtests/start'),
    entries: registeredLog(at, operation.id, id),
    outcome: { id },
  };
}

/** The lines that tie the two ids (logs-remote-backtest-520bars-backend-remote). */
function registeredLog(at: number, id: string, remoteId: string): readonly LogEntry[] {
  const say = (logger: string, text: string): LogEntry => entry(at, 'INFO', logger, text);
  return [
    say('httpx', `HTTP Request: POST ${origin}/backtests/start "HTTP/1.1 200 OK"`),
    say(backtestingService, `Remote backtest started: backend_op=${id}, remote_op=${remoteId}`),
    say(operationsService, `Registered remote proxy for operation ${id} → host ${remoteId}`),
    say(backtestingService, `Registered remote proxy: ${id} → ${remoteId}`),
  ];
}

/** The proxy mirrors no context (recording remote-backtest-bad-strategy), and there are no metrics to mirror. */
function read(world: World, id: string, now: number): ReturnType<RemoteHost['read']> {
  const found = find(world.backtestWorker, id, now);
  if (found === undefined) throw new Error(`the backtest worker has no operation ${id}`);
  const path = `/api/v1/operations/${id}`;
  const { operation } = found;
  return {
    world: { ...world, backtestWorker: found.state },
    logs: {
      'backtest-worker': [path, `${path}/metrics?cursor=0`].map((target) =>
        internalAccess('GET', target),
      ),
    },
    record: { ...operation, progress: { ...operation.progress, context: {} } },
    measurements: [],
  };
}

function cancel(
  world: World,
  id: string,
  reason: string | null,
  now: number,
): ReturnType<RemoteHost['cancel']> {
  const stopped = stopOnWorker(world.backtestWorker, id, reason, now);
  return {
    world: { ...world, backtestWorker: stopped.state },
    logs: workerLines(stopped.entries, 'DELETE', `/api/v1/operations/${id}/cancel`),
  };
}

function workerLines(entries: readonly LogEntry[], method: string, path: string) {
  return {
    'backtest-worker': [...entries.map((each) => each.line), internalAccess(method, path)],
  };
}

/** The access line of a request that the backend sends. */
function internalAccess(method: string, target: string): string {
  const [path = '', query = ''] = target.split('?');
  return accessLine({ method, path, query, clientPort: 47_210 }, 200);
}

/** Eight other hexadecimal digits, made from those of an id by a linear congruential generator. */
function otherHex(hex: string): string {
  const next = (Math.imul(Number.parseInt(hex, 16), 1_664_525) + 1_013_904_223) >>> 0;
  return next.toString(16).padStart(8, '0');
}
