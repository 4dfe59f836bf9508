import { expect, test } from 'vitest';
import { sampleOf } from '../../src/io/select.ts';
import type { Exchange } from '../../src/replay/exchanges.ts';
import { withoutSecrets } from '../../src/replay/gather.ts';
import { atStart, play, type Position } from '../../src/replay/player.ts';

/** `GET /a = 1` asks and gets 1; what is sent stands behind a colon. */
const recorded = [
  'POST /orders:{"n":1,"of":2} = A-17',
  'GET /orders/A-17 = queued',
  'GET /orders/A-17 = baking',
  'POST /orders/A-17/recall = ok',
  'GET /orders/A-17 = recalled',
  'GET /orders/%5BTOKEN%5D = secret',
].map((line): Exchange => {
  const { request, reply } = split(line);
  return {
    at: 0,
    service: 'counter',
    ...request,
    status: 200,
    headers: {},
    seconds: 0,
    body: reply,
  };
});

function split(line: string) {
  const [asked = '', reply = ''] = line.split(' = ');
  const [method = '', ...rest] = asked.split(' ');
  const [path = '', ...sent] = rest.join(' ').split(':');
  return { request: { method, path, sent: sent.join(':') }, reply };
}

const place = 'POST /orders:{"of":2,"n":1} = A-17';
const look = 'GET /orders/A-17';
const recall = 'POST /orders/A-17/recall = ok';
/** What is asked one after the other, each with the reply that it gets. */
const cases: readonly (readonly [string, ...string[]])[] = [
  ['as recorded', place, `${look} = queued`, `${look} = baking`, recall, `${look} = recalled`],
  ['more looks get the last', place, `${look} = queued`, `${look} = baking`, `${look} = baking`],
  ['a change moves on at once', place, `${look} = queued`, recall, `${look} = recalled`],
  [
    'without the change all stays',
    place,
    ...Array(5).fill(`${look} = baking`).with(0, `${look} = queued`),
  ],
  ['a change twice gets its last reply', place, recall, recall, `${look} = recalled`],
  ['a secret stands for itself', 'GET /orders/[TOKEN] = secret'],
  ['what is not there', 'GET /menu = ?GET /menu', 'DELETE /orders/A-17 = ?DELETE /orders/A-17'],
  ['another body', 'POST /orders:{"n":3} = ?POST /orders with the body that is sent now'],
];

test.each(cases)('%s', (_name, ...asked) => {
  let position: Position = atStart;
  const got = asked.map((line) => {
    const { request } = split(line);
    const asking = { service: 'counter', browser: false, ...request };
    const played = play(recorded, position, asking, { now: 0, pace: 1 });
    if ('lacks' in played) return `?${played.lacks}`;
    position = played.position;
    return recorded[played.index]?.body;
  });
  expect(got).toEqual(asked.map((line) => split(line).reply));
});

test('a script that is far behind the recorded one catches up, and never goes before it', () => {
  const series = [0, 1, 2, 3, 4, 5].map((at): Exchange => ({
    at,
    service: 's',
    method: 'GET',
    path: '/a',
    status: 200,
    headers: {},
    seconds: 0,
    body: String(at),
  }));
  let position: Position = atStart;
  const got = [0, 0.1, 1, 7, 7.1, 99].map((now) => {
    const asking = { service: 's', method: 'GET', path: '/a', sent: '', browser: false };
    const played = play(series, position, asking, { now, pace: 1 });
    if ('lacks' in played) return played.lacks;
    position = played.position;
    return series[played.index]?.body;
  });
  expect(got).toEqual(['0', '1', '2', '4', '5', '5']);
});

test('no secret is left in what is kept, however it was written', () => {
  const value = 's3"cret/x';
  const kept = withoutSecrets(
    {
      path: `/a?t=${encodeURIComponent(value)}`,
      list: [`Bearer ${value}`, JSON.stringify({ value })],
    },
    [{ name: 'TOKEN', value }],
  );
  expect(kept).toEqual({
    path: '/a?t=[TOKEN]',
    list: ['Bearer [TOKEN]', '{"value":"[TOKEN]"}'],
  });
});

test('a sample is always the same, and changes little with the library', () => {
  const ids = Array.from({ length: 40 }, (_, index) => `orders/${index}`);
  const sample = sampleOf(ids, 5);
  expect(sample).toHaveLength(5);
  expect(sampleOf(ids.toReversed(), 5)).toEqual(sample);
  const without = sampleOf(
    ids.filter((id) => id !== sample[0]),
    5,
  );
  expect(without).toEqual(expect.arrayContaining(sample.slice(1)));
});
