import { describe, expect, test } from 'vitest';
import { services } from '../../src/sandbox/services.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import type { Service } from '../../src/sandbox/service.ts';
import { head } from '../../src/sandbox/versions/head.ts';
import { bodyOf } from './compare.ts';
import { World } from './world.ts';

/** What HEAD does otherwise (guide ktrdr-api): no recording holds it, so the guide's own words do. */
const [backend, trainingWorker, , backtestWorker] = services.head as [
  Service,
  Service,
  Service,
  Service,
];
const year = { start_date: '2024-01-01', end_date: '2024-12-31' };
const start = { strategy_name: 'v3_minimal', ...year };
const testStart = { ...start, symbol: 'EURUSD', timeframe: '1h', model_path: 'models/nobody' };

function newHead(modes: { readonly [kind: string]: string } = {}): World {
  return new World(1, modes, undefined, head);
}

function ask(world: World, method: string, path: string, body?: Json, service = backend) {
  const wire = world.send(requestOf(method, path, body), service);
  return { status: wire.status, body: bodyOf(wire) };
}

const startTraining = (world: World, body: Json) =>
  ask(world, 'POST', '/api/v1/trainings/start', body);

/** Lets the work of a worker end, and the backend see it. */
function ended(world: World, id: string) {
  world.pass(120_000);
  world.poll(id);
  return world.record(id);
}

