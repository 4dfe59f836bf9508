import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Answer } from './harness.ts';

afterAll(sweep);

const item = (id: string, bread = 'rye') => ({ no: id, bread });
const list = (...items: object[]) => ({ json: { data: items } });
const old = item('A-1');

/** A command that says something, and ends when the file `stop` is there, with the status in it (a shell makes the file before it writes it). */
const tool = `#!/bin/sh
echo "baking $*"
echo $$ > pid
n=0
while [ ! -s stop ] && [ $n -lt 400 ]; do sleep 0.05; n=$((n + 1)); done
echo well >&2
exit "$(cat stop 2>/dev/null || echo 9)"
`;

const look = "GET backend '/orders?n=5' before=before items=.data item=.no command=bake within=8";
const lines = [
  'step Begin',
  "request before GET backend '/orders?n=5'",
  "launch bake -- ./tool '$(rye)'",
  `find id found 'it is found' ${look} where .bread equals rye`,
  "cleanup 'take it back' DELETE backend '/orders/{id}'",
  // In most cases it goes on until it is told here; where `stop` is there from the start it may end before the first look.
  'echo 3 >stop',
  'step End',
  'collect bake within=5',
  "check exits 'it exits with 3' bake exit equals 3 and stdout matches 'baking .\\(rye\\)' and stderr equals well",
  `find id sole 'it is the only one' ${look} sole where .bread equals rye`,
];

function told(
  answers: Answer,
  files: Record<string, string> = { stop: '3' },
  more: string[] = lines,
) {
  return verbs({ 'GET /orders': answers, 'DELETE /orders/A-2': { json: {} } }, 3, more, {
    files: { tool, ...files },
  });
}

const [before, after] = [list(old), list(item('A-2'), old)];

describe.concurrent('a command in the background, and what it started', () => {
  test.each<[string, Answer, number, string]>([
    ['one new', [before, list(item('B', 'spelt'), old), after, after], 0, ''],
    ['two new', [before, list(item('A-2'), item('A-3'), old)], 6, '2 new ones: A-2, A-3'],
    ['a second one later', [before, after, list(item('A-2'), item('A-3'), old)], 6, '2 new ones'],
    ['another one later', [before, after, list(item('A-3'), old)], 6, 'A-3, and not A-2'],
    ['none', [before], 1, 'none; the command has ended with exit 3: well'],
    ['only of another kind', [before, list(item('B', 'spelt'), old)], 1, 'none'],
    ['no list', [before, { json: { data: 'x' } }], 1, 'there is no list at data'],
    ['an error', [before, { status: 500, json: { data: [item('A-2')] } }], 1, 'HTTP 500'],
    [
      'an error before',
      [{ status: 500 }, after],
      1,
      'before the start the list was answered with 500',
    ],
  ])('%s', async (_what, answers, code, actual) => {
    const done = await told(answers, code === 0 ? {} : { stop: '3' });
    const red = done.points.find(({ ok }) => !ok);
    expect([done.code, String(red?.diag['actual'] ?? '')]).toEqual([
      code,
      expect.stringContaining(actual),
    ]);
    if (code === 0) expect(done.received.map(({ method }) => method)).toContain('DELETE');
  });
});

test('a command that does not end is ended, and is red', async () => {
  const done = await told([before, after], {}, [
    ...lines.slice(0, 5),
    'step End',
    'collect bake within=0.3',
    ...lines.slice(8),
  ]);
  expect([done.code, done.points.map(({ ok }) => ok)]).toEqual([1, [true, false, false]]);
  expect(done.points[1]?.diag['actual']).toBe('no reply: it did not end within 0.3 s');
});

test('a command is gone when the script has ended, however that was', async () => {
  const done = await told([before, before], {});
  expect(done.code).toBe(1);
  const { readFileSync } = await import('node:fs');
  const pid = Number(readFileSync(`${done.folder}/pid`, 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

test("the system's own commands get the address of the script", async () => {
  const done = await verbs(
    {},
    1,
    [
      'service oven OVEN_URL default=http://127.0.0.1:9 own=OWN_URL own-path=/api/v1',
      'cli told -- sh -c \'printf %s "$OWN_URL"\'',
      "check c c told stdout equals 'http://127.0.0.1:9/api/v1'",
    ],
    { env: { OWN_URL: 'http://elsewhere' } },
  );
  expect(done.code).toBe(0);
});
