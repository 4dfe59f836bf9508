import { readBody } from '../backend/problems.ts';
import type { FieldProblem } from '../backend/problems.ts';
import { checkBacktest } from '../backtest/request.ts';
import { startedResponse, unrecordedStrategy } from '../backtest/run.ts';
import { detail } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import type { LogEntry } from '../log-entry.ts';
import { notServed } from '../not-served.ts';
import type { World } from '../world.ts';
import { beginOnWorker } from './operations.ts';
import type { Members } from '../json.ts';

/** `POST /backtests/start` of the worker (recordings worker-backtest-direct, worker-backtest-unknown-strategy). */
export function startOnWorker(
  world: World,
  request: SandboxRequest,
  moment: Moment,
): {
  readonly response: SandboxResponse;
  readonly world?: World;
  readonly entries?: readonly LogEntry[];
} {
  const body = readBody(request);
  if (body.kind !== 'members') return { response: unrecorded('a body that is no object') };
  const { order, problems } = checkBacktest(body.members, world.backend.version);
  if (problems.length > 0) return { response: refusal(problems, body.members) };
  const strategy = unrecordedStrategy(order);
  if (strategy !== undefined) return { response: strategy };
  const { operation, ...begun } = beginOnWorker(world, order, moment);
  // The worker takes itself for local (recording worker-backtest-direct).
  return { response: startedResponse(operation.id, order, 'local'), ...begun };
}

/** FastAPI's own 422: the workers have no handler of their own (guide ktrdr-api section 6.5). */
function refusal(problems: readonly FieldProblem[], members: Members): SandboxResponse {
  // Pydantic adds a context to these, which nobody recorded.
  if (problems.some(({ type }) => type === 'value_error')) {
    return unrecorded('a value that it refuses');
  }
  const shown = problems.map(({ field, message, type }) => {
    const loc = field.split(' -> ');
    const input = type === 'missing' ? members : (members[loc[1] ?? ''] ?? null);
    return { type, loc, msg: message, input };
  });
  return detail(422, shown);
}

function unrecorded(what: string): SandboxResponse {
  return notServed(
    `what the backtest worker answers to ${what} was not recorded`,
    'send strategy_name, symbol, timeframe and two dates',
  );
}
