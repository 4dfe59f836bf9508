import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sandboxCommand } from '../../src/commands/sandbox.ts';
import type { SandboxCommandOptions } from '../../src/commands/sandbox.ts';
import { Told } from '../../src/errors.ts';

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'sandbox-command-'));
});

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

interface Running {
  readonly stop: AbortController;
  readonly code: Promise<number>;
  readonly stdout: () => string;
}

function run(options: Partial<SandboxCommandOptions>): Running {
  const stop = new AbortController();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = sandboxCommand(
    { modes: [], ports: 'auto', speed: 20, profileVersion: 'era', json: false, cwd, ...options },
    { stdout, stderr, signal: stop.signal },
  );
  let text = '';
  stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stop, code, stdout: () => text };
}

async function ready(running: Running): Promise<string> {
  await expect.poll(running.stdout, { timeout: 20_000 }).toMatch(/\n$/);
  return running.stdout();
}

describe('scenario sandbox', () => {
  it('--json prints one document, with the env file in place; the end removes it', async () => {
    const running = run({ json: true, envFile: '.env.sandbox' });
    const document: { services: Record<string, string>; envFile: string } = JSON.parse(
      await ready(running),
    );
    expect(Object.keys(document)).toEqual(['services', 'envFile']);
    expect(document.envFile).toBe(join(cwd, '.env.sandbox'));
    const health = await fetch(`${document.services['backend'] ?? ''}/api/v1/health`);
    expect(health.status).toBe(200);
    const env = readFileSync(document.envFile, 'utf8').trim().split('\n').toSorted();
    const address = /^KTRDR_[A-Z_]+=http:\/\/127\.0\.0\.1:\d+$/;
    const others = env.filter((line) => !address.test(line) && !line.startsWith('SCENARIO_LOG_'));
    expect(others).toEqual([
      'KTRDR_IB_STATE=up',
      'SCENARIO_ALLOW=destructive,cost,external',
      expect.stringMatching(/^SCENARIO_COMMANDS=\/.+\/bin$/),
      'SCENARIO_TIME_SCALE=0.05',
    ]);
    expect(env).toContainEqual(expect.stringMatching(/^KTRDR_API_URL=/));
    expect(env).toContainEqual(expect.stringMatching(/^SCENARIO_LOG_BACKEND=file:\/.*/));
    expect(await readdir(cwd)).toEqual(['.env.sandbox']);
    running.stop.abort();
    expect(await running.code).toBe(0);
    expect(await readdir(cwd)).toEqual([]);
  });

  it('tells people where, how, and how to stop; the env file is its own then', async () => {
    const running = run({});
    const text = await ready(running);
    const envFile = /^env file: (.*)$/m.exec(text)?.[1] ?? '';
    expect(text).toContain(`SCENARIO_ENV_FILE=${envFile} ./run.sh`);
    expect(text).toContain('Ctrl-C');
    expect(existsSync(envFile)).toBe(true);
    expect(await readdir(cwd)).toEqual([]);
    running.stop.abort();
    expect(await running.code).toBe(0);
    expect(existsSync(envFile)).toBe(false);
  });

  it('leaves an env file alone that somebody else has written since', async () => {
    const running = run({ envFile: 'env' });
    await ready(running);
    await writeFile(join(cwd, 'env'), 'KTRDR_API_URL=http://127.0.0.1:1\n');
    running.stop.abort();
    await running.code;
    expect(readFileSync(join(cwd, 'env'), 'utf8')).toContain('127.0.0.1:1');
  });

  it('says that the env file cannot be written, and leaves nothing running', async () => {
    const running = run({ envFile: 'absent/env', json: true });
    await expect(running.code).rejects.toBeInstanceOf(Told);
    expect(running.stdout()).toBe('');
  });
});
