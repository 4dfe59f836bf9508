import { detail, ok } from '../http.ts';
import type { Json, SandboxResponse } from '../http.ts';
import { stampOffset } from '../python-text.ts';
import type { World } from '../world.ts';
import { backtesting, training } from './kinds.ts';
import type { WorkerKind } from './kinds.ts';

/** A worker of HEAD as its registry knows it. */
export interface Worker {
  readonly id: string;
  readonly url: string;
  /** The operation that keeps it busy. */
  readonly busyWith: string | null;
}

/** The workers of a kind that have registered. */
export function workersOf(world: World, kind: WorkerKind): readonly Worker[] {
  if (!kind.isUp(world.modes)) return [];
  const running = kind.stateOf(world).operations.filter(({ status }) => status === 'running');
  return kind.ports.map((port) => {
    const id = `${kind.type}-worker-${port}`;
    const busyWith = running.find(({ work }) => work.workerId === id)?.id ?? null;
    return { id, url: `http://127.0.0.1:${port}`, busyWith };
  });
}

/** `GET /api/v1/workers`: a bare list (guide ktrdr-api section 1.5). */
export function registry(world: World, now: number): readonly Json[] {
  return [backtesting, training].flatMap((kind) =>
    workersOf(world, kind).map((worker) => ({
      worker_id: worker.id,
      worker_type: kind.type,
      endpoint_url: worker.url,
      status: worker.busyWith === null ? 'available' : 'busy',
      current_operation_id: worker.busyWith,
      capabilities: {},
      last_health_check: stampOffset(now),
      last_healthy_at: stampOffset(now),
      health_check_failures: 0,
      metadata: {},
    })),
  );
}

/** `GET /api/v1/workers/{id}`. */
export function registered(world: World, id: string, now: number): SandboxResponse {
  const ids = [backtesting, training].flatMap((kind) =>
    workersOf(world, kind).map((one) => one.id),
  );
  const known = registry(world, now)[ids.indexOf(id)];
  return known === undefined ? detail(404, `Worker not found: ${id}`) : ok(known);
}

/** The answer to a start for which no worker is free (guide ktrdr-api section 3.1); the uptime is that of the guide. */
export function noWorker(world: World, kind: WorkerKind): SandboxResponse {
  return detail(503, {
    error: `No ${kind.type} workers available`,
    worker_type: kind.type,
    registered_workers: workersOf(world, kind).length,
    backend_uptime_seconds: 12.3,
    hint: 'Workers auto-register after startup. Retry in a few seconds, or check worker container logs.',
  });
}
