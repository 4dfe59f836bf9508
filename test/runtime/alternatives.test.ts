import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Answer, type Reply } from './harness.ts';
import { lastingFolder } from '../support/folders.ts';

afterAll(sweep);

const running = { json: { s: 'running' } };
const refused: Answer = { status: 400, json: { detail: 'no such bread' } };
const accepted: Answer = { json: { id: 'A-1' } };
const fails: Answer = [running, { json: { s: 'failed', why: 'it burnt' } }];

const lines = [
  'step Begin',
  'request start POST backend /orders under-test',
  "take id start .id matches '^A-[0-9]+$'",
  "cleanup 'take it back' DELETE backend '/orders/{id}'",
  `follow final GET backend '/orders/{id}' every=1 within=4 under-test else=start ends .s in '["done","failed"]'`,
  "any either 'refused, or failed later' either of start status equals 400 either of start status equals 200 also of final .s equals failed and .why matches burnt",
  "check leaks 'no trace' final body lacks Traceback",
];

function told(start: Answer, look: Answer) {
  return verbs(
    { 'POST /orders': start, 'GET /orders/A-1': look, 'DELETE /orders/A-1': { json: {} } },
    2,
    lines,
  );
}

describe.concurrent('any: one alternative is enough', () => {
  test.each<[string, Answer, Answer, number, string[]]>([
    ['refused', refused, {}, 0, ['POST']],
    ['accepted and then failed', accepted, fails, 0, ['POST', 'GET', 'GET', 'DELETE']],
    ['accepted and then done', accepted, { json: { s: 'done' } }, 1, ['POST', 'GET', 'DELETE']],
    ['an id of another kind is followed by nobody', { json: { id: 'B' } }, {}, 1, ['POST']],
    ['a good-looking error', { status: 500, json: { id: 'A-1' } }, fails, 1, ['POST']],
    ['no reply at all', { cut: 'at-once' }, {}, 1, ['POST']],
    ['the look is an error', accepted, { status: 500, json: { s: 'failed', why: 'burnt' } }, 1, []],
    ['a trace in the refusal', { status: 400, body: '{"d":"Traceback"}' }, {}, 1, ['POST']],
    ['it never ends', accepted, running, 5, []],
  ])('%s', async (_what, start, look, code, sent) => {
    const done = await told(start, look);
    expect([done.code, done.stdout]).toEqual([code, expect.anything()]);
    expect(done.tapOk).toBe(code === 0);
    if (sent.length > 0) expect(done.received.map(({ method }) => method)).toEqual(sent);
  });
});

test('what was looked for, and what was there instead, is told of each alternative', async () => {
  const { points } = await told(accepted, { json: { s: 'done' } });
  expect(points[0]?.diag).toMatchObject({
    expected:
      'start: status equals 400, or start: status equals 200 and final: .s equals failed and .why matches burnt',
    actual: 'start: status = 200, final: .s = "done"; .why is missing',
  });
});

describe.concurrent('a log can be an alternative', () => {
  test.each([
    [0, true, 'well\n'],
    [0, false, 'sorry, you\n'],
    [1, false, 'well\n'],
  ])('exit %i', async (code, ok, line) => {
    const log = join(lastingFolder(), 'app.log');
    writeFileSync(log, 'sorry, you\n');
    const answer = (): Reply => {
      appendFileSync(log, line);
      return { json: { ok } };
    };
    const done = await verbs(
      { 'GET /r': answer },
      1,
      [
        'log-readable backend cure=x',
        'preflight',
        'step Look',
        'request r GET backend /r',
        "any a A either of r .ok equals true either in backend present 'sorry, you' within=0.2",
      ],
      { env: { SCENARIO_LOG_BACKEND: `file:${log}` } },
    );
    expect([done.code, done.tapOk]).toEqual([code, code === 0]);
  });
});

describe.concurrent('misuse is invalid', () => {
  test.each([
    ['no alternative', 'any a A'],
    ['nothing after either', 'any a A either'],
    ['a reply that nobody got', 'any a A either of nobody status equals 200'],
    ['absent', 'any a A either in backend absent x'],
    ['a follow without an end', 'follow f GET backend /r every=1 within=1'],
    ['an unknown word', 'any a A either of r status equals 200 hurry=yes'],
  ])('%s', async (_what, line) => {
    const done = await verbs({ 'GET /r': { json: {} } }, 1, ['request r GET backend /r', line]);
    expect([done.code, done.bailout]).toEqual([2, expect.stringContaining('invalid')]);
  });
});
