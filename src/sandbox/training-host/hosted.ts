import type { RemoteHost } from '../backend/remote.ts';
import { find } from '../backend/operations.ts';
import { measurementsOf } from '../backend/operation-info.ts';
import type { Operation } from '../backend/state.ts';
import { noProgress } from '../backend/progress.ts';
import type { Progress, Work } from '../backend/work.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Logs } from '../logs.ts';
import type { Modes } from '../modes.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { metadataOf } from '../training/work.ts';
import type { World } from '../world.ts';
import { accessLine } from '../wire.ts';
import { handOverLog, refusedLog, registeredLog } from './backend-log.ts';
import { busyText, startSession, stopSession } from './sessions.ts';
import { operationIdOf, sessionIdOf } from './state.ts';

/** A training that the backend lets the training host do (recordings host-train-*). */
export interface HostedTraining extends Work {
  readonly order: TrainingOrder;
  /** What its record shows until the host's is read for the first time. */
  readonly starting: Progress;
}

/**
 * How long it takes until the host has answered, in milliseconds of KTRDR's own time: 165 ms for a
 * session, 108 ms when it is busy, 40 ms when nothing is there (logs-host-train-*-backend-remote).
 */
export function answerAfter(modes: Modes): number {
  return modes.training === 'host-down' ? 40 : 150;
}

/** The backend's part of a training in HOST mode: it waits for what the host tells. */
export function hostedTraining(order: TrainingOrder): HostedTraining {
  const starting: Progress = {
    ...noProgress,
    current_step: 'Starting training',
    steps_total: order.strategy.epochs,
    context: { operation: 'training', service: 'TrainingService' },
  };
  return {
    order,
    starting,
    type: 'training',
    symbol: order.symbols[0] ?? null,
    metadata: metadataOf(order, 'host_service'),
    endsAt: Infinity,
    announce: () => ({ at: 0, pulled: starting, measured: 0 }),
    measures: 'epochs',
    measurements: () => [],
    noticesCancelAt: () => null,
    log: () => [],
    finish: (state) => ({ state, entries: [] }),
    noticeCancel: (state) => ({ state, entries: [] }),
    host: trainingHostRemote(order),
  };
}

function trainingHostRemote(order: TrainingOrder): RemoteHost {
  return {
    origin: 'http://127.0.0.1:5002',
    begin: (world, operation, at) => begin(world, operation, order, at),
    read: (world, id, now) => read(world, id, now),
    cancel: (world, id, reason, now) => cancel(world, id, reason, now),
  };
}

function begin(
  world: World,
  operation: Operation,
  order: TrainingOrder,
  at: number,
): ReturnType<RemoteHost['begin']> {
  const failed = '[Training] Host service connection failed: ';
  const asking = handOverLog(at, operation.id, order);
  if (world.modes.training === 'host-down') {
    const error = `${failed}HTTP error for POST /training/start: All connection attempts failed`;
    return { world, logs: {}, entries: asking, outcome: { error } };
  }
  const sessionId = sessionIdOf(operation.id.slice(-8));
  const asked = startSession(world.trainingHost, sessionId, order, world.backend.cache, at);
  const status = asked.refusal === undefined ? 200 : 503;
  const next = { ...world, trainingHost: asked.state };
  const logs = hostLines(asked.entries, 'POST', '/training/start', status);
  if (asked.refusal !== undefined) {
    const error = `${failed}Host service error (HTTP 503): ${busyText}`;
    return {
      world: next,
      logs,
      entries: [...asking, ...refusedLog(at, busyText)],
      outcome: { error },
    };
  }
  const id = operationIdOf(sessionId);
  const entries = [...asking, ...registeredLog(at, operation.id, sessionId)];
  return { world: next, logs, entries, outcome: { id } };
}

function read(world: World, id: string, now: number): ReturnType<RemoteHost['read']> {
  const found = find(world.trainingHost.operations, id, now);
  if (found === undefined) throw new Error(`the training host has no operation ${id}`);
  const path = `/api/v1/operations/${id}`;
  const epochs = measurementsOf(found.state, found.operation);
  return {
    world: { ...world, trainingHost: { ...world.trainingHost, operations: found.state } },
    logs: {
      'training-host': [
        internalAccess('GET', path, 200),
        internalAccess('GET', `${path}/metrics?cursor=0`, 200),
      ],
    },
    record: found.operation,
    measurements: [epochs, epochs.length],
  };
}

function cancel(
  world: World,
  id: string,
  reason: string | null,
  now: number,
): ReturnType<RemoteHost['cancel']> {
  const state = world.trainingHost;
  const operation = state.operations.operations.find((each) => each.id === id);
  if (operation?.status !== 'running') return { world, logs: {} };
  const stopped = stopSession(state, operation, reason, now);
  return {
    world: { ...world, trainingHost: stopped.state },
    logs: hostLines(stopped.entries, 'DELETE', `/api/v1/operations/${id}/cancel`, 200),
  };
}

function hostLines(
  entries: readonly LogEntry[],
  method: string,
  path: string,
  status: number,
): Logs {
  return {
    'training-host': [...entries.map((each) => each.line), internalAccess(method, path, status)],
  };
}

/** The access line of a request that the backend sends. */
function internalAccess(method: string, target: string, status: number): string {
  const [path = '', query = ''] = target.split('?');
  return accessLine({ method, path, query, clientPort: 37684 }, status);
}