describe('a start', () => {
  test.each<[string, string, Json, number, string]>([
    ['a strategy that is gone', 'trainings', { ...start, strategy_name: 'test_e2e_local_pull' }, 400, 'Strategy file not found: test_e2e_local_pull.yaml (searched: strategies/v3_minimal.yaml, '], // prettier-ignore
    ['no symbol at all', 'trainings', { ...start, symbols: [] }, 422, 'At least one symbol must be specified when symbols are provided'], // prettier-ignore
    ['a date that is none', 'trainings', { ...start, end_date: 'soon' }, 422, "Invalid isoformat string: 'soon'"], // prettier-ignore
    ['what is missing', 'trainings', { invalid: 'payload' }, 422, 'body -> strategy_name'],
    ['what the strategy says', 'trainings', start, 200, '"timeframes": ["1h"]'],
    ['a blank symbol', 'backtests', { ...testStart, symbol: ' ' }, 422, 'Field cannot be empty if provided'], // prettier-ignore
    ['neither symbol nor strategy', 'backtests', { strategy_name: 'nobody', ...year }, 400, 'Symbol and timeframe must be provided or defined in strategy config'], // prettier-ignore
    ['a backtest', 'backtests', testStart, 200, '"mode": "distributed"'],
  ])('%s', (_name, what, body, status, said) => {
    const wire = newHead().send(requestOf('POST', `/api/v1/${what}/start`, body), backend);
    expect(wire.status).toBe(status);
    expect(wire.text.replaceAll(/":(?! )/g, '": ')).toContain(said);
  });

  test.each([
    ['trainings', 'training', { training: 'host-down' }],
    ['backtests', 'backtesting', { backtest: 'remote-down' }],
  ])('%s without workers', (what, type, modes) => {
    const body = what === 'trainings' ? start : testStart;
    expect(ask(newHead(modes), 'POST', `/api/v1/${what}/start`, body)).toMatchObject({
      status: 503,
      body: { detail: { error: `No ${type} workers available`, registered_workers: 0 } },
    });
  });

  test('a task id of its own is the id; two workers, then none is free', () => {
    const world = newHead();
    expect(startTraining(world, { ...start, task_id: 'mine' }).body).toMatchObject({
      task_id: 'mine',
    });
    world.pass(100);
    expect(startTraining(world, start).status).toBe(200);
    world.pass(100);
    expect(startTraining(world, start).status).toBe(503);
    const { body } = ask(world, 'GET', '/api/v1/workers');
    expect(body).toContainEqual(
      expect.objectContaining({ worker_type: 'training', current_operation_id: 'mine' }),
    );
    expect(ask(world, 'GET', '/api/v1/workers/nobody').status).toBe(404);
  });
});

describe('a training', () => {
  const world = newHead();
  startTraining(world, { ...start, task_id: 'mine' });
  world.pass(100);

  test('is listed once it was looked at, and no more when it has ended', () => {
    const list = () => ask(world, 'GET', '/api/v1/operations').body;
    expect(list()).toMatchObject({ total_count: 0, active_count: 0 });
    const running = world.record('mine');
    expect(running).toMatchObject({
      status: 'running',
      parent_operation_id: null,
      is_backend_local: false,
      metadata: { mode: 'training', parameters: { worker_id: 'training-worker-5005' } },
    });
    expect(list()).toMatchObject({ total_count: 1, active_count: 1 });
    expect(ended(world, 'mine')).toMatchObject({
      status: 'completed',
      metrics: null,
      progress: { percentage: 100, steps_completed: 0, steps_total: 0, items_processed: 0 },
      result_summary: { model_info: { architecture: 'v3_mlp' }, training_metrics: {} },
    });
    expect(list()).toMatchObject({ total_count: 0 });
  });

  test('has its bridge in the log of the worker, and a proxy of the same id in the backend’s', () => {
    const said = world.log.join('\n');
    expect(said).not.toContain('bridge for operation');
    expect(said).not.toContain('managed operation');
    expect(said).toContain('Registered remote proxy for operation mine → host mine');
    const worker = world.logOf('training-host').join('\n');
    expect(worker).toContain('Registered training bridge for operation mine');
    expect(worker).toContain('Completed operation: mine');
  });

  test('nests its metrics while it runs, and stays cancelled', () => {
    const long = newHead();
    startTraining(long, { ...start, timeframes: ['5m'], task_id: 'long' });
    long.pass(6_000);
    expect(long.record('long')['metrics']).toMatchObject({ epochs: [[{ epoch: 0 }], 1] });
    const cancel = ask(long, 'DELETE', '/api/v1/operations/long').body;
    expect(cancel).toMatchObject({
      data: { status: 'cancelled', remote_cancelled: true, children_cancelled: [] },
    });
    expect(long.log.join('\n')).toContain('remote_cancelled: True, children_cancelled: 0)');
    long.pass(20_000);
    expect(long.record('long')).toMatchObject({ status: 'cancelled', metrics: null });
    const there = ask(long, 'GET', '/api/v1/operations/long', undefined, trainingWorker);
    expect(there.body).toMatchObject({ success: true, data: { status: 'cancelled' } });
  });
});

describe('a backtest', () => {
  const month = { ...testStart, timeframe: '1d', end_date: '2024-01-31' };
  test.each<[string, Json, string]>([
    ['no model', { ...testStart, model_path: null }, 'model_path is required for backtesting'],
    ['an unknown model', testStart, 'Model directory not found: models/nobody'],
    ['an unknown symbol', { ...testStart, symbol: 'NOPE' }, 'No data found in cache for NOPE 1h'],
    ['too few bars', month, 'bars (need at least 51 for indicator warm-up)'],
  ])('with %s fails', (_name, body, message) => {
    const world = newHead();
    const { operation_id: id } = ask(world, 'POST', '/api/v1/backtests/start', body).body as {
      operation_id: string;
    };
    const record = ended(world, id);
    expect(record['status']).toBe('failed');
    expect(record['error_message']).toContain(message);
  });

  test('with a model that was trained before comes to trades, on the worker too', () => {
    const world = newHead();
    startTraining(world, { ...start, task_id: 'mine' });
    expect(ended(world, 'mine')['status']).toBe('completed');
    const order = { ...testStart, model_path: 'models/v3_minimal/1h_v1' };
    const { body } = ask(world, 'POST', '/backtests/start', order, backtestWorker);
    expect(body).toMatchObject({ success: true, status: 'started' });
    const health = ask(world, 'GET', '/health', undefined, backtestWorker).body;
    expect(health).toMatchObject({ service: 'backtesting-worker', worker_status: 'busy' });
    const { operation_id: id } = body as { operation_id: string };
    world.pass(120_000);
    const path = `/api/v1/operations/${id}`;
    expect(ask(world, 'GET', path, undefined, backtestWorker).body).toMatchObject({
      data: { status: 'completed', metadata: { mode: 'backtesting' }, metrics: null },
    });
    expect(ask(world, 'DELETE', `${path}x/cancel`, undefined, backtestWorker)).toEqual({
      status: 200,
      body: { success: true, data: { success: false, error: `Operation not found: ${id}x` } },
    });
  });
});

test('the list knows resuming, the health its orphans, the hosts their time zone; what else HEAD has is refused loudly', () => {
  const world = newHead();
  const refused = world.send(requestOf('GET', '/api/v1/operations?status=lost'), backend);
  expect(refused.text).toContain("'pending', 'resuming', 'running'");
  expect(ask(world, 'GET', '/api/v1/health').body).toMatchObject({
    orphan_detector: { running: true },
  });
  const [, , ibHost] = services.head as [Service, Service, Service];
  expect(world.send(requestOf('GET', '/health'), ibHost).text).toContain('+00:00"');
  expect(ask(world, 'GET', '/api/v1/checkpoints').status).toBe(501);
});
