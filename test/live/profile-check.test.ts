import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdAgainst } from '../../src/live/profile-check.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { startBakery, type Bakery } from '../fixtures/bakery-server.ts';
import { bakery as profile } from '../support/ktrdr.ts';

let bakery: Bakery;
beforeAll(async () => {
  bakery = await startBakery({ speed: 1 });
});
afterAll(() => bakery.close());

async function held(described: Profile = profile, address = bakery.origin) {
  const settings = () => ({ value: address, origin: 'environment' });
  const { signal } = new AbortController();
  const all = await holdAgainst({ profile: described, settings, signal }, ['counter']);
  return all.map(({ kind, name, ok, why }) => [`${kind} ${name}`, ok, why ?? '']);
}

test('all that a GET can see holds; what would change something is not tried, with the reason', async () => {
  expect(await held()).toEqual([
    ['health counter', true, ''],
    ['unknown-route counter', true, ''],
    ['endpoint orders.place', undefined, 'POST may change something: a smoke scenario tries it'],
    ['unknown-id orders.look', true, ''],
    ['endpoint orders.list', true, ''],
    ['endpoint orders.recall', undefined, 'POST may change something: a scenario tries it'],
    ['endpoint menu.read', true, ''],
  ]);
});

/** The profile with one thing changed, as JSON. */
function changed(from: string, to: string): Profile {
  const text = JSON.stringify(profile);
  if (!text.includes(from)) throw new Error(`the profile holds no ${from}`);
  return JSON.parse(text.replace(from, to)) as Profile;
}

test.each([
  [
    'a health check',
    '"path":".warm","equals":true',
    '"path":".warm","equals":false',
    'health counter',
    /\.warm is false/,
  ],
  ['the path of a health check', '"path":"/ping"', '"path":"/pong"', 'health counter', /HTTP 404/],
  [
    'an endpoint',
    '"path":"/menu"',
    '"path":"/card"',
    'endpoint menu.read',
    /the status is 404, not 200/,
  ],
  ['a reply', '^[A-Z][a-z]+day$', '^x$', 'endpoint menu.read', /\.day/],
  [
    'a refusal',
    '^nobody ordered ',
    '^somebody ordered ',
    'unknown-id orders.look',
    /problem\.text/,
  ],
  [
    'an unknown route',
    '^there is no such door$',
    '^404$',
    'unknown-route counter',
    /in another way/,
  ],
  ['a leak', '/cellar/|secret recipe', 'Tuesday', 'endpoint menu.read', /no word of the cellar/],
])('%s that does not hold is found', async (_what, from, to, name, why) => {
  const found = (await held(changed(from, to))).filter(([, ok]) => ok === false);
  expect(found.map(([what]) => what)).toEqual([name]);
  expect(found[0]?.[2]).toMatch(why);
});

test('behind a service that is not there nothing is tried', async () => {
  const all = await held(profile, 'http://127.0.0.1:9');
  expect(all.filter(([, ok]) => ok !== undefined)).toEqual([
    ['health counter', false, 'connection refused'],
  ]);
});
