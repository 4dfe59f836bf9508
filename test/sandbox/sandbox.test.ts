import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Told } from '../../src/errors.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { startSandbox, timeScale } from '../../src/sandbox/sandbox.ts';
import type { RunningSandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { readRecording, trimmedFolder } from './recording.ts';
import { long, member, smoke } from './world.ts';

const running: RunningSandbox[] = [];

async function started(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({
    ports: 'auto',
    speed: 100,
    profileVersion: 'era',
    ...options,
  });
  running.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
});

function url(sandbox: RunningSandbox, path: string): string {
  return `${sandbox.services['backend'] ?? ''}${path}`;
}

async function startTraining(sandbox: RunningSandbox, payload: object): Promise<string> {
  const response = await fetch(url(sandbox, '/api/v1/trainings/start'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return String(member(await jsonOf(response), 'task_id'));
}

async function statusOf(sandbox: RunningSandbox, id: string): Promise<string> {
  const response = await fetch(url(sandbox, `/api/v1/operations/${id}`));
  return String(member(member(await jsonOf(response), 'data'), 'status'));
}

async function jsonOf(response: Response): Promise<Json> {
  const value: Json = JSON.parse(await response.text());
  return value;
}

async function ended(sandbox: RunningSandbox, id: string): Promise<string> {
  const status = await statusOf(sandbox, id);
  if (status !== 'running' && status !== 'pending') return status;
  await new Promise((done) => {
    setTimeout(done, 10);
  });
  return ended(sandbox, id);
}

describe('a running sandbox', () => {
  it('names services, log and variables, on loopback', async () => {
    const sandbox = await started({ speed: 20 });
    const origin = sandbox.services['backend'] ?? '';
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.env).toMatchObject({
      KTRDR_API_URL: origin,
      SCENARIO_LOG_BACKEND: `file:${sandbox.logs['backend'] ?? ''}`,
      SCENARIO_TIME_SCALE: '0.05',
    });
  });

  it('sends the headers that were recorded and no others', async () => {
    const sandbox = await started();
    const recorded = readRecording(trimmedFolder, 'health-backend-api-v1').response;
    const response = await fetch(url(sandbox, '/api/v1/health'));
    expect([...response.headers.keys()].toSorted()).toEqual(
      Object.keys(recorded.headers).toSorted(),
    );
    expect(response.statusText).toBe('OK');
    expect(await response.json()).toEqual(recorded.body);
  });

  it('trains to the end, and several at once', async () => {
    const sandbox = await started();
    const ids = await Promise.all(
      [smoke, long, smoke].map((payload) => startTraining(sandbox, payload)),
    );
    expect(new Set(ids).size).toBe(3);
    const ends = await Promise.all(ids.map((id) => ended(sandbox, id)));
    expect(ends).toEqual(['completed', 'completed', 'completed']);
  });

  it('has a request in its log as soon as it is answered', async () => {
    const sandbox = await started();
    const id = await startTraining(sandbox, smoke);
    const text = readFileSync(sandbox.logs['backend'] ?? '', 'utf8');
    expect(text).toContain(`Registered local training bridge for operation ${id}`);
    expect(text).toMatch(
      /INFO: {5}127\.0\.0\.1:\d+ - "POST \/api\/v1\/trainings\/start HTTP\/1\.1" 200 OK/,
    );
  });

  it('goes on logging without requests', async () => {
    const sandbox = await started();
    const id = await startTraining(sandbox, smoke);
    const hasEnded = (): boolean =>
      readFileSync(sandbox.logs['backend'] ?? '', 'utf8').includes(`Completed operation: ${id}`);
    await expect.poll(hasEnded, { timeout: 20_000 }).toBe(true);
  });

  it('redirects to its own address, and answers HEAD without a body', async () => {
    const sandbox = await started();
    const redirect = await fetch(url(sandbox, '/api/v1/operations/?limit=1'), {
      redirect: 'manual',
    });
    expect(redirect.status).toBe(307);
    expect(redirect.headers.get('location')).toBe(url(sandbox, '/api/v1/operations?limit=1'));
    const head = await fetch(url(sandbox, '/api/v1/health'), { method: 'HEAD' });
    expect(head.status).toBe(405);
  });

  it('is gone after close, with its temporary folder; a second close does nothing', async () => {
    const sandbox = await started();
    const address = url(sandbox, '/api/v1/health');
    await fetch(address);
    await sandbox.close();
    await sandbox.close();
    await expect(fetch(address)).rejects.toThrow('fetch failed');
    expect(existsSync(sandbox.folder)).toBe(false);
  });

  it('keeps the log of a folder that was given', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
    const sandbox = await started({ folder });
    await sandbox.close();
    expect(await readdir(folder)).toContain('backend.log');
    await rm(folder, { recursive: true });
  });
});

async function refusal(options: Partial<SandboxOptions>): Promise<Told> {
  const error: unknown = await started(options).catch((cause: unknown) => cause);
  if (error instanceof Told) return error;
  throw new Error('it started');
}

describe('version head', () => {
  it('serves all four services, and every answer says that it is unrecorded', async () => {
    const sandbox = await started({ profileVersion: 'head' });
    const answers = await Promise.all(
      Object.values(sandbox.services).map((origin) => fetch(new URL('/', origin))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ headers }) => headers.get('x-sandbox')))).toEqual(
      new Set(['KTRDR head, unrecorded']),
    );
  });
});

describe('a sandbox that cannot start', () => {
  it.each([0, -1, Number.NaN, Infinity])('refuses speed %d', async (speed) => {
    expect((await refusal({ speed })).where).toBe('--speed');
  });

  it('names the port that is in use, and the cure', async () => {
    const holder = await hold(8000);
    const error = await refusal({ ports: 'fixed' });
    expect(error.code).toBe('port-in-use');
    expect(error.message).toContain('8000');
    expect(error.cure).toContain('--ports auto');
    await new Promise((done) => holder?.close(done) ?? done(undefined));
  });
});

/** Takes a port; undefined when somebody else has it already, which serves the test as well. */
async function hold(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}

describe('the time scale', () => {
  it.each([
    [1, '1'],
    [20, '0.05'],
    [3, '0.333333'],
    [7, '0.142857'],
    [1e9, '0.000001'],
    [0.5, '2'],
    [10, '0.1'],
    [0.1, '10'],
    [1e6, '0.000001'],
  ])('of speed %d is %s', (speed, text) => {
    expect(timeScale(speed)).toBe(text);
  });
});
