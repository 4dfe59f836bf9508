import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { sharedFolder, trimmedFolder } from './recording.ts';
import { strangers } from './strangers.ts';
import { long, monthOfRsi, smoke, twoMonths, twoYears, World, year } from './world.ts';

function completed(): World {
  const world = new World();
  const id = world.start(smoke);
  world.goTo(id, 20);
  world.poll(id);
  world.finish(id);
  world.poll(id);
  return world;
}

function cancelled(offset: number): World {
  const world = new World();
  const id = world.start(long);
  world.pass(1);
  world.poll(id);
  world.goTo(id, offset);
  world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  world.pass(10_000);
  world.poll(id);
  world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  return world;
}

function unknown(): World {
  const world = new World();
  const operation = '/api/v1/operations/op_training_20200101_000000_deadbeef';
  world.send(requestOf('GET', operation));
  world.send(requestOf('DELETE', operation));
  world.send(requestOf('DELETE', operation, { reason: 'because', force: true }));
  world.send(requestOf('GET', `${operation}/results`));
  world.send(requestOf('GET', `${operation}/metrics`));
  world.send(requestOf('POST', `${operation}/retry`));
  world.send(requestOf('DELETE', `${operation}/cancel`));
  return world;
}

function invalid(): World {
  const world = new World();
  const start = '/api/v1/trainings/start';
  world.send(requestOf('POST', start, { invalid: 'payload' }));
  world.send(requestOf('POST', start, { ...smoke, start_date: 'not-a-date' }));
  world.send(requestOf('POST', start, { ...smoke, start_date: '2024-13-01' }));
  world.send(requestOf('POST', start, { ...smoke, symbols: ['  '] }));
  world.send(requestOf('POST', start, '{bad json'));
  world.send(requestOf('GET', start));
  return world;
}

/** The four ways to find no data, in the recorder's order. */
function failing(): World {
  const world = new World();
  const payloads = [
    { ...smoke, symbols: ['INVALIDSYM'] },
    { ...smoke, timeframes: ['7x'] },
    { ...smoke, start_date: '2024-12-31', end_date: '2024-01-01' },
    { ...smoke, start_date: '1990-01-01', end_date: '1990-12-31' },
  ];
  for (const payload of payloads) {
    const id = world.start(payload);
    world.goTo(id, 10);
    world.poll(id);
    world.finish(id);
    world.poll(id);
  }
  return world;
}

/** A backtest to its end, or cancelled at an offset, polled before and after. */
function backtested(payload: Json, cancelAt?: number): World {
  const world = new World();
  const id = world.startBacktest(payload);
  world.goTo(id, 8.5);
  world.poll(id);
  if (cancelAt === undefined) {
    world.finish(id);
  } else {
    world.goTo(id, cancelAt);
    world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    world.pass(1000);
  }
  world.poll(id);
  return world;
}

/** What the recorder refused first, in `logs-backtest-invalid`. */
function invalidBacktests(): World {
  const world = new World();
  const start = '/api/v1/backtests/start';
  world.send(requestOf('POST', start, { invalid: 'payload' }));
  world.send(requestOf('POST', start, { ...year, start_date: 'not-a-date' }));
  world.send(requestOf('POST', start, { ...year, symbol: '  ' }));
  world.send(requestOf('POST', start, { ...year, initial_capital: 0 }));
  world.send(requestOf('POST', start, { ...year, initial_capital: 'abc' }));
  return world;
}

/** The strategy, the file and the range that are not there. */
function failingBacktests(): World {
  const world = new World();
  const month = { ...year, end_date: '2024-01-31' };
  for (const wrong of [
    { strategy_name: 'nonexistent_strategy' },
    { symbol: 'INVALID_SYMBOL_XYZ' },
    { timeframe: '4h' },
    { start_date: '1990-01-01', end_date: '1990-12-31' },
    { start_date: '2024-01-31', end_date: '2024-01-01' },
  ]) {
    const id = world.startBacktest({ ...month, ...wrong });
    world.pass(9);
    if (!('strategy_name' in wrong)) world.poll(id);
    world.finish(id);
    world.poll(id);
  }
  return world;
}

const cases = [
  ['logs-train-smoke-1d-2024', completed],
  ['logs-operation-unknown', unknown],
  ['logs-train-invalid', invalid],
  ['logs-train-async-failures', failing],
  ['logs-backtest-invalid', invalidBacktests],
  ['logs-backtest-async-failures', failingBacktests],
  ['logs-backtest-22bars-rsi-strategy', () => backtested(monthOfRsi)],
  ['logs-backtest-good-seed-21bars', () => backtested({ ...year, end_date: '2024-01-31' })],
] as const;

describe('the log says what the real one said', () => {
  it.each(cases)('%s', (log, make) => {
    expect(strangers(trimmedFolder, log, make().log)).toEqual([]);
  });

  // The recorder shortened these in the middle: progress and some access lines are missing there.
  it.each([
    ['logs-train-cancel-5m-10s', () => cancelled(10_000)],
    ['logs-train-cancel-5m-1s', () => cancelled(1115)],
    ['logs-backtest-good-520bars', () => backtested(twoYears)],
  ] as const)('%s, but for progress and access lines', (log, make) => {
    const strange = strangers(trimmedFolder, log, make().log);
    expect(strange.filter((line) => !/progress: |^INFO: |Getting status/i.test(line))).toEqual([]);
  });

  it('logs-backtest-cancel-5m, but for those and the lines of the cancel itself', () => {
    const { log } = backtested(twoMonths, 8500);
    const strange = strangers(trimmedFolder, 'logs-backtest-cancel-5m', log);
    const left =
      /^INFO: |Getting status|Progress: |Cancell(ing|ed|ation)( requested for)? operation|Successfully/;
    expect(strange.filter((line) => !left.test(line))).toEqual([]);
    expect(log.filter((line) => line.includes('Backtest cancelled at bar '))).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(sharedFolder))('the log against all recorded logs in ../shared', () => {
  it.each(cases)('%s', (log, make) => {
    expect(strangers(sharedFolder, log, make().log)).toEqual([]);
  });
});

describe('the log of a training', () => {
  it('has the pairing line of the bridge, the id in it, before the start is answered', () => {
    const world = new World();
    const id = world.start(smoke);
    const text = world.log.join('\n');
    const bridge = text.indexOf(`Registered local bridge for operation ${id}`);
    const training = text.indexOf(`Registered local training bridge for operation ${id}`);
    expect(bridge).toBeGreaterThan(0);
    expect(training).toBeGreaterThan(bridge);
    expect(text).not.toContain('no running event loop');
  });

  it('has no error line when it goes well', () => {
    expect(completed().log.filter((line) => /error|exception|failed/i.test(line))).toEqual([]);
  });

  it('has two ERROR lines with the id when a cancel is noticed', () => {
    const errors = cancelled(10_000).log.filter((line) => line.includes('| ERROR |'));
    expect(errors).toHaveLength(2);
    expect(errors.every((line) => line.includes('op_training_'))).toBe(true);
  });

  it('says a polled status once in ten seconds', () => {
    const world = new World();
    const id = world.start(long);
    for (let count = 0; count < 40; count += 1) {
      world.pass(500);
      world.poll(id);
    }
    expect(world.log.filter((line) => line.includes('Getting status'))).toHaveLength(2);
  });
});
