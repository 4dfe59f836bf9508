import type { Answer } from '../backend/answer.ts';
import { operationId } from '../backend/new-operation.ts';
import { started } from '../backend/start.ts';
import type { Moment } from '../http.ts';
import { planOf } from '../training/order.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { trainingWork } from '../training/work.ts';
import type { World } from '../world.ts';
import { distribute } from './distributed.ts';
import { training } from './kinds.ts';

/** A training on a worker (guide ktrdr-api sections 3.1 and 3.2). */
export function trainOnWorker(
  world: World,
  order: TrainingOrder,
  taskId: string | null,
  moment: Moment,
): Answer {
  const isCold = !training.stateOf(world).isWarm;
  const local = trainingWork(order, planOf(order, world.backend.cache, isCold));
  const id = taskId === null || taskId === '' ? operationId(local, moment) : taskId;
  const task = { id, local, metadata: metadataOf(order), result: <T>(result: T): T => result };
  return distribute(world, training, task, started(id, order), moment.now);
}

function metadataOf(order: TrainingOrder) {
  const { symbols, timeframes, startText, endText, strategy } = order;
  return {
    symbol: symbols.join(','),
    timeframe: timeframes[0] ?? null,
    mode: 'training',
    start_date: order.startDate,
    end_date: order.endDate,
    parameters: {
      // Its first hundred characters; of the file itself nothing but its name was read.
      strategy_yaml: `name: ${strategy.name}\n`,
      symbols,
      timeframes,
      start_date: startText,
      end_date: endText,
    },
  };
}
