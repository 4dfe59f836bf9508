import { decoded, detail } from './http.ts';
import type { SandboxRequest, SandboxResponse } from './http.ts';
import { notServed } from './not-served.ts';

/** One method of one path; a path variable is the first group of the pattern. */
export interface Row<Route extends string> {
  readonly method: string;
  readonly path: RegExp;
  /** Undefined: the real service has it, the sandbox does not. */
  readonly route?: Route;
}

/** A part of the real service that the sandbox does not serve, and what it is called. */
export type Elsewhere = readonly (readonly [RegExp, string])[];

/** How starlette's router takes a request. */
export type Match<Route extends string> =
  { readonly kind: 'served'; readonly route: Route; readonly id: string } | Unmatched;

/** Requests that no route of ours takes. */
type Unmatched =
  | { readonly kind: 'not-served'; readonly what: string }
  | { readonly kind: 'method'; readonly allow: string }
  | { readonly kind: 'redirect'; readonly path: string }
  | { readonly kind: 'unknown' };

/** Takes a request as starlette's router does: route, wrong method, other slash, unknown. */
export function matchRow<Route extends string>(
  rows: readonly Row<Route>[],
  elsewhere: Elsewhere,
  method: string,
  path: string,
): Match<Route> {
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

function matched<Route extends string>(row: Row<Route>, path: string): Match<Route> {
  if (row.route === undefined) return { kind: 'not-served', what: 'operations' };
  return { kind: 'served', route: row.route, id: decoded(row.path.exec(path)?.[1] ?? '') };
}

/** What a request gets that no route of ours takes; `cure` is for what the sandbox does not serve. */
export function unmatchedResponse(
  match: Unmatched,
  request: SandboxRequest,
  cure: string,
): SandboxResponse {
  switch (match.kind) {
    case 'unknown':
      return detail(404, 'Not Found');
    case 'method':
      return {
        status: 405,
        headers: { allow: match.allow },
        body: { detail: 'Method Not Allowed' },
      };
    case 'redirect':
      return redirect(request, match.path);
    case 'not-served':
      return notServed(`${request.method} ${request.path} (${match.what})`, cure);
  }
}

/** 307 to the path with or without the slash (ktrdr-real 2; headers as health-backtest-worker-slash). */
function redirect(request: SandboxRequest, path: string): SandboxResponse {
  const query = request.query === '' ? '' : `?${request.query}`;
  const location = `http://${request.host}${path}${query}`;
  return { status: 307, headers: { location }, body: undefined };
}
