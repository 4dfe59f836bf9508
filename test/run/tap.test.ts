import { expect, test } from 'vitest';
import { tapReader } from '../../src/run/tap.ts';

test('reads what a script says of a red point', () => {
  const report = read([
    'TAP version 14\n1..2\nok 1 - a \\# b\nnot ok 2 - c\n  ---\n  id: "x"\n  actual: "1: {2}"\n',
    '  component: worker\n  ...\n# cure: do it\n# manual: look\n# ❌ Issue: worker: c\n',
  ]);
  expect(report).toMatchObject({
    plan: 2,
    issue: 'worker: c',
    cures: ['do it'],
    manual: ['look'],
    broken: false,
    points: [
      { number: 1, ok: true, text: 'a # b' },
      { number: 2, ok: false, diagnosis: { id: 'x', actual: '1: {2}', component: 'worker' } },
    ],
  });
});

test('of several things in the way each cure says which it is for', () => {
  const { cures } = read([
    '1..1\n# blocked: a is down\n# cure: start a\n# blocked: b is down\n# cure: start b\nBail out! blocked: a is down\n',
  ]);
  expect(cures).toEqual(['a is down: start a', 'b is down: start b']);
});

test('pieces may end anywhere, within a character too', () => {
  const bytes = Buffer.from('1..1\nok 1 - grün ✅\n# ❌ Issue: ä\n');
  const reader = tapReader();
  for (const byte of bytes) reader.write(Uint8Array.of(byte));
  reader.end();
  expect(reader.report()).toMatchObject({ points: [{ text: 'grün ✅' }], issue: 'ä' });
});

test.each([
  ['no UTF-8', Buffer.from([0xff, 0xfe, 0x0a])],
  ['control characters', Buffer.from('\u001b[2J\u0000\u0007\r\n')],
  ['a line without end', Buffer.alloc(1_000_000, 'x')],
  ['an open YAML block', Buffer.from('  ---\n  a: [\n')],
  ['a subtest', Buffer.from('# Subtest: x\n    1..1\n    not ok 1 - inner\n')],
])('%s between the points changes nothing', (_name, noise) => {
  const reader = tapReader();
  reader.write(Buffer.from('1..2\nok 1 - a\n'));
  reader.write(noise);
  reader.write(Buffer.from('\nok 2 - b\n'));
  reader.end();
  const { plan, points, broken } = reader.report();
  expect({ plan, broken, ok: points.map(({ ok }) => ok) }).toEqual({
    plan: 2,
    broken: false,
    ok: [true, true],
  });
});

test('a YAML block that is no YAML leaves the point red', () => {
  const { points } = read(['1..1\nnot ok 1 - a\n  ---\n  a: [1\n   b: }{\n  ...\n']);
  expect(points).toMatchObject([{ ok: false, diagnosis: {} }]);
});

test('more points than anybody plans are not kept', () => {
  const line = Array.from({ length: 30_000 }, (_one, index) => `ok ${index + 1} - a\n`).join('');
  expect(read([`1..30000\n${line}`]).points.length).toBeLessThan(20_000);
});

function read(pieces: readonly string[]) {
  const reader = tapReader();
  for (const piece of pieces) reader.write(Buffer.from(piece));
  reader.end();
  return reader.report();
}
