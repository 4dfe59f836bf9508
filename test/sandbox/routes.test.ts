import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { jsonErrorOffset } from '../../src/sandbox/python-json.ts';
import { bodyOf } from './compare.ts';
import { member, smoke, World } from './world.ts';

const start = '/api/v1/trainings/start';

function problems(body: Json, type?: string): readonly Json[] {
  const wire = new World().send(requestOf('POST', start, body, type));
  expect(wire.status).toBe(422);
  const details = member(member(bodyOf(wire), 'error'), 'details');
  return (details as readonly Json[]).map(
    (each) => `${String(member(each, 'field'))}: ${String(member(each, 'message'))}`,
  );
}

describe('routes', () => {
  it.each([
    ['GET', '/health', 404],
    ['GET', '/api/v1/nope', 404],
    ['GET', '/api/v1/system/health', 404],
    ['DELETE', '/api/v1/operations/op_x/cancel', 404],
    ['GET', '/api/v1/trainings/op_x', 404],
    ['GET', start, 405],
    ['PUT', '/api/v1/operations/op_x', 405],
    ['POST', '/api/v1/health', 405],
    ['HEAD', '/api/v1/health', 405],
    ['GET', '/api/v1/operations/', 307],
    ['GET', '/api/v1/health/', 307],
    ['POST', `${start}/`, 307],
    ['POST', '/api/v1/data/acquire/download', 422],
    ['GET', '/api/v1/backtests/start', 405],
    ['POST', '/api/v1/backtests/start', 422],
    ['GET', '/api/v1/ib/status', 501],
    ['POST', '/api/v1/operations/op_x/metrics', 501],
  ] as const)('%s %s answers %i', (method, path, status) => {
    expect(new World().send(requestOf(method, path)).status).toBe(status);
  });

  it('redirects keep the query', () => {
    const wire = new World().send(requestOf('GET', '/api/v1/operations/?status=running&limit=1'));
    expect(wire.headers['location']).toBe(
      'http://127.0.0.1:8000/api/v1/operations?status=running&limit=1',
    );
    expect(wire.text).toBe('');
  });

  it('a part that is not served says so, by name', () => {
    const wire = new World().send(requestOf('GET', '/api/v1/strategies'));
    const text = String(member(bodyOf(wire), 'detail'));
    expect(text).toContain('sandbox does not serve');
    expect(text).toContain('GET /api/v1/strategies');
  });

  it('a strategy that was never recorded is not made up', () => {
    const wire = new World().send(
      requestOf('POST', start, { ...smoke, strategy_name: 'trend_momentum' }),
    );
    expect(wire.status).toBe(501);
    expect(wire.text).toContain('trend_momentum');
  });
});

describe('what a start refuses', () => {
  it('several problems at once, in the order of the fields', () => {
    const wrong = {
      symbols: [1, 'EURUSD', null],
      timeframes: ' ',
      start_date: 5,
      detailed_analytics: [],
    };
    expect(problems(wrong)).toEqual([
      'body -> symbols -> 0: Input should be a valid string',
      'body -> symbols -> 2: Input should be a valid string',
      'body -> timeframes: Input should be a valid list',
      'body -> strategy_name: Field required',
      'body -> start_date: Input should be a valid string',
      'body -> detailed_analytics: Input should be a valid boolean',
    ]);
  });

  it('no body, null, a form, a number', () => {
    const world = new World();
    expect(world.send(requestOf('POST', start)).text).toContain(
      '"field":"body","message":"Field required"',
    );
    expect(problems(null)).toEqual(['body: Field required']);
    const notAnObject = 'body: Input should be a valid dictionary or object to extract fields from';
    expect(problems('a=b', 'application/x-www-form-urlencoded')).toEqual([notAnObject]);
    expect(problems(5)).toEqual([notAnObject]);
  });

  it('a body that is nested too deep, or no UTF-8', () => {
    const deep = new World().send(requestOf('POST', start, '['.repeat(200_000)));
    expect(deep.status).toBe(400);
    const broken = { ...requestOf('POST', start, '{}'), body: new Uint8Array([0xff, 0xfe]) };
    expect(new World().send(broken).text).toBe('{"detail":"There was an error parsing the body"}');
  });

  it.each([
    ['{bad json', 1],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ['"abc', 0],
    ['{"a":"\\x"}', 6],
    ['{"a":"\\u12"}', 7],
    ['1 2', 2],
    ['  ', 2],
    ['{"a":1 "b"', 7],
    ['{"a":"\n"}', 6],
    ['{"ü":"🙂" x', 9],
    ['NaN', undefined],
    ['[-Infinity, 1e5, -0.5]', undefined],
  ] as const)('reads %j as Python does', (text, offset) => {
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  it.each([
    ['2024-02-30', 500],
    ['2024-13-01', 500],
    ['yesterday', 500],
    ['2024-01-01T10:00:00Z', 200],
    ['20240101', 200],
  ] as const)('start_date %s gives %i', (date, status) => {
    const wire = new World().send(requestOf('POST', start, { ...smoke, start_date: date }));
    expect(wire.status).toBe(status);
  });
});

describe('a cancel request', () => {
  it('checks its body before it looks for the operation', () => {
    const wire = new World().send(
      requestOf('DELETE', '/api/v1/operations/op_x', { reason: 5, force: 'perhaps' }),
    );
    expect(wire.status).toBe(422);
    expect(wire.text).toContain('body -> reason');
    expect(wire.text).toContain('body -> force');
  });
});
