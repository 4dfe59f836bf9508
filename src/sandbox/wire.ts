import { STATUS_CODES } from 'node:http';
import type { SandboxRequest, SandboxResponse } from './http.ts';
import { htmlType } from './http.ts';
import { renderJson } from './python-text.ts';
import type { Wire } from './service.ts';

/** What goes over the wire as uvicorn and FastAPI send it, with the headers of the service's own middleware at the end. */
export function wireWith(
  response: SandboxResponse,
  own: Readonly<Record<string, string>> = {},
): Wire {
  const { body } = response;
  const page = response.headers['content-type'] === htmlType;
  const text = response.text ?? (body === undefined ? '' : page ? String(body) : renderJson(body));
  const type = text === '' || page ? {} : { 'content-type': 'application/json' };
  const { delayMs, never } = response;
  return {
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(never === undefined ? {} : { never }),
    status: response.status,
    headers: {
      server: 'uvicorn',
      ...response.headers,
      'content-length': String(new TextEncoder().encode(text).length),
      ...type,
      ...own,
      vary: 'Origin',
    },
    text,
  };
}

/** uvicorn's access line, such as `INFO:     127.0.0.1:43620 - "GET /api/v1/health HTTP/1.1" 200 OK`. */
export function accessLine(
  {
    method,
    path,
    query,
    clientPort,
  }: Pick<SandboxRequest, 'method' | 'path' | 'query' | 'clientPort'>,
  status: number,
): string {
  const target = query === '' ? path : `${path}?${query}`;
  const reason = STATUS_CODES[status] ?? '';
  return `INFO:     127.0.0.1:${clientPort} - "${method} ${target} HTTP/1.1" ${status} ${reason}`;
}
