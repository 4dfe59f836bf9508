import { readBody } from '../backend/problems.ts';
import { refused } from '../backend/answer.ts';
import type { Answer } from '../backend/answer.ts';
import { detail } from '../http.ts';
import type { Moment, SandboxRequest } from '../http.ts';
import { startRemotely } from '../backtest-worker/hosted.ts';
import type { World } from '../world.ts';
import { startLog } from './log.ts';
import type { BacktestOrder } from './order.ts';
import { checkBacktest } from './request.ts';
import { runBacktest, startedResponse, unrecordedStrategy } from './run.ts';

/** `POST /api/v1/backtests/start` of the backend (recordings backtest-*, remote-backtest-*). */
export function startBacktest(world: World, request: SandboxRequest, moment: Moment): Answer {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return { response: detail(400, 'There was an error parsing the body') };
    case 'problem':
      return refused(moment, [body.problem]);
    case 'absent':
      return refused(moment, [{ field: 'body', message: 'Field required', type: 'missing' }]);
    case 'members': {
      const { order, problems } = checkBacktest(body.members, world.backend.version);
      return problems.length > 0
        ? refused(moment, problems)
        : world.backend.version.backtest(world, order, moment);
    }
  }
}

/** Runs it in the backend, or lets the backtest worker do it (recordings backtest-*, remote-backtest-*). */
export function backtestAtEra(
  { backend: state, modes }: World,
  order: BacktestOrder,
  moment: Moment,
): Answer {
  const unrecorded = unrecordedStrategy(order);
  if (unrecorded !== undefined) return { response: unrecorded };
  if (modes.backtest !== 'local') return startRemotely(state, modes, order, moment);
  const models = Object.keys(state.modelVersions);
  const begun = runBacktest(state, order, state.cache, models, moment);
  const { id } = begun.operation;
  return {
    response: startedResponse(id, order, 'local'),
    state: begun.state,
    entries: startLog(moment.now, id, order),
  };
}
