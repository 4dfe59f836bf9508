import { ok } from '../http.ts';
import type { Json, Moment, SandboxRequest } from '../http.ts';
import { operationSummary } from './operation-info.ts';
import type { FieldProblem } from './problems.ts';
import { pushed } from './progress.ts';
import { refused } from './answer.ts';
import type { Answer } from './answer.ts';
import { parseBoolean } from './start-request.ts';
import type { BackendState, Operation } from './state.ts';

/** `GET /api/v1/operations` of the backend (recordings operations-list-*). */
export function listOperations(
  state: BackendState,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const listed = listResponse(state, request, moment.now);
  return 'problems' in listed ? refused(moment, listed.problems) : { response: ok(listed.body) };
}

/** The body of a list of the backend or the training host, or what is wrong with the query. */
export function listResponse(
  state: BackendState,
  request: SandboxRequest,
  now: number,
): { readonly body: Json } | { readonly problems: readonly FieldProblem[] } {
  const page = listPage(state, request, now, 10);
  if ('problems' in page) return page;
  return {
    body: {
      success: true,
      data: page.shown.map((operation) => operationSummary(operation, now)),
      total_count: page.total,
      active_count: page.active,
    },
  };
}

/** One page of the operations, newest first, and how many there are. */
export interface Page {
  readonly shown: readonly Operation[];
  readonly total: number;
  readonly active: number;
  readonly limit: number;
  readonly offset: number;
}

/** The operations that a query asks for; never pulls progress. Or what is wrong with the query. */
export function listPage(
  state: BackendState,
  request: SandboxRequest,
  now: number,
  standardLimit: number,
): Page | { readonly problems: readonly FieldProblem[] } {
  const { version } = state;
  const query = new URLSearchParams(request.query);
  const problems: FieldProblem[] = [];
  const status = oneOf(query, 'status', version.statuses, problems);
  const type = oneOf(query, 'operation_type', version.operationTypes, problems);
  const most = { least: 1, most: 1000, standard: standardLimit };
  const limit = integer(query, 'limit', most, problems);
  const offset = integer(query, 'offset', { least: 0, most: Infinity, standard: 0 }, problems);
  const activeOnly = boolean(query, 'active_only', problems);
  if (problems.length > 0) return { problems };

  const listed = state.operations.filter((each) => version.isListed(each));
  const all = listed
    .map((operation) => pushed(state, operation, now))
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .filter(
      (each) =>
        (status === undefined || each.status === status) &&
        (type === undefined || type === each.work.type) &&
        (!activeOnly || isActive(each)),
    );
  return {
    shown: all.slice(offset, offset + limit),
    total: all.length,
    active: listed.filter(isActive).length,
    limit,
    offset,
  };
}

function isActive(operation: Operation): boolean {
  return operation.status === 'pending' || operation.status === 'running';
}

/** The last value of a name, as starlette takes it. */
function last(query: URLSearchParams, name: string): string | undefined {
  return query.getAll(name).at(-1);
}

function oneOf(
  query: URLSearchParams,
  name: string,
  allowed: readonly string[],
  problems: FieldProblem[],
): string | undefined {
  const value = last(query, name);
  if (value === undefined || allowed.includes(value)) return value;
  const quoted = allowed.map((each) => `'${each}'`);
  const message = `Input should be ${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
  problems.push({ field: `query -> ${name}`, message, type: 'enum' });
  return undefined;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly standard: number;
}

/** An integer of the query as pydantic reads it, within bounds. */
export function integer(
  query: URLSearchParams,
  name: string,
  bounds: Bounds,
  problems: FieldProblem[],
): number {
  const text = last(query, name);
  if (text === undefined) return bounds.standard;
  const field = `query -> ${name}`;
  if (!/^\s*[-+]?\d+(?:\.0*)?\s*$/.test(text)) {
    const message = 'Input should be a valid integer, unable to parse string as an integer';
    problems.push({ field, message, type: 'int_parsing' });
    return bounds.standard;
  }
  const value = Number(text);
  if (value < bounds.least) {
    const message = `Input should be greater than or equal to ${bounds.least}`;
    problems.push({ field, message, type: 'greater_than_equal' });
  } else if (value > bounds.most) {
    const message = `Input should be less than or equal to ${bounds.most}`;
    problems.push({ field, message, type: 'less_than_equal' });
  }
  return value;
}

function boolean(query: URLSearchParams, name: string, problems: FieldProblem[]): boolean {
  const text = last(query, name);
  if (text === undefined) return false;
  const parsed = parseBoolean(text);
  if (typeof parsed === 'boolean') return parsed;
  problems.push({ field: `query -> ${name}`, ...parsed });
  return false;
}
