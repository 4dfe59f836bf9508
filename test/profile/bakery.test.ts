import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import type { Profile } from '../../src/profile/schema.ts';
import type { Json } from '../../src/scenario/comparators.ts';
import { startBakery, type Bakery } from '../fixtures/bakery-server.ts';
import { at, holds } from './holds.ts';
import { root } from './ktrdr.ts';

const speed = 20;
let profile: Profile;
let bakery: Bakery;

beforeAll(async () => {
  profile = await loadProfile('test/fixtures/profiles/bakery', { root });
  bakery = await startBakery({ speed });
});
afterAll(() => bakery.close());

describe('the bakery does what its profile says', () => {
  test('knows no word of the other profile', () => {
    expect(JSON.stringify(profile)).not.toMatch(/ktrdr|training|operations\/|task_id|\.data\./i);
  });

  test('health', async () => {
    const { expect: conditions, path } = profile.services['counter']?.health ?? {
      expect: [],
      path: '',
    };
    const { body } = await send('GET', path);
    expect(conditions.filter((one) => !holds(one, body))).toEqual([]);
  });

  test('the menu answers at once', async () => {
    const { body, status } = await send('GET', profile.endpoints['menu.read']?.path ?? '');
    const { accepted, answer } = profile.endpoints['menu.read'] ?? {};
    expect(status).toBe(accepted?.status);
    expect(
      [...(accepted?.expect ?? []), ...(answer?.nonEmpty ?? [])].filter((one) => !holds(one, body)),
    ).toEqual([]);
  });

  test('an order is baked: phases, progress, evidence, log', async () => {
    const { id, looks } = await follow({ bread: 'rye', loaves: 40 });
    const phases = [...new Set(looks.map((look) => at('.phase', look)))];
    expect(phases.filter((phase) => phase !== 'queued')).toEqual(['baking', 'ready']);
    const done = looks.map((look) => Number(at('.done', look)));
    expect(done.toSorted((a, b) => a - b)).toEqual(done);
    expect(new Set(done).size).toBeGreaterThanOrEqual(3);
    expect(looks.at(-1)).toMatchObject({ no: id, done: 1, basket: { loaves: 40 } });
    const lines = readFileSync(bakery.log, 'utf8');
    for (const { log } of profile.operations['baking']?.sightings ?? [])
      expect(lines).toContain(log?.present.replace('{id}', id) ?? '');
    expect(
      lines.split('\n').filter((line) => line.includes(id) && /PANIC|ALARM/.test(line)),
    ).toEqual([]);
  });

  test('an order is recalled, and stays so; another is baked', async () => {
    const id = await place({ bread: 'spelt', loaves: 60 });
    await sleep(50);
    expect(await send('POST', `/orders/${id}/recall`)).toMatchObject({
      status: 202,
      body: { recalled: true },
    });
    const { body } = await send('GET', `/orders/${id}`);
    await sleep(50);
    expect(await send('GET', `/orders/${id}`)).toMatchObject({ body });
    expect(body).toMatchObject({ phase: 'recalled' });
    expect(await send('POST', `/orders/${id}/recall`)).toMatchObject({ status: 409 });
    expect((await follow({ bread: 'rye', loaves: 1 })).looks.at(-1)).toMatchObject({
      phase: 'ready',
    });
  });

  test('charcoal is accepted, then burns', async () => {
    const { looks } = await follow({ bread: 'charcoal', loaves: 5 });
    expect(looks.at(-1)).toMatchObject({ phase: 'burnt', note: 'charcoal always burns' });
  });

  test.each([
    ['POST', '/orders', {}, 400],
    ['POST', '/orders', { bread: 'rye' }, 400],
    ['POST', '/orders', { bread: 'rye', loaves: '3' }, 400],
    ['POST', '/orders', { bread: 'brioche', loaves: 3 }, 400],
    ['GET', '/orders/A-1', undefined, 404],
    ['POST', '/orders/A-1/recall', undefined, 404],
  ])('%s %s %o is refused with %i', async (method, path, payload, status) => {
    const reply = await send(method, path, payload);
    expect(reply.status).toBe(status);
    const shape = profile.refusals.find((one) => one.status === status);
    expect(shape?.expect.filter((one) => !holds(one, reply.body))).toEqual([]);
  });

  test.each([
    ['GET', '/order'],
    ['DELETE', '/orders/A-17'],
    ['POST', '/menu'],
  ])('%s %s is an unknown route', async (method, path) => {
    const response = await fetch(`${bakery.origin}${path}`, { method });
    const [route] = profile.unknownRoute;
    expect(response.status).toBe(route?.status);
    expect(await response.text()).toMatch(new RegExp(route?.matches ?? '$^'));
  });

  test('the beacon is heard', async () => {
    await send('GET', '/orders/nonce-1');
    expect(readFileSync(bakery.log, 'utf8')).toContain('nobody ordered nonce-1\n');
  });
});

describe('its command line ends by itself', () => {
  const bakeryCommand = join(root, 'test/fixtures/bakery-cli/bakery');
  test('weigh', () => {
    expect(JSON.parse(execFileSync(bakeryCommand, ['weigh', '3'], { encoding: 'utf8' }))).toEqual({
      loaves: 3,
      grams: 1500,
    });
  });
  test.each([
    [['recipe', 'rye'], 0],
    [['recipe', 'air'], 4],
    [['weigh', 'x'], 2],
    [[], 64],
  ])('%o: exit %i', (words, status) => {
    expect(spawnSync(bakeryCommand, words).status).toBe(status);
  });
});

async function send(
  method: string,
  path: string,
  payload?: object,
): Promise<{ status: number; body: Json }> {
  const init = payload === undefined ? { method } : { method, body: JSON.stringify(payload) };
  const response = await fetch(`${bakery.origin}${path}`, init);
  return { status: response.status, body: (await response.json()) as Json };
}

async function place(payload: object): Promise<string> {
  const { status, body } = await send('POST', '/orders', payload);
  expect(status).toBe(201);
  return String(at(profile.operations['baking']?.id.path ?? '', body));
}

async function follow(payload: object): Promise<{ id: string; looks: Json[] }> {
  const id = await place(payload);
  const looks: Json[] = [];
  const ends = new Set(['ready', 'burnt', 'recalled']);
  while (!ends.has(String(at('.phase', looks.at(-1)))) && looks.length < 500) {
    // eslint-disable-next-line no-await-in-loop -- a poll looks one after the other
    looks.push((await send('GET', `/orders/${id}`)).body);
    // eslint-disable-next-line no-await-in-loop
    await sleep(5);
  }
  await sleep(5);
  return { id, looks };
}
