import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import { trimmedFolder } from './recording.ts';
import { strangers } from './strangers.ts';
import { World } from './world.ts';

/** The requests about cached data, in the recorder's order. */
function cached(): World {
  const world = new World();
  const paths = [
    'EURUSD/1d',
    'eurusd/1d?start_date=2024-01-01&end_date=2024-01-10',
    'EURUSD/1h?start_date=2024-01-01&end_date=2024-12-31',
    'NOSUCHSYM/1h',
    'EURUSD/7x',
    'EURUSD/4h',
    'EURUSD/1d?start_date=1990-01-01&end_date=1990-02-01',
    'EURUSD/1d?start_date=2024-02-01&end_date=2024-01-01',
    'EURUSD/1d?start_date=notadate',
    'EURUSD/1d?end_date=2024-13-45',
    'EURUSD/1d?start_date=2024-01-01&end_date=2024-01-10&trading_hours_only=true',
    'EURUSD/range',
    'info',
    'EURUSD',
    'EUR%24USD/1d',
  ];
  for (const path of paths) world.send(requestOf('GET', `/api/v1/data/${path}`));
  world.send(requestOf('GET', '/api/v1/symbols'));
  world.send(requestOf('GET', '/api/v1/timeframes'));
  for (const body of [
    { symbol: 'EURUSD', timeframe: '1h' },
    { symbol: 'EURUSD', timeframe: '1d' },
    { symbol: 'NOSUCHSYM', timeframe: '1h' },
    { invalid: 'payload' },
  ]) {
    world.send(requestOf('POST', '/api/v1/data/range', body));
  }
  return world;
}

const download = '/api/v1/data/acquire/download';
const year = {
  symbol: 'EURUSD',
  timeframe: '1h',
  mode: 'tail',
  start_date: '2024-01-01',
  end_date: '2024-12-31',
};

/** A download while nothing listens on 5001. */
function withoutHost(): World {
  const world = new World(1, { ib: 'host-down' });
  world.send(requestOf('POST', download, year));
  const id = world.state.operations[0]?.id ?? '';
  world.goTo(id, 10);
  world.poll(id);
  world.finish(id);
  world.poll(id);
  return world;
}

/** What is refused, with the traceback of a wrong mode. */
function refusedDownloads(): World {
  const world = new World(1, { ib: 'host-down' });
  for (const mode of [undefined, 'local', 'bogus']) {
    world.send(requestOf('POST', download, { ...year, mode: mode ?? null }));
  }
  world.send(requestOf('POST', download, { ...year, timeframe: '7x' }));
  world.send(requestOf('POST', download, { ...year, start_date: 'nope' }));
  world.send(requestOf('POST', download, { invalid: 'payload' }));
  world.send(requestOf('POST', download, '{'));
  return world;
}

describe('the log says what the real one said', () => {
  it('about cached data', () => {
    expect(strangers(trimmedFolder, 'logs-data-get', cached().log)).toEqual([]);
  });

  it('about a download without an IB host', () => {
    const { log } = withoutHost();
    expect(strangers(trimmedFolder, 'logs-download-tail-ib-absent', log)).toEqual([]);
  });

  it('about downloads that are refused', () => {
    const { log } = refusedDownloads();
    expect(strangers(trimmedFolder, 'logs-download-invalid', log)).toEqual([]);
  });
});
