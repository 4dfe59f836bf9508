import { ok } from '../http.ts';
import type { Json, Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { matchRow, unmatchedResponse } from '../router.ts';
import type { Elsewhere, Row } from '../router.ts';
import type { Handled, Service } from '../service.ts';
import { stampOffset } from '../python-text.ts';
import { accessLine, wireWith } from '../wire.ts';
import type { World } from '../world.ts';

/**
 * KTRDR's backend at HEAD as far as guide ktrdr-api tells it (sections 1.1 and 1.5): unrecorded, so only who it is and its
 * registry of workers are served, and the rest refuses loudly.
 */
export const headBackend: Service = {
  name: 'backend',
  port: 8000,
  addressVariable: 'KTRDR_API_URL',
  isUp: () => true,
  handle: handleHead,
  wire: (response) => wireWith(response, { 'x-process-time': '1.02ms' }),
};

type Route = 'root' | 'health' | 'workers.list' | 'workers.get';

const rows: readonly Row<Route>[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/api\/v1\/health$/, route: 'health' },
  { method: 'GET', path: /^\/api\/v1\/workers$/, route: 'workers.list' },
  { method: 'GET', path: /^\/api\/v1\/workers\/([^/]+)$/, route: 'workers.get' },
];

const elsewhere: Elsewhere = [[/^\/(api\/v1|metrics)(\/|$)/, 'HEAD was not recorded']];

/** The workers of the local set-up: backtests on 5003 and 5004, trainings on 5005 and 5006. */
const workers = [
  ['backtesting', 5003],
  ['backtesting', 5004],
  ['training', 5005],
  ['training', 5006],
] as const;

function handleHead(world: World, request: SandboxRequest, { now }: Moment): Handled {
  const match = matchRow(rows, elsewhere, request.method, request.path);
  const response =
    match.kind === 'served'
      ? answer(match.route, match.id, now)
      : unmatchedResponse(match, request, 'use --profile-version era, which was recorded');
  return { world, response, logs: { backend: [accessLine(request, response.status)] } };
}

function answer(route: Route, id: string, now: number): SandboxResponse {
  switch (route) {
    case 'root':
      return ok({ message: 'KTRDR API is running. Visit /api/v1/docs for documentation' });
    case 'health':
      return ok({
        status: 'ok',
        version: '0.0.0.dev',
        orphan_detector: {
          running: true,
          potential_orphans_count: 0,
          last_check: stampOffset(now),
          orphan_timeout_seconds: 60,
          check_interval_seconds: 15,
        },
      });
    case 'workers.list':
      return ok(workers.map(([type, port]) => worker(type, port, now)));
    case 'workers.get': {
      const known = workers.find(([type, port]) => idOf(type, port) === id);
      if (known) return ok(worker(known[0], known[1], now));
      return { status: 404, headers: {}, body: { detail: `Worker not found: ${id}` } };
    }
  }
}

function idOf(type: string, port: number): string {
  return `${type}-worker-${port}`;
}

function worker(type: string, port: number, now: number): { readonly [key: string]: Json } {
  return {
    worker_id: idOf(type, port),
    worker_type: type,
    endpoint_url: `http://127.0.0.1:${port}`,
    status: 'available',
    current_operation_id: null,
    capabilities: {},
    last_health_check: stampOffset(now),
    last_healthy_at: stampOffset(now),
    health_check_failures: 0,
    metadata: {},
  };
}
