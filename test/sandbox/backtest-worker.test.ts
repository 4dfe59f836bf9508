import { describe, expect, it } from 'vitest';
import { backtestWorker } from '../../src/sandbox/backtest-worker/service.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { bodyOf } from './compare.ts';
import { strangers } from './strangers.ts';
import { trimmedFolder } from './recording.ts';
import { member, twoMonths, twoYears, World } from './world.ts';

function ask(world: World, method: string, path: string, body?: Json) {
  const wire = world.send(requestOf(method, path, body), backtestWorker);
  return { status: wire.status, body: bodyOf(wire) };
}

/** The worker's id of an operation, from the line of the backend's log that ties the two. */
function workerIdOf(world: World, id: string): string {
  const line = world.log.find((each) => each.includes(`remote proxy for operation ${id} → host `));
  return /host (op_backtesting_\w+)$/.exec(line ?? '')?.[1] ?? 'none';
}

describe('the backtest worker by itself', () => {
  it.each([
    ['POST', '/backtests/start', 501],
    ['GET', '/api/v1/operations/abc', 404],
    ['DELETE', '/api/v1/operations/abc', 405],
    ['DELETE', '/api/v1/operations/abc/cancel', 200],
    ['GET', '/api/v1/operations?limit=0', 501],
    ['GET', '/api/v1/health', 404],
    ['GET', '/docs', 501],
  ] as const)('%s %s answers %i', (method, path, status) => {
    expect(ask(new World(), method, path).status).toBe(status);
  });

  it('refuses as FastAPI does, and makes nothing up that was not recorded', () => {
    const { strategy_name: _, ...rest } = twoYears;
    const refused = ask(new World(), 'POST', '/backtests/start', rest);
    const missing = { type: 'missing', loc: ['body', 'strategy_name'], msg: 'Field required' };
    expect(refused).toEqual({ status: 422, body: { detail: [{ ...missing, input: rest }] } });
    expect(
      ask(new World(), 'POST', '/backtests/start', { ...twoYears, symbol: ' ' }),
    ).toMatchObject({ status: 501, body: { sandbox: 'not-served' } });
  });

  it('is not there in mode remote-down, and there in the others', () => {
    const { isUp } = backtestWorker;
    const modes = { training: 'local', ib: 'up' } as const;
    const inModes = (['local', 'remote', 'remote-down'] as const).map((backtest) =>
      isUp({ ...modes, backtest }),
    );
    expect(inModes).toEqual([true, true, false]);
  });
});

describe('a backtest that the backend lets the worker do', () => {
  it('has two ids, tied by one line of the log, and the same progress on both sides', () => {
    const world = new World(1, { backtest: 'remote' });
    const id = world.startBacktest(twoMonths);
    world.pass(9000);
    const here = world.record(id);
    const workerId = workerIdOf(world, id);
    expect(workerId).not.toBe(id);
    const there = ask(world, 'GET', `/api/v1/operations/${workerId}`).body;
    expect(member(here['progress'] ?? null, 'percentage')).toBeGreaterThan(20);
    expect(here['progress']).toEqual(member(there, 'progress'));
    expect([here['result_summary'], here['completed_at']]).toEqual([null, null]);
  });

  it('is cancelled on both sides', () => {
    const world = new World(1, { backtest: 'remote' });
    const id = world.startBacktest(twoMonths);
    world.pass(8000);
    world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    world.pass(8000);
    const there = ask(world, 'GET', `/api/v1/operations/${workerIdOf(world, id)}`).body;
    expect([world.record(id)['status'], member(there, 'status')]).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('leaves the error message on the worker', () => {
    const world = new World(1, { backtest: 'remote' });
    const id = world.startBacktest({ ...twoYears, strategy_name: 'nope' });
    world.pass(1000);
    expect(world.record(id)).toMatchObject({ status: 'failed', error_message: null });
    const there = ask(world, 'GET', `/api/v1/operations/${workerIdOf(world, id)}`).body;
    expect(member(there, 'error_message')).toBe('Strategy config not found: strategies/nope.yaml');
  });
});

describe('the logs of both sides say what the real ones said', () => {
  // The recorder shortened the worker's logs in the middle; the lines of other minutes are not in them.
  const left = /^INFO: |Progress: |Getting status|Retrieved operation/;

  it.each([
    ['520bars', twoYears, undefined],
    ['cancel-5m', twoMonths, 8000],
  ] as const)('logs-remote-backtest-%s', (name, payload, cancelAt) => {
    const world = new World(1, { backtest: 'remote' });
    const id = world.startBacktest(payload);
    world.pass(40);
    world.poll(id);
    world.pass(cancelAt ?? 5000);
    world.poll(id);
    if (cancelAt !== undefined) world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    world.pass(1000);
    for (const [side, service] of [
      ['backend-remote', 'backend'],
      ['worker', 'backtest-worker'],
    ] as const) {
      const log = `logs-remote-backtest-${name}-${side}`;
      const strange = strangers(trimmedFolder, log, world.logOf(service));
      expect(strange.filter((line) => !left.test(line))).toEqual([]);
    }
  });

  it('logs-worker-direct', () => {
    const world = new World();
    const id = String(
      member(ask(world, 'POST', '/backtests/start', twoYears).body, 'operation_id'),
    );
    world.pass(5000);
    ask(world, 'GET', `/api/v1/operations/${id}`);
    ask(world, 'POST', '/backtests/start', { ...twoYears, strategy_name: 'nope' });
    world.pass(100);
    const strange = strangers(trimmedFolder, 'logs-worker-direct', world.logOf('backtest-worker'));
    expect(strange.filter((line) => !left.test(line))).toEqual([]);
  });

  it('logs-services-down', () => {
    const world = new World(1, { backtest: 'remote-down' });
    world.poll(world.startBacktest(twoYears));
    world.pass(100);
    expect(strangers(trimmedFolder, 'logs-services-down', world.log)).toEqual([]);
  });
});
