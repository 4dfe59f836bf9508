import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { trainingHost } from '../../src/sandbox/training-host/service.ts';
import { bodyOf } from './compare.ts';
import { long, member, smoke, World } from './world.ts';

const strategy = 'name: test_e2e_local_pull\nmodel: { training: { epochs: 10 } }\n';
const order = {
  strategy_yaml: strategy,
  symbols: ['EURUSD'],
  timeframes: ['1d'],
  start_date: '2024-01-01',
  end_date: '2024-12-31',
};
const inHostMode = { training: 'host' };

function ask(world: World, method: string, path: string, body?: Json) {
  const wire = world.send(requestOf(method, path, body), trainingHost);
  return { status: wire.status, body: bodyOf(wire), headers: wire.headers };
}

/** The id on the host, from the line of the backend's log that ties it to an operation. */
function hostIdOf(world: World, id: string): string {
  const line = world.log.find((each) => each.includes(`remote proxy for operation ${id} → host `));
  return /host (host_training_[0-9a-f-]+)$/.exec(line ?? '')?.[1] ?? 'none';
}

describe('the training host by itself', () => {
  it('runs one session at a time, and its result has the shape of the pipeline', () => {
    const world = new World();
    const started = ask(world, 'POST', '/training/start', order);
    expect(started.body).toMatchObject({ status: 'started', gpu_allocated: false });
    const session = String(member(started.body, 'session_id'));
    expect(session).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ask(world, 'POST', '/training/start', order)).toMatchObject({ status: 503 });
    expect(ask(world, 'GET', `/training/result/${session}`)).toMatchObject({
      status: 400,
      body: { detail: 'Training not completed yet (status: running)' },
    });
    world.pass(5000);
    expect(ask(world, 'GET', `/training/result/${session}`).body).toMatchObject({
      status: 'completed',
      session_id: session,
      resource_usage: { training_mode: 'host' },
    });
    const again = ask(world, 'POST', '/training/start', order);
    expect(again.status).toBe(200);
  });

  it.each([
    ['GET', '/training/status/abc', 404],
    ['GET', '/training/result/abc', 404],
    ['GET', '/api/v1/operations/abc', 404],
    ['DELETE', '/api/v1/operations/abc', 405],
    ['GET', '/api/v1/operations?limit=0', 501],
    ['GET', '/health/detailed', 501],
    ['POST', '/training/evaluate', 501],
    ['GET', '/api/v1/health', 404],
  ] as const)('%s %s answers %i', (method, path, status) => {
    expect(ask(new World(), method, path).status).toBe(status);
  });

  it('refuses a body as FastAPI does, and does not make up the rest', () => {
    const world = new World();
    expect(ask(world, 'POST', '/training/start', { strategy_yaml: 5 })).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'string_type', loc: ['body', 'strategy_yaml'], input: 5 }] },
    });
    expect(ask(world, 'POST', '/training/start')).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'missing', loc: ['body'], input: null }] },
    });
    const unknown = ask(world, 'POST', '/training/start', { strategy_yaml: 'name: mine' });
    expect(unknown.status).toBe(501);
    expect(JSON.stringify(unknown.body)).toContain('strategy mine');
  });

  it('has no header of the backend and no beacon of its own', () => {
    const wire = ask(new World(), 'GET', '/health');
    expect(wire.headers).not.toHaveProperty('x-process-time');
    expect(wire.body).toMatchObject({ healthy: true, service: 'training-host' });
  });
});

describe('the backend in HOST mode', () => {
  it('ties its id to the host id in its log, and the host knows the training by it', () => {
    const world = new World(1, inHostMode);
    const id = world.start(smoke);
    expect(world.record(id)['progress']).toMatchObject({ current_step: 'Starting training' });
    world.pass(200);
    const hostId = hostIdOf(world, id);
    expect(hostId).toMatch(/^host_training_/);
    expect(ask(world, 'GET', `/api/v1/operations/${hostId}`).body).toMatchObject({
      data: { operation_id: hostId, status: 'running', metadata: { mode: null } },
    });
    expect(world.logOf('training-host').join('\n')).toContain(
      `Registered local bridge for operation ${hostId}`,
    );
    expect(world.log.join('\n')).not.toContain('Registered local');
  });

  it('stays running in lists until somebody asks for it by id, and then has no end and no result', () => {
    const world = new World(1, inHostMode);
    const id = world.start(smoke);
    world.pass(5000);
    const list = world.send(requestOf('GET', '/api/v1/operations?status=running')).text;
    expect(list).toContain(id);
    expect(world.record(id)).toMatchObject({
      status: 'completed',
      completed_at: null,
      result_summary: null,
      progress: { percentage: 100, current_step: 'Epoch 10/100', steps_completed: 10 },
    });
    expect(bodyOf(world.send(requestOf('GET', `/api/v1/trainings/${id}/performance`)))).toEqual({
      success: true,
      task_id: id,
      status: 'completed',
      training_metrics: null,
      test_metrics: null,
      model_info: null,
    });
  });

  it('refreshes once a second of its own time, and each refresh adds a pair to the metrics', () => {
    const world = new World(10, inHostMode);
    const id = world.start(long);
    world.pass(50);
    const lengths = Array.from({ length: 6 }, () => {
      world.pass(50);
      const epochs = member(world.record(id)['metrics'] ?? null, 'epochs');
      return Array.isArray(epochs) ? epochs.length : 0;
    });
    expect(lengths).toEqual([2, 2, 4, 4, 6, 6]);
  });

  it('mirrors a cancel: cancelled here, failed there, and the host is free again', () => {
    const world = new World(1, inHostMode);
    const id = world.start(long);
    world.pass(15_000);
    const hostId = hostIdOf(world, id);
    expect(bodyOf(world.send(requestOf('DELETE', `/api/v1/operations/${id}`)))).toMatchObject({
      data: { task_cancelled: false, remote_cancelled: true },
    });
    world.pass(10_000);
    expect(world.record(id)['status']).toBe('cancelled');
    expect(ask(world, 'GET', `/api/v1/operations/${hostId}`).body).toMatchObject({
      data: {
        status: 'failed',
        error_message: 'Training failed: Training cancelled by user request',
      },
    });
    const next = world.start(smoke);
    world.pass(200);
    expect(world.record(next)['status']).toBe('running');
  });

  it('cancels a training that the host never got', () => {
    const world = new World(1, inHostMode);
    const id = world.start(long);
    expect(bodyOf(world.send(requestOf('DELETE', `/api/v1/operations/${id}`)))).toMatchObject({
      data: { task_cancelled: true, remote_cancelled: false },
    });
    world.pass(1000);
    expect(world.record(id)['status']).toBe('cancelled');
    expect(world.logOf('training-host')).toEqual([]);
  });

  it('fails a training without data on both sides; the backend says nothing of the reason', () => {
    const world = new World(1, inHostMode);
    const id = world.start({ ...smoke, symbols: ['INVALIDSYM'] });
    world.pass(1000);
    expect(world.record(id)).toMatchObject({ status: 'failed', error_message: null });
    expect(ask(world, 'GET', `/api/v1/operations/${hostIdOf(world, id)}`).body).toMatchObject({
      data: { error_message: 'Training failed: No data found in cache for INVALIDSYM 1d' },
    });
  });

  it('fails the start when nothing listens on the host', () => {
    const world = new World(1, { training: 'host-down' });
    expect(trainingHost.isUp({ training: 'host-down', backtest: 'local', ib: 'up' })).toBe(false);
    const id = world.start(smoke);
    world.pass(1000);
    expect(String(world.record(id)['error_message'])).toContain('All connection attempts failed');
  });
});
