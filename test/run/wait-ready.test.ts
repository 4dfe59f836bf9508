import { afterAll, expect, test } from 'vitest';
import { waitReady } from '../../src/run/wait-ready.ts';
import type { Resolved } from '../../src/scenario/model.ts';
import { api, sweep, type Answer } from '../runtime/harness.ts';
import { bakery } from '../support/ktrdr.ts';

afterAll(sweep);

const scenario = {
  services: [
    { name: 'counter', variable: 'BAKERY_URL', default: 'http://127.0.0.1:9', production: [] },
  ],
} as unknown as Resolved;

test.each<[string, Answer, number, string[], string[]]>([
  [
    'one that comes up',
    [{ status: 503 }, { json: { warm: true } }],
    30,
    [],
    ['counter: GET /ping answers with HTTP 503', 'counter: ready'],
  ],
  [
    'one that does not',
    { json: { warm: false } },
    0.1,
    [],
    ['counter: GET /ping: it does not hold that .warm is true', 'not ready after 0.1 s: counter'],
  ],
  ['production is not asked', { json: { warm: true } }, 1, ['127'], []],
])('%s', async (_name, answer, seconds, production, expected) => {
  const service = await api({ 'GET /ping': answer });
  const said: string[] = [];
  await waitReady([scenario, scenario], seconds, {
    profile: bakery,
    settings: () => ({ value: service.origin, origin: 'environment' }),
    production,
    signal: new AbortController().signal,
    say: (line) => said.push(line.replace(/ \(\d+ s\)$/, '')),
  });
  await service.close();
  expect(said).toEqual(expected);
});
