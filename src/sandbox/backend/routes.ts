/** Routes that the sandbox serves. */
type Route =
  | 'root'
  | 'health'
  | 'trainings.start'
  | 'trainings.performance'
  | 'backtests.start'
  | 'operations.list'
  | 'operations.get'
  | 'operations.cancel'
  | 'operations.retry'
  | 'operations.results'
  | 'operations.metrics'
  | 'page';

/** How the real backend's router takes a request. */
export type Match =
  | { readonly kind: 'served'; readonly route: Route; readonly id: string }
  | { readonly kind: 'not-served'; readonly what: string }
  | { readonly kind: 'method'; readonly allow: string }
  | { readonly kind: 'redirect'; readonly path: string }
  | { readonly kind: 'unknown' };

interface Row {
  readonly method: string;
  readonly path: RegExp;
  /** Undefined: the real backend has it, the sandbox does not. */
  readonly route?: Route;
}

const rows: readonly Row[] = [
  { method: 'GET', path: /^\/$/, route: 'root' },
  { method: 'GET', path: /^\/api\/v1\/health$/, route: 'health' },
  { method: 'POST', path: /^\/api\/v1\/trainings\/start$/, route: 'trainings.start' },
  {
    method: 'GET',
    path: /^\/api\/v1\/trainings\/([^/]+)\/performance$/,
    route: 'trainings.performance',
  },
  { method: 'POST', path: /^\/api\/v1\/backtests\/start$/, route: 'backtests.start' },
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
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/v1\/data(\/|$)/, 'data'],
  [/^\/api\/v1\/(symbols|timeframes)\/?$/, 'data'],
  [/^\/api\/v1\/ib(\/|$)/, 'ib'],
  [/^\/api\/v1\/(indicators|fuzzy|strategies|models|gap-analysis|dummy)(\/|$)/, 'other parts'],
  [/^\/api\/v1\/(docs|redoc|openapi\.json)\/?$/, 'documentation'],
];

/** Takes a request as starlette's router does: route, wrong method, other slash, unknown. */
export function matchRoute(method: string, path: string): Match {
  const fitting = rows.filter((row) => row.path.test(path));
  const row = fitting.find((each) => each.method === method);
  if (row !== undefined) return matched(row, path);
  const partly = fitting[0];
  // Each route is one method of its own, and starlette answers for the first that fits the path.
  if (partly !== undefined) return { kind: 'method', allow: partly.method };
  const other = elsewhere.find(([pattern]) => pattern.test(path));
  if (other !== undefined) return { kind: 'not-served', what: other[1] };
  const slashed = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  const exists = path !== '/' && rows.some((each) => each.path.test(slashed));
  return exists ? { kind: 'redirect', path: slashed } : { kind: 'unknown' };
}

function matched(row: Row, path: string): Match {
  if (row.route === undefined) return { kind: 'not-served', what: 'operations' };
  const id = decodeId(row.path.exec(path)?.[1] ?? '');
  return { kind: 'served', route: row.route, id };
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
