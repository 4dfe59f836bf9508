import { STATUS_CODES } from 'node:http';
import type { SandboxRequest, SandboxResponse } from '../http.ts';
import { htmlType } from '../http.ts';
import { renderJson } from '../python-text.ts';

/** `X-Process-Time` and the middleware's duration: one recorded value, since the core has no clock. */
export const processTime = '1.02ms';

/** What goes over the wire: headers as uvicorn, starlette and KTRDR's middleware set them (health-backend-api-v1). */
export function wireOf(response: SandboxResponse): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
} {
  const page = response.headers['content-type'] === htmlType;
  const text =
    response.body === undefined ? '' : page ? String(response.body) : renderJson(response.body);
  const type = response.body === undefined || page ? {} : { 'content-type': 'application/json' };
  return {
    status: response.status,
    headers: {
      server: 'uvicorn',
      ...response.headers,
      'content-length': String(new TextEncoder().encode(text).length),
      ...type,
      'x-process-time': processTime,
      vary: 'Origin',
    },
    text,
  };
}

/** uvicorn's access line, such as `INFO:     127.0.0.1:43620 - "GET /api/v1/health HTTP/1.1" 200 OK`. */
export function accessLine(request: SandboxRequest, status: number): string {
  const query = request.query === '' ? '' : `?${request.query}`;
  const reason = STATUS_CODES[status] ?? '';
  return `INFO:     127.0.0.1:${request.clientPort} - "${request.method} ${request.path}${query} HTTP/1.1" ${status} ${reason}`;
}

/** Paths that KTRDR's middleware does not log (logs-operation-unknown, logs-health-backend). */
export function isQuiet(path: string): boolean {
  return path.startsWith('/api/v1/operations') || path === '/api/v1/health';
}
