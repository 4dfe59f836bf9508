import { expect, test } from 'vitest';
import { packed, unpacked } from '../../src/replay/packed.ts';
import type { Exchanges } from '../../src/replay/exchanges.ts';

const exchange = (body: string) => ({
  at: 0,
  service: 'counter',
  method: 'GET',
  path: '/orders',
  status: 200,
  headers: {},
  seconds: 0.1,
  body,
});

function recording(...bodies: readonly string[]): Exchanges {
  return {
    format: 1,
    checks: 'x',
    when: '2026-01-01T00:00:00Z',
    target: 'live',
    timeScale: 1,
    variables: {},
    exchanges: bodies.map(exchange),
    logs: [],
    commands: [],
    files: {},
  };
}

test('a long body is packed in the file, comes back as it was, and a short one is left to be read', () => {
  const long = JSON.stringify(Array.from({ length: 90_000 }, (_, at) => `bröd ${at}`));
  const recorded = recording('{"ok":true}', long);
  const text = JSON.stringify(packed(recorded));
  expect(text.length).toBeLessThan(long.length / 2);
  expect(text).toContain(String.raw`"body":"{\"ok\":true}"`);
  expect(unpacked(JSON.parse(text))).toEqual(recorded);
});

test('a long log is packed too, and comes back line by line', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `ERROR order ${at} has no model`);
  const recorded = {
    ...recording(),
    logs: [
      { service: 'counter', after: 0, lines },
      { service: 'counter', after: 1, lines: ['A-17 is ready', ''] },
    ],
  };
  const text = JSON.stringify(packed(recorded));
  expect(text.length).toBeLessThan(lines.join().length / 5);
  expect(text).toContain('"A-17 is ready"');
  expect(unpacked(JSON.parse(text))).toEqual(recorded);
});

test('what is no recording, or whose packed body is broken, is refused', () => {
  expect(() => unpacked({ exchanges: [] })).toThrow();
  const broken = { ...recording(), exchanges: [{ ...exchange(''), body: { packed: 'AAAA' } }] };
  expect(() => unpacked(broken)).toThrow();
});
