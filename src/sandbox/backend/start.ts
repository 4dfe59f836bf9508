import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { Modes } from '../modes.ts';
import { notServed } from '../not-served.ts';
import { startLog } from '../training/log.ts';
import { planOf, readOrder } from '../training/order.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { trainingWork } from '../training/work.ts';
import type { TrainingWork } from '../training/work.ts';
import { answerAfter, hostedTraining } from '../training-host/hosted.ts';
import { refused } from './answer.ts';
import type { Answer } from './answer.ts';
import { creationLog } from './managed-log.ts';
import { newOperation, operationId } from './new-operation.ts';
import { readBody } from './problems.ts';
import { checkStart } from './start-request.ts';
import type { StartRequest } from './start-request.ts';
import type { World } from '../world.ts';
import type { BackendState, Operation } from './state.ts';

/** `POST /api/v1/trainings/start` (recordings train-* in LOCAL mode, host-train-* in HOST mode). */
export function startTraining(world: World, request: SandboxRequest, moment: Moment): Answer {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return { response: detail(400, 'There was an error parsing the body') };
    case 'problem':
      return refused(moment, [body.problem]);
    case 'absent':
      return refused(moment, [{ field: 'body', message: 'Field required', type: 'missing' }]);
    case 'members': {
      const { request: start, problems } = checkStart(body.members, world.backend.version);
      return problems.length > 0 ? refused(moment, problems) : startChecked(world, start, moment);
    }
  }
}

const safeName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

function startChecked(world: World, start: StartRequest, moment: Moment): Answer {
  const { strategyFiles, trainable } = world.backend.version;
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
  return startDated(world, start, strategy, moment);
}

function startDated(
  world: World,
  start: StartRequest,
  strategy: TrainingOrder['strategy'],
  moment: Moment,
): Answer {
  const order = readOrder({
    symbols: orOwn(start.symbols, strategy.own?.symbol),
    timeframes: orOwn(start.timeframes, strategy.own?.timeframe),
    strategy,
    startText: start.startDate,
    endText: start.endDate,
    analytics: start.analytics,
  });
  if ('error' in order) {
    const text = `Failed to start training: ${order.error}`;
    return {
      response: world.backend.version.badDate(order.error),
      entries: [entry(moment.now, 'ERROR', 'ktrdr.api.endpoints.training', text)],
    };
  }
  return world.backend.version.train(world, order, start.taskId, moment);
}

/** What was asked for, or where that was left to it the strategy's own. */
function orOwn(asked: readonly string[], own: string | undefined): readonly string[] {
  return asked.length === 0 && own !== undefined ? [own] : asked;
}

/** Trains in the backend, or lets the training host do it (recordings train-*, host-train-*). */
export function trainAtEra(
  { backend: state, modes }: World,
  order: TrainingOrder,
  moment: Moment,
): Answer {
  return modes.training === 'local'
    ? create(state, order, trainingWork(order, planOf(order, state.cache, !state.isWarm)), moment)
    : createHosted(state, order, modes, moment);
}

/** The record of a training in the backend itself. */
function create(
  state: BackendState,
  order: TrainingOrder,
  work: TrainingWork,
  moment: Moment,
): Answer {
  const operation = newOperation(operationId(work, moment), work, moment.now);
  return {
    response: started(operation.id, order),
    state: {
      ...state,
      operations: [...state.operations, operation],
      isWarm: state.isWarm || work.plan.failure === undefined,
    },
    entries: startLog(moment.now, operation.id, order),
  };
}

/** The record of a training that the training host is asked to do. */
function createHosted(
  state: BackendState,
  order: TrainingOrder,
  modes: Modes,
  moment: Moment,
): Answer {
  const work = hostedTraining(order);
  const answersAt = moment.now + answerAfter(modes) / state.speed;
  const operation: Operation = {
    ...newOperation(operationId(work, moment), work, moment.now),
    progress: work.starting,
    remote: { answersAt, id: null, measurements: [] },
  };
  return {
    response: started(operation.id, order),
    state: { ...state, operations: [...state.operations, operation] },
    entries: creationLog(moment.now, operation.id, 'training', 'training'),
  };
}

/** The answer to a start; the id of the operation is `task_id`. */
export function started(id: string, order: TrainingOrder): SandboxResponse {
  return ok({
    success: true,
    task_id: id,
    status: 'training_started',
    message: `Neural network training started for ${order.symbols.join(', ')} using ${order.strategy.name} strategy`,
    symbols: order.symbols,
    timeframes: order.timeframes,
    strategy_name: order.strategy.name,
    estimated_duration_minutes: 30,
  });
}
