import type { SandboxResponse } from '../http.ts';
import type { Wire } from '../service.ts';
import { wireWith } from '../wire.ts';

/** `X-Process-Time` and the middleware's duration: one recorded value, since the core has no clock. */
export const processTime = '1.02ms';

/** What goes over the wire: headers as uvicorn, starlette and KTRDR's middleware set them (health-backend-api-v1). */
export function wireOf(response: SandboxResponse): Wire {
  return wireWith(response, { 'x-process-time': processTime });
}

/** Paths that KTRDR's middleware does not log (logs-operation-unknown, logs-health-backend). */
export function isQuiet(path: string): boolean {
  return path.startsWith('/api/v1/operations') || path === '/api/v1/health';
}
