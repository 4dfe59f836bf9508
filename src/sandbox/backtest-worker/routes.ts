import { matchRow } from '../router.ts';
import type { Elsewhere, Match, Row } from '../router.ts';

/** Routes of the backtest worker (guide ktrdr-api sections 2.6 and 5.3). */
export type Route =
  | 'root'
  | 'health'
  | 'backtests.start'
  | 'operations.list'
  | 'operations.get'
  | 'operations.metrics'
  | 'operations.cancel';

const operation = String.raw`^\/api\/v1\/operations\/([^/]+)`;

const rows: readonly Row<Route>[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/health$/, route: 'health' },
  { method: 'POST', path: /^\/backtests\/start$/, route: 'backtests.start' },
  { method: 'GET', path: /^\/api\/v1\/operations$/, route: 'operations.list' },
  { method: 'GET', path: new RegExp(`${operation}$`), route: 'operations.get' },
  { method: 'GET', path: new RegExp(`${operation}\\/metrics$`), route: 'operations.metrics' },
  { method: 'DELETE', path: new RegExp(`${operation}\\/cancel$`), route: 'operations.cancel' },
];

/** What the real worker has and nobody recorded. */
const elsewhere: Elsewhere = [[/^\/(docs|redoc|openapi\.json)\/?$/, 'documentation']];

/** Takes a request as the worker's router does. */
export function matchRoute(method: string, path: string): Match<Route> {
  return matchRow(rows, elsewhere, method, path);
}
