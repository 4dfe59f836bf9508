import { loadBars } from '../data/load.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { repr, stampId } from '../python-text.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { startLog } from '../training/log.ts';
import { planFailure, planTraining } from '../training/plan.ts';
import type { Plan, TrainingOrder } from '../training/plan.ts';
import { strategyFiles, trainable } from '../training/strategies.ts';
import { trainingWork } from '../training/work.ts';
import { readIsoDate } from './iso-date.ts';
import { notServed } from './not-served.ts';
import { noProgress } from './progress.ts';
import { readBody, unprocessable } from './problems.ts';
import type { FieldProblem } from './problems.ts';
import { checkStart } from './start-request.ts';
import type { StartRequest } from './start-request.ts';
import type { BackendState, Operation } from './state.ts';

/** What a route gives back: the response, and the state and lines if something changed. */
export interface Answer {
  readonly response: SandboxResponse;
  readonly state?: BackendState;
  readonly entries?: readonly LogEntry[];
}

/** `POST /api/v1/trainings/start` in LOCAL mode (recordings train-*). */
export function startTraining(
  state: BackendState,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return { response: detail(400, 'There was an error parsing the body') };
    case 'problem':
      return refused(moment, [body.problem]);
    case 'absent':
      return refused(moment, [{ field: 'body', message: 'Field required', type: 'missing' }]);
    case 'members': {
      const { request: start, problems } = checkStart(body.members);
      return problems.length > 0 ? refused(moment, problems) : startChecked(state, start, moment);
    }
  }
}

/** The 422 and its ERROR line; shared by all routes with a body or a query. */
export function refused(moment: Moment, problems: readonly FieldProblem[]): Answer {
  const shown = problems.map(
    ({ field, message, type }) =>
      `{'field': ${repr(field)}, 'message': ${repr(message)}, 'type': ${repr(type)}}`,
  );
  const text = `Request validation error: [${shown.join(', ')}]`;
  return {
    response: unprocessable(problems),
    entries: [entry(moment.now, 'ERROR', 'ktrdr.api.main', text)],
  };
}

const safeName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

function startChecked(state: BackendState, start: StartRequest, moment: Moment): Answer {
  const name = start.strategyName;
  if (!safeName.test(name)) {
    return {
      response: detail(400, 'Strategy name may only contain alphanumerics, dashes, or underscores'),
    };
  }
  if (!strategyFiles.includes(name)) {
    const searched = strategyFiles.map((file) => `strategies/${file}.yaml`).join(', ');
    return {
      response: detail(400, `Strategy file not found: ${name}.yaml (searched: ${searched})`),
    };
  }
  const strategy = trainable.find((each) => each.name === name);
  if (strategy === undefined) {
    const names = trainable.map((each) => each.name).join(', ');
    return {
      response: notServed(`no training with strategy ${name} was recorded`, `use ${names}`),
    };
  }
  if (start.symbols.length > 1 || start.timeframes.length > 1) {
    const cure = 'start one training for each';
    return {
      response: notServed('no training on several symbols or timeframes was recorded', cure),
    };
  }
  return startDated(state, start, strategy, moment);
}

function startDated(
  state: BackendState,
  start: StartRequest,
  strategy: TrainingOrder['strategy'],
  moment: Moment,
): Answer {
  const from = dateOf(start.startDate);
  const to = dateOf(start.endDate);
  const error = errorOf(from) ?? errorOf(to);
  if (error !== undefined) {
    const text = `Failed to start training: ${error}`;
    return {
      response: detail(500, 'Failed to start training'),
      entries: [entry(moment.now, 'ERROR', 'ktrdr.api.endpoints.training', text)],
    };
  }
  const order: TrainingOrder = {
    symbols: start.symbols,
    timeframes: start.timeframes,
    strategy,
    startText: start.startDate,
    endText: start.endDate,
    startDate: naiveOf(from),
    endDate: naiveOf(to),
    analytics: start.analytics,
  };
  const [symbol = '', timeframe = ''] = [start.symbols[0], start.timeframes[0]];
  const wanted = { first: timeOf(from), last: timeOf(to) };
  const loaded = loadBars(state.cache, symbol, timeframe, wanted);
  const plan =
    'bars' in loaded
      ? planTraining(strategy, loaded.bars, !state.isWarm)
      : planFailure(strategy, symbol, timeframe, loaded.fault);
  return create(state, order, plan, moment);
}

function create(state: BackendState, order: TrainingOrder, plan: Plan, moment: Moment): Answer {
  const operation: Operation = {
    id: `op_training_${stampId(moment.now)}_${moment.hex}`,
    status: 'running',
    createdAt: moment.now,
    startedAt: moment.now,
    completedAt: null,
    work: trainingWork(order, plan),
    progress: noProgress,
    measured: 0,
    lastPull: null,
    errorMessage: null,
    noticesAt: null,
    result: null,
    loggedUntil: -1,
  };
  return {
    response: ok({
      success: true,
      task_id: operation.id,
      status: 'training_started',
      message: `Neural network training started for ${order.symbols.join(', ')} using ${order.strategy.name} strategy`,
      symbols: order.symbols,
      timeframes: order.timeframes,
      strategy_name: order.strategy.name,
      estimated_duration_minutes: 30,
    }),
    state: {
      ...state,
      operations: [...state.operations, operation],
      isWarm: state.isWarm || plan.failure === undefined,
    },
    entries: startLog(moment.now, operation.id, order),
  };
}

type Dated = ReturnType<typeof readIsoDate> | null;

function dateOf(text: string | null): Dated {
  return text === null || text === '' ? null : readIsoDate(text);
}

function errorOf(date: Dated): string | undefined {
  return date !== null && 'error' in date ? date.error : undefined;
}

function naiveOf(date: Dated): string | null {
  return date !== null && 'naive' in date ? date.naive : null;
}

function timeOf(date: Dated): number | undefined {
  return date !== null && 'naive' in date ? date.time : undefined;
}
