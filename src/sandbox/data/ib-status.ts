import type { Answer } from '../backend/answer.ts';
import { detail, ok } from '../http.ts';
import type { Json, Moment } from '../http.ts';
import type { Modes } from '../modes.ts';
import { notServed } from '../not-served.ts';
import { stampOffset } from '../python-text.ts';

/** The backend's routes about Interactive Brokers. */
export type IbRoute = 'ib.status' | 'ib.health' | 'ib.resilience' | 'ib.config';

/** `GET /api/v1/ib/*`: the configuration always; the rest was recorded without an IB host only (recordings ib-*). */
export function ibAnswer(route: IbRoute, modes: Modes, { now }: Moment): Answer {
  if (route === 'ib.config') return { response: envelope(config) };
  if (modes.ib !== 'host-down') {
    const what = 'what the backend tells of an IB host that is there was not recorded';
    return { response: notServed(what, 'start the sandbox with --mode ib=host-down') };
  }
  switch (route) {
    case 'ib.status':
      return { response: envelope(status) };
    case 'ib.resilience':
      return { response: envelope({ ...resilience, timestamp: stampOffset(now) }) };
    case 'ib.health': {
      const inner = '503: IB connection is unhealthy: IB host service reports unhealthy';
      return { response: detail(500, `Failed to check IB health: ${inner}`) };
    }
  }
}

function envelope(data: { readonly [key: string]: Json }): Answer['response'] {
  return ok({ success: true, data, error: null });
}

const config = {
  host: '127.0.0.1',
  port: 4002,
  client_id_range: { min: 1, max: 999 },
  timeout: 30,
  readonly: true,
  rate_limit: { max_requests: 60, period_seconds: 600, pacing_delay: 0.6 },
};

const status = {
  connection: {
    connected: false,
    host: 'http://127.0.0.1:5001',
    port: 5001,
    client_id: 0,
    connection_time: null,
  },
  connection_metrics: {
    total_connections: 0,
    failed_connections: 1,
    last_connect_time: null,
    last_disconnect_time: null,
    uptime_seconds: null,
  },
  data_metrics: {
    total_requests: 0,
    successful_requests: 0,
    failed_requests: 1,
    total_bars_fetched: 0,
    success_rate: 0,
  },
  ib_available: false,
};

const resilience = {
  architecture: 'host_service',
  host_service_health: {
    healthy: false,
    connected: false,
    provider_info: {
      error:
        'Host service connection failed: HTTP error for GET /health: All connection attempts failed',
    },
  },
  features: {
    http_communication: 'enabled',
    rate_limiting: 'handled_by_host_service',
    connection_management: 'handled_by_host_service',
  },
};
