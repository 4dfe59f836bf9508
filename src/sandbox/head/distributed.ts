import type { Answer } from '../backend/answer.ts';
import { cancelRecord } from '../backend/cancel.ts';
import { operationsService } from '../backend/managed-log.ts';
import { newOperation } from '../backend/new-operation.ts';
import { find } from '../backend/operations.ts';
import { measurementsOf } from '../backend/operation-info.ts';
import type { RemoteHost } from '../backend/remote.ts';
import type { Operation } from '../backend/state.ts';
import type { Work } from '../backend/work.ts';
import type { SandboxResponse } from '../http.ts';
import { membersOf } from '../json.ts';
import type { Members } from '../json.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { World } from '../world.ts';
import type { WorkerKind } from './kinds.ts';
import { noWorker, workersOf } from './registry.ts';
import type { Worker } from './registry.ts';

/** What a worker is to do: work as ERA does it in one process, with what HEAD tells of it. */
export interface Task {
  readonly id: string;
  readonly local: Work;
  /** `metadata` of its record, but for the worker's name. */
  readonly metadata: Members;
  /** The result as HEAD shows it. */
  result(of: NonNullable<Operation['result']>): NonNullable<Operation['result']>;
}

/** Gives a task to a free worker: the backend's record mirrors the worker's, which has the same id. */
export function distribute(
  world: World,
  kind: WorkerKind,
  task: Task,
  response: SandboxResponse,
  now: number,
): Answer {
  const worker = freeWorker(world, kind);
  if (worker === undefined) return { response: noWorker(world, kind) };
  const work = workerWork(task, worker);
  const record: Operation = {
    ...newOperation(task.id, { ...work, ...elsewhere, host: hostOf(kind, work, worker) }, now),
    remote: { answersAt: now, id: null, measurements: [] },
  };
  const state = world.backend;
  return { response, state: { ...state, operations: [...state.operations, record] } };
}

/** The next worker without an operation. */
export function freeWorker(world: World, kind: WorkerKind): Worker | undefined {
  return workersOf(world, kind).find(({ busyWith }) => busyWith === null);
}

/** The backend's part: it only ever reads what the worker tells. */
const elsewhere: Pick<Work, 'endsAt' | 'log'> = { endsAt: Infinity, log: () => [] };

/**
 * The worker's part. Nothing pushes its progress, a cancel stays a cancel, and its log is known only as far as guide
 * ktrdr-api section 7 tells.
 */
export function workerWork({ local, metadata, result }: Task, worker: Worker): Work {
  const parameters = { ...membersOf(metadata['parameters']), worker_id: worker.id };
  return {
    ...local,
    workerId: worker.id,
    metadata: { ...metadata, parameters },
    announce: (offset, pace) => {
      const { at, pulled, measured } = local.announce(offset, pace);
      return { at, pulled, measured };
    },
    noticesCancelAt: () => null,
    log: () => [],
    finish: (state, operation) => {
      const { state: after } = local.finish(state, operation);
      const ended = after.operations.find(({ id }) => id === operation.id) ?? operation;
      const shown = { ...ended, result: ended.result === null ? null : result(ended.result) };
      const operations = after.operations.map((each) => (each.id === shown.id ? shown : each));
      return { state: { ...after, operations }, entries: [endLine(shown)] };
    },
  };
}

function endLine({ id, completedAt, errorMessage }: Operation): LogEntry {
  const at = completedAt ?? 0;
  return errorMessage === null
    ? entry(at, 'INFO', operationsService, `Completed operation: ${id}`)
    : entry(at, 'ERROR', operationsService, `Failed operation: ${id} - ${errorMessage}`);
}

function hostOf(kind: WorkerKind, work: Work, worker: Worker): RemoteHost {
  return {
    origin: worker.url,
    begin: (world, { id }, at) => ({
      ...beginOn(world, kind, work, id, at),
      entries: [
        say(at, `Registered remote proxy for operation ${id} → host ${id}`),
        entry(at, 'INFO', serviceLogger[kind.type], `Registered remote proxy: ${id} → ${id}`),
      ],
      outcome: { id },
    }),
    read: (world, id, now) => read(world, kind, id, now),
    cancel: (world, id, reason, now) => {
      const state = kind.stateOf(world);
      const operation = state.operations.find((each) => each.id === id);
      if (operation?.status !== 'running') return { world, logs: {} };
      const done = cancelRecord(state, operation, reason, now);
      return { world: kind.withState(world, done.state), logs: linesOf(kind, done.entries) };
    },
  };
}

const serviceLogger = {
  training: 'ktrdr.api.services.training_service',
  backtesting: 'ktrdr.backtesting.backtesting_service',
};

/** The operation begun on the worker, with the lines of its log. */
export function beginOn(
  world: World,
  kind: WorkerKind,
  work: Work,
  id: string,
  at: number,
): { readonly world: World; readonly logs: { readonly [service: string]: readonly string[] } } {
  const state = kind.stateOf(world);
  const begun = {
    ...state,
    isWarm: true,
    operations: [...state.operations, newOperation(id, work, at)],
  };
  const own = kind.bridgeLine;
  return {
    world: kind.withState(world, begun),
    logs: linesOf(kind, [
      say(at, `Created operation: ${id} (type: OperationType.${kind.type.toUpperCase()})`),
      say(at, `Started operation: ${id}`),
      say(at, `Registered local bridge for operation ${id}`),
      ...(own === undefined ? [] : [entry(at, 'INFO', own.logger, `${own.text} ${id}`)]),
    ]),
  };
}

/** The record there; its metrics are the pair that the proxy takes for a list (ktrdr-api 2.3, ktrdr-real 16). */
function read(
  world: World,
  kind: WorkerKind,
  id: string,
  now: number,
): ReturnType<RemoteHost['read']> {
  const found = find(kind.stateOf(world), id, now);
  if (found === undefined) throw new Error(`no worker has the operation ${id}`);
  const measured = measurementsOf(found.state, found.operation);
  return {
    world: kind.withState(world, found.state),
    logs: {},
    record: found.operation,
    measurements: kind.type === 'training' ? [measured, measured.length] : [],
  };
}

function linesOf(kind: WorkerKind, entries: readonly LogEntry[]) {
  return { [kind.door]: entries.map(({ line }) => line) };
}

function say(at: number, text: string): LogEntry {
  return entry(at, 'INFO', operationsService, text);
}
