import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readShell } from '../../src/shell/read.ts';

const known = { own: ['bakery'] };
const read = (text: string) => readShell(text, 10, known);

test.each([
  ['[ -f .env.oven ] && source .env.oven', { kind: 'setting' }],
  [
    'docker compose logs oven | grep burnt && echo "UNEXPECTED: burnt" || echo "OK"',
    { kind: 'log', negated: true },
  ],
  [
    'docker compose logs oven | grep hot && echo "OK: hot" || echo "FAIL"',
    { kind: 'log', negated: false },
  ],
  [
    'curl -s http://localhost:8000/health',
    {
      kind: 'request',
      request: { method: 'GET', origin: 'http://localhost:8000', path: '/health' },
    },
  ],
  [
    'curl -sXPOST "$API/orders?x=1" -H "Content-Type: application/json" -d \'{"a":1}\' | jq',
    {
      kind: 'request',
      request: {
        method: 'POST',
        origin: '${API}',
        path: '/orders',
        query: 'x=1',
        body: { text: '{"a":1}' },
      },
    },
  ],
  [
    'curl http://h:${P:-80}/y -d @order.json',
    {
      kind: 'request',
      request: { method: 'POST', origin: 'http://h:${P}', bodyFile: 'order.json' },
    },
  ],
  [
    'curl -X PUT http://h/y -d @- <<EOF\n{"x": 1}\nEOF',
    { kind: 'request', endLine: 12, request: { method: 'PUT', body: { text: '{"x": 1}' } } },
  ],
  ['curl http://h/`touch x`/y', { kind: 'request', request: { path: '/$(touch x)/y' } }],
  ['curl -u me:secret http://h/y', { kind: 'request', request: { lost: ["curl's option -u"] } }],
  [
    "curl -s $U/o/$ID | jq '{state: .data.status, n: (.rows | length), m: (.rows | map(.x))}'",
    {
      kind: 'request',
      looks: {
        paths: [
          { path: '.data.status', label: 'state' },
          { path: '.rows', label: 'n', count: true },
        ],
        notPaths: ['(.rows | map(.x))'],
      },
    },
  ],
  [
    "ID=$(curl -s http://h/o | jq -r '.data.id')",
    { kind: 'request', into: 'ID', looks: { paths: [{ path: '.data.id' }] } },
  ],
  [
    'ID=$(echo "$R" | jq -r .items[0].id)',
    { kind: 'look', from: 'R', into: 'ID', looks: { paths: [{ path: '.items[0].id' }] } },
  ],
  ['jq .a <<< "$R"', { kind: 'look', from: 'R' }],
  [
    'docker compose -f x.yml logs oven --since 60s | grep "Baked $ID"',
    {
      kind: 'log',
      service: 'oven',
      patterns: [{ text: 'Baked ${ID}', isRegex: false }],
      negated: false,
    },
  ],
  [
    'grep -E "a|b.*c" logs/oven.log | tail -1',
    { kind: 'log', file: 'logs/oven.log', patterns: [{ text: 'a|b.*c', isRegex: true }] },
  ],
  ['! docker logs oven | grep -i error', { kind: 'log', negated: true }],
  ['sleep 5', { kind: 'wait', seconds: 5 }],
  [
    'for i in {1..6}; do curl -s http://h/o | jq .status; sleep 15; done',
    {
      kind: 'poll',
      every: 15,
      times: 6,
      request: { path: '/o' },
      looks: { paths: [{ path: '.status' }] },
    },
  ],
  ['test -f out/x.json && echo yes || echo no', { kind: 'file', paths: ['out/x.json'] }],
  ['[ -s out/x.json ]', { kind: 'file', paths: ['out/x.json'] }],
  [
    'uv run bakery order "$WHAT" 2>&1',
    {
      kind: 'own',
      argv: [{ text: 'bakery' }, { text: 'order' }, { text: '${WHAT}', variables: ['WHAT'] }],
    },
  ],
  ['psql -h x -c "SELECT 1"', { kind: 'database', query: 'SELECT 1' }],
  ['export A=1', { kind: 'setting' }],
  ['# Expected: status "done"', { kind: 'note' }],
  ['rm -rf /', { kind: 'script' }],
  ['curl -s http://h/o | xargs kill', { kind: 'script' }],
])('%s', (text, kind) => {
  const { commands, notUnderstood } = read(text);
  expect({ first: commands[0], notUnderstood }).toMatchObject({
    first: { line: 10, ...kind },
    notUnderstood: [],
  });
});

test('a chain is read one by one, with the lines of each', () => {
  const { commands } = read('curl http://h/a &&\nsleep 2 && curl http://h/b # Expected: 200');
  expect(commands.map(({ kind, line }) => [kind, line])).toEqual([
    ['request', 10],
    ['wait', 11],
    ['request', 11],
    ['note', 11],
  ]);
});

test('an open quote costs its own command only', () => {
  const { commands, notUnderstood } = read('sleep 1\ncurl "http://h/a\nsleep 2\r\nsleep 3');
  expect(commands.map(({ line }) => line)).toEqual([10, 12, 13]);
  expect(notUnderstood).toMatchObject([{ line: 11, text: 'curl "http://h/a' }]);
});

test('nothing is lost: every line belongs to a command or is told', () => {
  const piece = fc.constantFrom(
    'curl http://h/a',
    "| jq '.a'",
    '"',
    "'",
    '$(',
    ')',
    '&& ',
    'sleep 1',
    '# x',
    'if',
    'fi',
    '<<EOF',
    'EOF',
    '{',
    '}',
    'ä',
    '`',
    '\\',
    'done',
    'X=',
  );
  const line = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(' '));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const { commands, notUnderstood } = read(lines.join('\n'));
      const held = (at: number) =>
        commands.some((one) => one.line <= at && at <= one.endLine) ||
        notUnderstood.some((one) => one.line === at);
      lines.forEach((text, index) => {
        if (text.trim() !== '')
          expect({ text, held: held(index + 10) }).toEqual({ text, held: true });
      });
    }),
    { numRuns: 300 },
  );
});
