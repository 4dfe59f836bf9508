import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { planTraining } from '../../src/sandbox/training/plan.ts';
import { trainable } from '../../src/sandbox/training/strategies.ts';
import { bodyOf } from './compare.ts';
import { long, member, smoke, World } from './world.ts';

/** A record polled every `every` milliseconds until it has ended. */
function series(world: World, id: string, every: number): readonly Json[] {
  const records: Json[] = [];
  for (let count = 0; count < 3000; count += 1) {
    const record = world.record(id);
    records.push(record);
    if (record['status'] !== 'running') return records;
    world.pass(every);
  }
  throw new Error('the training never ended');
}

function percentages(records: readonly Json[]): readonly number[] {
  return records.map((record) => Number(member(member(record, 'progress'), 'percentage')));
}

describe('the life of a training', () => {
  it('takes as long as recorded: 36.0 s for 147,489 samples, 0.14 s for 258, 1.92 s in a fresh process', () => {
    const [strategy] = trainable;
    if (strategy === undefined) throw new Error('no strategy');
    expect(planTraining(strategy, 147_489, false).endsAt / 1000).toBeCloseTo(36, 0);
    expect(planTraining(strategy, 258, false).endsAt / 1000).toBeCloseTo(0.14, 1);
    expect(planTraining(strategy, 258, true).endsAt / 1000).toBeCloseTo(1.92, 1);
  });

  it('climbs to 5 % while it prepares, starts again at 0, then never falls, and ends at 100', () => {
    const world = new World();
    const shown = percentages(series(world, world.start(long), 20));
    const falls = shown.filter((value, index) => value < (shown[index - 1] ?? 0));
    expect(falls).toHaveLength(1);
    expect(Math.max(...shown.slice(0, shown.indexOf(falls[0] ?? -1)))).toBe(5);
    expect(shown.at(-1)).toBe(100);
  });

  it('refreshes at most once a second where nothing is pushed, and alternates the two shapes', () => {
    const world = new World();
    const id = world.start(long);
    world.goTo(id, 10_000);
    const totals = [0, 500, 1000, 1500].map((wait, index, all) => {
      world.pass(wait - (all[index - 1] ?? 0));
      return member(member(world.record(id), 'progress'), 'items_total');
    });
    expect(totals).toEqual([null, 33_190, null, 33_190]);
  });

  it('is never trivially perfect', () => {
    const world = new World();
    const id = world.start(smoke);
    world.finish(id);
    const metrics = member(world.record(id), 'metrics');
    for (const epoch of member(metrics, 'epochs') as readonly Json[]) {
      expect(Number(member(epoch, 'train_accuracy'))).toBeLessThan(0.9);
      expect(Number(member(epoch, 'val_accuracy'))).toBeLessThan(0.9);
      expect(Number(member(epoch, 'train_loss'))).toBeGreaterThan(0.1);
    }
  });

  it('divides all times by the speed', () => {
    const ends = [1, 20].map((speed) => {
      const world = new World(speed);
      const id = world.start(long);
      const start = world.now;
      world.finish(id);
      const { completedAt } = world.operation(id);
      return ((completedAt ?? 0) - start) * speed;
    });
    expect(ends[1]).toBeCloseTo(ends[0] ?? 0, 1);
  });
});

const cancelAfter = (offset: number): { delay: number; statuses: readonly Json[] } => {
  const world = new World();
  const id = world.start(long);
  world.goTo(id, offset);
  const at = world.now;
  world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  const first = world.record(id)['status'] ?? null;
  world.pass(6000);
  const record = world.record(id);
  expect(record['error_message']).toBe('Training operation cancelled');
  const delay = (world.operation(id).completedAt ?? 0) - at;
  return { delay, statuses: [first, record['status'] ?? null] };
};

describe('a cancel', () => {
  it.each([
    ['right after the start', 12, 1090],
    ['during the indicators', 1115, 3900],
    ['in an epoch', 10_000, 18],
  ] as const)('%s is cancelled at once, then failed', (_when, offset, delay) => {
    const cancelled = cancelAfter(offset);
    expect(cancelled.statuses).toEqual(['cancelled', 'failed']);
    expect(Math.abs(cancelled.delay - delay)).toBeLessThan(delay * 0.05);
  });

  it('of one training leaves the others alone', () => {
    const world = new World();
    const [first, second] = [world.start(long), world.start(long)];
    world.goTo(first, 10_000);
    world.send(requestOf('DELETE', `/api/v1/operations/${first}`));
    world.pass(1000);
    expect(world.record(first)['status']).toBe('failed');
    expect(world.record(second)['status']).toBe('running');
    world.finish(second);
    expect(world.record(second)['status']).toBe('completed');
  });

  it('stops the progress', () => {
    const world = new World();
    const id = world.start(long);
    world.goTo(id, 10_000);
    world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    const before = world.record(id)['progress'];
    world.pass(60_000);
    expect(world.record(id)['progress']).toEqual(before);
  });

  it('of a retried operation, which never runs, stays cancelled', () => {
    const world = new World();
    const id = world.start({ ...smoke, symbols: ['NOSUCH'] });
    world.finish(id);
    const retry = bodyOf(world.send(requestOf('POST', `/api/v1/operations/${id}/retry`)));
    const retried = String(member(member(retry, 'data'), 'operation_id'));
    world.pass(60_000);
    expect(world.record(retried)['status']).toBe('pending');
    const wire = world.send(requestOf('DELETE', `/api/v1/operations/${retried}`));
    expect(member(member(bodyOf(wire), 'data'), 'task_cancelled')).toBe(false);
    world.pass(60_000);
    expect(world.record(retried)['status']).toBe('cancelled');
  });
});

const run = (): string => {
  const world = new World();
  const id = world.start(long);
  const texts = Array.from({ length: 50 }, () => {
    world.pass(700);
    return world.poll(id).text;
  });
  return [...texts, ...world.log].join('\n');
};

describe('the same requests at the same times', () => {
  it('give the same bytes', () => {
    expect(run()).toBe(run());
  });
});
