import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { ibHost } from '../../src/sandbox/ib-host/service.ts';
import { bodyOf } from './compare.ts';
import { member, World } from './world.ts';

const days = { symbol: 'EURUSD', timeframe: '1d', mode: 'tail' };
const autumn = { ...days, start_date: '2025-08-01', end_date: '2025-10-31' };
const pounds = {
  symbol: 'GBPUSD',
  timeframe: '1h',
  mode: 'tail',
  start_date: '2024-01-01',
  end_date: '2024-12-31',
};

function start(world: World, body: Json): string {
  const wire = world.send(requestOf('POST', '/api/v1/data/acquire/download', body));
  return String(member(bodyOf(wire), 'operation_id'));
}

function rangeOf(world: World, symbol: string, timeframe: string): Json {
  const wire = world.send(requestOf('POST', '/api/v1/data/range', { symbol, timeframe }));
  return member(bodyOf(wire), 'data');
}

function percentages(world: World, id: string, every: number): readonly number[] {
  const seen: number[] = [];
  while (world.operation(id).status === 'running') {
    seen.push(Number(member(world.record(id)['progress'] ?? null, 'percentage')));
    world.pass(every);
  }
  return seen;
}

describe('a download', () => {
  it('rises segment by segment to 100 %, and leaves its bars in the cache', () => {
    const world = new World();
    const id = start(world, pounds);
    const seen = percentages(world, id, 500);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(13);
    expect(world.record(id)['result_summary']).toMatchObject({ rows_downloaded: 6265 });
    expect(member(rangeOf(world, 'GBPUSD', '1h'), 'point_count')).toBe(6265);
  });

  it('of a range leaves nothing else, and the full range brings it back', () => {
    const world = new World();
    const before = rangeOf(world, 'EURUSD', '1d');
    world.finish(start(world, autumn));
    expect(member(rangeOf(world, 'EURUSD', '1d'), 'start_date')).toBe('2025-08-01T00:00:00Z');
    const { start_date, end_date } = before as { start_date: string; end_date: string };
    world.finish(start(world, { ...days, mode: 'full', start_date, end_date }));
    expect(rangeOf(world, 'EURUSD', '1d')).toEqual(before);
  });

  it('that is cancelled stays so, stops, and writes nothing', () => {
    const world = new World();
    const id = start(world, pounds);
    world.goTo(id, 9000);
    world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    const cancelled = world.record(id);
    world.pass(60_000);
    expect(world.record(id)).toEqual(cancelled);
    expect(cancelled['status']).toBe('cancelled');
    expect(rangeOf(world, 'GBPUSD', '1h')).toBeNull();
    expect(world.log.join('\n')).toContain('Segment fetching cancelled at segment 5/13');
  });

  it('goes as fast as the sandbox', () => {
    const world = new World(20);
    const id = start(world, pounds);
    world.pass(1500);
    expect(world.record(id)['status']).toBe('completed');
  });

  it.each(['2h', '1M'])('of %s, of which nothing is known, is not made up', (timeframe) => {
    const body = { ...pounds, timeframe };
    const wire = new World().send(requestOf('POST', '/api/v1/data/acquire/download', body));
    expect(wire.status).toBe(501);
  });
});

describe('the IB host', () => {
  const bars = { symbol: 'EURUSD', timeframe: '1h', start: '2024-12-02', end: '2024-12-03' };
  const ask = (path: string, body: Json, ib = 'up'): Json & object => {
    const wire = new World(1, { ib }).send(requestOf('POST', path, body), ibHost);
    return { never: wire.never ?? false, delayMs: wire.delayMs ?? 0, body: bodyOf(wire) };
  };

  it('gives bars as a JSON text, after 1.3 s', () => {
    const { body, delayMs } = ask('/data/historical', bars) as { body: Json; delayMs: number };
    const data = JSON.parse(String(member(body, 'data')));
    expect(Object.keys(data)).toHaveLength(25);
    expect(member(body, 'rows')).toBe(25);
    expect(data['2024-12-02T00:00:00.000Z']).toMatchObject({ volume: -1 });
    expect(delayMs).toBe(1300);
  });

  it('knows a symbol or says that it does not', () => {
    expect(ask('/data/validate', { symbol: 'AAPL' })).toMatchObject({
      body: { is_valid: true, contract_info: { asset_type: 'STK', exchange: 'NASDAQ' } },
    });
    expect(ask('/data/validate', { symbol: 'INVALID123XYZ' })).toMatchObject({
      body: { is_valid: false, error_message: 'Symbol INVALID123XYZ not found' },
    });
  });

  it.each(['/data/historical', '/data/validate'])('never answers %s without a Gateway', (path) => {
    expect(ask(path, bars, 'gateway-down')).toMatchObject({ never: true });
  });
});
