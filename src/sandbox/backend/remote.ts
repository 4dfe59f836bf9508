import type { Json } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { joinLogs } from '../logs.ts';
import type { Logs } from '../logs.ts';
import type { Step } from '../service.ts';
import type { World } from '../world.ts';
import { executedLine, failureLog, operationsService, orchestrator } from './managed-log.ts';
import { replaceOperation } from './state.ts';
import type { BackendState, Operation } from './state.ts';

/** What ties an operation of the backend to the one that another service runs for it. */
export interface Remote {
  /** When the other service answers the backend, in wall-clock milliseconds. */
  readonly answersAt: number;
  /** The operation's id there, once it has answered. */
  readonly id: string | null;
  /**
   * What `metrics` holds: every refresh adds the whole list and its length, since the proxy takes the
   * host's pair for a list of entries (ktrdr-real 16, recording host-train-progress-5m).
   */
  readonly measurements: readonly Json[];
}

/** A service that runs operations for the backend: HOST mode and remote mode. */
export interface RemoteHost {
  /** Where the backend finds it, as its log tells (logs-host-train-smoke-1d-2024-backend-remote). */
  readonly origin: string;
  /** Starts the work of an operation there: its id there, or why it did not start. */
  begin(world: World, operation: Operation, at: number): Begun;
  /** The record there, pulled when due, and the pair that its metrics route answers with. */
  read(world: World, id: string, now: number): Reading;
  /** Asks it to stop. */
  cancel(world: World, id: string, reason: string | null, now: number): Step;
}

/** What became of a start on another service. */
export type Begun = Step & {
  /** What the backend says of it. */
  readonly entries: readonly LogEntry[];
  readonly outcome: { readonly id: string } | { readonly error: string };
};

/** An operation as another service tells of it. */
export interface Reading extends Step {
  readonly record: Operation;
  readonly measurements: readonly Json[];
}

/** Hands over what is due: operations that another service has answered for up to `now`. */
export function handOver(world: World, now: number): Step {
  let step: Step = { world, logs: {} };
  for (const operation of world.backend.operations) {
    const { remote, work, status } = operation;
    if (remote === undefined || work.host === undefined || status !== 'running') continue;
    if (remote.id !== null || remote.answersAt > now) continue;
    const begun = work.host.begin(step.world, operation, remote.answersAt);
    const handed = answered(operation, remote, begun.outcome);
    const outcome = world.backend.version.manages
      ? outcomeLog(operation, remote.answersAt, begun.outcome)
      : [];
    const entries = [...begun.entries, ...outcome];
    step = {
      world: withOperation(begun.world, handed),
      logs: joinLogs(step.logs, begun.logs, linesOf(entries)),
    };
  }
  return step;
}

function answered(operation: Operation, remote: Remote, outcome: Begun['outcome']): Operation {
  if ('id' in outcome) return { ...operation, remote: { ...remote, id: outcome.id } };
  const at = remote.answersAt;
  return { ...operation, status: 'failed', completedAt: at, errorMessage: outcome.error };
}

function outcomeLog({ id }: Operation, at: number, outcome: Begun['outcome']): readonly LogEntry[] {
  if ('error' in outcome) return failureLog(at, id, outcome.error);
  const remotely = `🔄 Operation ${id} started remotely - not auto-completing (backend operation stays RUNNING, completion detected via client queries)`;
  return [executedLine(at, id), entry(at, 'INFO', orchestrator, remotely)];
}

/** How long a reading is fresh, in milliseconds of KTRDR's own time (guide ktrdr-api section 2.3). */
const freshMs = 1000;

/**
 * An operation of the backend as a request by id finds it: read again from the service that runs it,
 * when the last reading is a second old (or `force`). Status, progress and metrics are mirrored, and what the version says.
 */
export function refresh(world: World, id: string, now: number, force: boolean): Step {
  const operation = world.backend.operations.find((each) => each.id === id);
  const { work, remote, status, lastPull } = operation ?? {};
  if (operation === undefined || status !== 'running') return { world, logs: {} };
  if (work?.host === undefined || remote === undefined || remote.id === null) {
    return { world, logs: {} };
  }
  const { speed } = world;
  if (typeof lastPull === 'number' && (now - lastPull) * speed < freshMs && !force) {
    return { world, logs: {} };
  }
  const reading = work.host.read(world, remote.id, now);
  const mirrored: Operation = {
    ...operation,
    status: reading.record.status,
    progress: reading.record.progress,
    lastPull: now,
    ...world.backend.version.mirrored(reading.record),
    remote: { ...remote, measurements: [...remote.measurements, ...reading.measurements] },
  };
  const url = `${work.host.origin}/api/v1/operations/${remote.id}`;
  const asked = [url, `${url}/metrics?cursor=0`].map((target) =>
    entry(now, 'INFO', 'httpx', `HTTP Request: GET ${target} "HTTP/1.1 200 OK"`),
  );
  return {
    world: withOperation(reading.world, mirrored),
    logs: joinLogs(reading.logs, linesOf(asked)),
  };
}

/** What the backend says when it stops an operation on another service (logs-host-train-cancel-5m-15s-backend-remote). */
export function remoteCancelLog(now: number, id: string, remoteId: string): readonly LogEntry[] {
  const say = (text: string): LogEntry => entry(now, 'INFO', operationsService, text);
  return [
    say(`Cancelling remote operation via proxy: ${remoteId} (backend: ${id})`),
    say(`Successfully cancelled remote operation: ${remoteId}`),
  ];
}

function withOperation(world: World, changed: Operation): World {
  const backend: BackendState = replaceOperation(world.backend, changed);
  return { ...world, backend };
}

function linesOf(entries: readonly LogEntry[]): Logs {
  return { backend: entries.map((each) => each.line) };
}
