import { requestOf } from '../../src/sandbox/http.ts';
import { long, smoke, trainingOf, World } from './world.ts';

/** When in the recorder's morning a list was taken. */
export type ListMoment = 'before' | 'while-running' | 'after-retry';

/** The moment of a list recording, by its name. */
export function listMoment(name: string): ListMoment {
  if (name.endsWith('-empty')) return 'before';
  return name.endsWith('-after-retry') ? 'after-retry' : 'while-running';
}

/**
 * What the recorder had done before it took the lists: the sixteen operations of recording
 * operations-list-limit1000, by the same requests in simulated time.
 */
export function buildHistory(moment: ListMoment): World {
  const world = new World();
  if (moment === 'before') return world;
  failed(world, { ...smoke, symbols: ['INVALIDSYM'] }, true);
  failed(world, { ...smoke, timeframes: ['7x'] }, true);
  failed(world, { ...smoke, start_date: '2024-12-31', end_date: '2024-01-01' }, false);
  failed(world, { ...smoke, start_date: '1990-01-01', end_date: '1990-12-31' }, true);
  for (let run = 0; run < 4; run += 1) completed(world, smoke);
  completed(world, long);
  const cancelledFirst = cancelled(world, batchOffset(2, 1490), batchOffset(2, 950));
  world.send(requestOf('POST', `/api/v1/operations/${cancelledFirst}/retry`));
  world.pass(25);
  completed(world, smoke);
  cancelled(world, batchOffset(4, 900), batchOffset(4, 350));
  cancelled(
    world,
    () => 1115,
    () => 1115,
  );
  cancelled(world, () => 12, undefined);
  const running = world.start(long);
  world.goTo(running, 3345);
  if (moment === 'after-retry') {
    world.poll(running);
    world.send(requestOf('DELETE', `/api/v1/operations/${running}`));
    world.pass(10_000);
    world.send(requestOf('POST', `/api/v1/operations/${running}/retry`));
  }
  return world;
}

type Payload = typeof smoke;
type Offset = (world: World, id: string) => number;

/** A training that finds no data, polled once while it loads or not at all. */
function failed(world: World, payload: Payload, isPolled: boolean): void {
  const id = world.start(payload);
  const loading = trainingOf(world.operation(id)).plan.stages.at(-1)?.at ?? 0;
  world.goTo(id, loading);
  if (isPolled) world.poll(id);
  world.pass(500);
}

function completed(world: World, payload: Payload): void {
  world.finish(world.start(payload));
  world.pass(500);
}

/** A long training, pulled at one offset and cancelled at another, left until the cancel was noticed. */
function cancelled(world: World, cancelAt: Offset, pullAt: Offset | undefined): string {
  const id = world.start(long);
  if (pullAt !== undefined) {
    world.goTo(id, pullAt(world, id));
    world.poll(id);
  }
  world.goTo(id, cancelAt(world, id));
  world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  world.pass(10_000);
  return id;
}

function batchOffset(epoch: number, batch: number): Offset {
  return (world, id) => {
    const { plan } = trainingOf(world.operation(id));
    return plan.firstEpochAt + (epoch - 1) * plan.epochMs + batch * plan.batchMs;
  };
}
