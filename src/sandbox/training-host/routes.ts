import { matchRow } from '../router.ts';
import type { Elsewhere, Match, Row } from '../router.ts';

/** Routes of the training host that the sandbox serves (guide ktrdr-api sections 2.6 and 3.3). */
export type Route =
  | 'root'
  | 'health'
  | 'health.system'
  | 'training.start'
  | 'training.result'
  | 'training.sessions'
  | 'operations.list'
  | 'operations.get'
  | 'operations.metrics'
  | 'operations.cancel';

const operation = String.raw`^\/api\/v1\/operations\/([^/]+)`;

const rows: readonly Row<Route>[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/health$/, route: 'health' },
  { method: 'GET', path: /^\/health\/$/, route: 'health.system' },
  { method: 'POST', path: /^\/training\/start$/, route: 'training.start' },
  { method: 'GET', path: /^\/training\/result\/([^/]+)$/, route: 'training.result' },
  { method: 'GET', path: /^\/training\/sessions$/, route: 'training.sessions' },
  { method: 'GET', path: /^\/api\/v1\/operations$/, route: 'operations.list' },
  { method: 'GET', path: new RegExp(`${operation}$`), route: 'operations.get' },
  { method: 'GET', path: new RegExp(`${operation}\\/metrics$`), route: 'operations.metrics' },
  { method: 'DELETE', path: new RegExp(`${operation}\\/cancel$`), route: 'operations.cancel' },
];

/** What the real host has and nobody recorded; `GET /training/status/{id}` is gone at ERA (recording host-training-status). */
const elsewhere: Elsewhere = [
  [/^\/health\/detailed\/?$/, 'health in detail'],
  [/^\/training\/(stop|evaluate|sessions\/[^/]+)\/?$/, 'sessions'],
  [/^\/(docs|redoc|openapi\.json)\/?$/, 'documentation'],
];

/** Takes a request as the training host's router does. */
export function matchRoute(method: string, path: string): Match<Route> {
  return matchRow(rows, elsewhere, method, path);
}
