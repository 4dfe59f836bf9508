import { ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { joinLogs } from '../logs.ts';
import { matchRow, unmatchedResponse } from '../router.ts';
import type { Row } from '../router.ts';
import type { Handled } from '../service.ts';
import { tickWorld } from '../tick.ts';
import { accessLine } from '../wire.ts';
import type { World } from '../world.ts';
import { historical } from './historical.ts';
import { validate } from './validate.ts';

type Route = 'root' | 'health' | 'health.slash' | 'health.detailed' | 'historical' | 'validate';

const rows: readonly Row<Route>[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/health$/, route: 'health' },
  { method: 'GET', path: /^\/health\/$/, route: 'health.slash' },
  { method: 'GET', path: /^\/health\/detailed$/, route: 'health.detailed' },
  { method: 'POST', path: /^\/data\/historical$/, route: 'historical' },
  { method: 'POST', path: /^\/data\/validate$/, route: 'validate' },
  // They exist at ERA (guide ktrdr-api section 4.6), but nothing of them was recorded.
  { method: 'GET', path: /^\/data\/symbol-info\/([^/]+)$/ },
  { method: 'GET', path: /^\/data\/head-timestamp$/ },
];

/**
 * The IB host at ERA as a pure step. Health is recorded (ibhost-*); what it answers with a Gateway is
 * not, and follows guide ktrdr-api section 4.6. Without one it answers no question about data (ktrdr-real 25).
 */
export function handleIbHost(world: World, request: SandboxRequest, moment: Moment): Handled {
  const ticked = tickWorld(world, moment.now);
  const response = answerTo(ticked.world, request, moment);
  const lines = response.never ? [] : [accessLine(request, response.status)];
  return {
    world: ticked.world,
    response,
    logs: joinLogs(ticked.logs, { 'ib-host': lines }),
  };
}

function answerTo(world: World, request: SandboxRequest, { now }: Moment): SandboxResponse {
  const match = matchRow(rows, [], request.method, request.path);
  if (match.kind !== 'served') {
    return unmatchedResponse(match, request, 'its health, bars and symbols are served');
  }
  const hasGateway = world.modes.ib === 'up';
  switch (match.route) {
    case 'historical':
      return historical(request, hasGateway, world.speed);
    case 'validate':
      return validate(request, hasGateway, now);
    default:
      return ok(about(match.route, world.backend.version.hostStamp(now)));
  }
}

/** What the host tells of itself: it never looks at the Gateway (recordings ibhost-root, ibhost-health*). */
function about(
  route: 'root' | 'health' | 'health.slash' | 'health.detailed',
  timestamp: string,
): NonNullable<SandboxResponse['body']> {
  const well = { healthy: true, service: 'ib-connector', timestamp };
  switch (route) {
    case 'root':
      return {
        service: 'IB Connector Host Service',
        version: '1.0.0',
        status: 'running',
        timestamp,
      };
    case 'health':
      return { ...well, status: 'operational' };
    case 'health.slash':
      return {
        ...well,
        ib_status: { connected: false, connection_count: 0 },
        connection_info: { service_running: true, last_check: timestamp },
        error: null,
      };
    case 'health.detailed':
      return {
        ...well,
        ib_gateway_connected: false,
        active_connections: 0,
        total_requests: 0,
        error_count: 0,
        last_error: null,
        uptime_seconds: 0,
        connection_pool_status: { pool_initialized: false },
      };
  }
}
