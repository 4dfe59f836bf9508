import { describe, expect, test } from 'vitest';
import { categories } from '../../src/profile/schema.ts';
import { ktrdr } from './ktrdr.ts';

/** Names that others rely on (contract, section 2), and what the seed tabulates. */
describe('names of the contract', () => {
  test.each(['training', 'data', 'backtest', 'operations', 'host'])('domain %s', (name) => {
    expect(ktrdr.domains).toHaveProperty(name);
  });
  test.each([
    'training.start',
    'operations.get',
    'operations.list',
    'operations.cancel',
    'data.get',
    'data.info',
    'data.range',
    'data.download',
    'backtest.start',
  ])('endpoint %s', (name) => expect(Object.keys(ktrdr.endpoints)).toContain(name));

  const rows = [
    ...['smoke', 'progress', 'cancellation', 'stress'].flatMap((row) => [
      `training/${row}`,
      `backtest/${row}`,
    ]),
    ...['cache-read', 'small-download', 'progress', 'cancellation', 'stress'].map(
      (row) => `data/${row}`,
    ),
  ];
  test.each(rows)('row %s', (name) => expect(Object.keys(ktrdr.calibrations)).toContain(name));
});

describe('services of the seed', () => {
  test.each([
    ['backend', 'KTRDR_API_URL', 'http://localhost:8000', '/api/v1/health'],
    ['training-host', 'KTRDR_TRAINING_HOST_URL', 'http://localhost:5002', '/health'],
    ['ib-host', 'KTRDR_IB_HOST_URL', 'http://localhost:5001', '/health'],
    ['backtest-worker', 'KTRDR_BACKTEST_URL', 'http://localhost:5003', '/health'],
  ])('%s: %s, %s%s', (name, variable, origin, path) => {
    expect(ktrdr.services[name]).toMatchObject({ variable, default: origin, health: { path } });
  });
  test.each(['operations-service', 'training-worker', 'training-service', 'api'])(
    'component %s',
    (name) => {
      expect(ktrdr.components[name]?.service).toBe('backend');
    },
  );
});

describe('endpoints of the seed', () => {
  test.each([
    ['training.start', 'POST', '/api/v1/trainings/start'],
    ['operations.get', 'GET', '/api/v1/operations/{id}'],
    ['operations.list', 'GET', '/api/v1/operations'],
    ['operations.cancel', 'DELETE', '/api/v1/operations/{id}'],
    ['data.get', 'GET', '/api/v1/data/{symbol}/{timeframe}'],
    ['data.download', 'POST', '/api/v1/data/acquire/download'],
    ['backtest.start', 'POST', '/api/v1/backtests/start'],
  ])('%s is %s %s', (name, method, path) => {
    expect(ktrdr.endpoints[name]).toMatchObject({ method, path });
  });
});

describe('tables of the seed', () => {
  test('every category has its "when" and its example', () => {
    expect(Object.keys(ktrdr.categories).toSorted()).toEqual([...categories].toSorted());
  });
  test.each([
    ['training/smoke', '1d', 258],
    ['training/progress', '5m', 147_489],
    ['training/cancellation', '5m', 147_489],
    ['data/cache-read', '1h', 115_147],
    ['data/progress', '1h', 6265],
  ])('%s: %s, %i', (name, timeframe, recordedSamples) => {
    expect(ktrdr.calibrations[name]).toMatchObject({ parameters: { timeframe }, recordedSamples });
  });
  test('a cancellation cancels half way', () => {
    const rows = Object.entries(ktrdr.calibrations).filter(([name]) =>
      name.endsWith('/cancellation'),
    );
    expect(rows.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'training/cancellation',
        'data/cancellation',
        'backtest/cancellation',
      ]),
    );
    expect(rows.map(([, { cancelAt }]) => cancelAt)).toEqual(rows.map(() => 50));
  });
  test.each([
    'local-bridge',
    'remote-proxy',
    'saved-to-cache',
    'no-event-loop',
    'connection',
    'general',
  ])('log pattern %s', (id) => expect(ktrdr.logPatterns.map((one) => one.id)).toContain(id));
  test.each([
    ['instant-completion', /too small/],
    ['cache-instead-of-ib', /mode/],
    ['cannot-connect', /not running/],
    ['ib-download-fails', /Gateway/],
  ])('trouble %s: %s', (id, cause) => {
    const trouble = ktrdr.troubleshooting.find((one) => one.id === id);
    expect(trouble?.cause).toMatch(cause);
    expect(trouble?.cure.length).toBeGreaterThan(0);
  });
});

test('every fact names where it comes from', () => {
  const withSource = JSON.stringify(ktrdr).match(/"source":"[^"]+"/g) ?? [];
  expect(withSource.length).toBeGreaterThan(120);
  const unknown = withSource.filter(
    (one) => !/(seed|recordings?|guide|contract|computed|unrecorded)\b/.test(one),
  );
  expect(unknown).toEqual([]);
});
