import type { IbRoute } from '../data/ib-status.ts';
import { matchRow } from '../router.ts';
import type { Elsewhere, Match, Row } from '../router.ts';
import type { Version } from '../version.ts';

/** Routes that the sandbox serves. */
export type Route =
  | 'root'
  | 'health'
  | 'trainings.start'
  | 'trainings.performance'
  | 'backtests.start'
  | 'data.info'
  | 'data.range'
  | 'data.get'
  | 'data.download'
  | IbRoute
  | 'symbols'
  | 'timeframes'
  | 'operations.list'
  | 'operations.get'
  | 'operations.cancel'
  | 'operations.retry'
  | 'operations.results'
  | 'operations.metrics'
  | 'page'
  | 'workers.list'
  | 'workers.get';

const ibRoutes = (['status', 'health', 'resilience', 'config'] as const).map((name) => ({
  method: 'GET',
  path: new RegExp(`^/api/v1/ib/${name}$`),
  route: `ib.${name}` as const,
}));

const rows: readonly Row<Route>[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/api\/v1\/health$/, route: 'health' },
  { method: 'POST', path: /^\/api\/v1\/trainings\/start$/, route: 'trainings.start' },
  {
    method: 'GET',
    path: /^\/api\/v1\/trainings\/([^/]+)\/performance$/,
    route: 'trainings.performance',
  },
  { method: 'POST', path: /^\/api\/v1\/backtests\/start$/, route: 'backtests.start' },
  ...ibRoutes,
  { method: 'GET', path: /^\/api\/v1\/symbols$/, route: 'symbols' },
  { method: 'GET', path: /^\/api\/v1\/timeframes$/, route: 'timeframes' },
  { method: 'GET', path: /^\/api\/v1\/data\/info$/, route: 'data.info' },
  { method: 'POST', path: /^\/api\/v1\/data\/range$/, route: 'data.range' },
  { method: 'POST', path: /^\/api\/v1\/data\/acquire\/download$/, route: 'data.download' },
  // The id is both: EURUSD/1h.
  { method: 'GET', path: /^\/api\/v1\/data\/([^/]+\/[^/]+)$/, route: 'data.get' },
  { method: 'GET', path: /^\/api\/v1\/operations$/, route: 'operations.list' },
  { method: 'GET', path: /^\/api\/v1\/operations\/([^/]+)$/, route: 'operations.get' },
  { method: 'DELETE', path: /^\/api\/v1\/operations\/([^/]+)$/, route: 'operations.cancel' },
  { method: 'POST', path: /^\/api\/v1\/operations\/([^/]+)\/retry$/, route: 'operations.retry' },
  { method: 'GET', path: /^\/api\/v1\/operations\/([^/]+)\/results$/, route: 'operations.results' },
  { method: 'GET', path: /^\/api\/v1\/operations\/([^/]+)\/metrics$/, route: 'operations.metrics' },
  // The sandbox's own, unrecorded: KTRDR's frontend is another program.
  { method: 'GET', path: /^\/ui\/operations$/, route: 'page' },
  // Exists at ERA (guide ktrdr-api section 2.5), but nothing of it was recorded.
  { method: 'POST', path: /^\/api\/v1\/operations\/([^/]+)\/metrics$/ },
];

/** Parts of the real backend that the sandbox does not serve (guide ktrdr-api sections 1, 4, 5). */
const elsewhere: Elsewhere = [
  [/^\/api\/v1\/(indicators|fuzzy|strategies|models|gap-analysis|dummy)(\/|$)/, 'other parts'],
  [/^\/api\/v1\/(docs|redoc|openapi\.json)\/?$/, 'documentation'],
];

/** What came with the registry of workers (guide ktrdr-api sections 1.5 and 2.5, H: all unrecorded). */
const headRows: readonly Row<Route>[] = [
  ...rows,
  { method: 'GET', path: /^\/api\/v1\/workers$/, route: 'workers.list' },
  { method: 'GET', path: /^\/api\/v1\/workers\/([^/]+)$/, route: 'workers.get' },
];

const headElsewhere: Elsewhere = [
  ...elsewhere,
  [/^\/(api\/v1\/(workers\/register|checkpoints.*)|metrics)$/, 'HEAD was not recorded'],
  [/^\/api\/v1\/operations\/[^/]+\/(children|resume|status)$/, 'HEAD was not recorded'],
];

/** Takes a request as the real backend's router does. */
export function matchRoute(
  { hasRegistry }: Pick<Version, 'hasRegistry'>,
  method: string,
  path: string,
): Match<Route> {
  return hasRegistry
    ? matchRow(headRows, headElsewhere, method, path)
    : matchRow(rows, elsewhere, method, path);
}
