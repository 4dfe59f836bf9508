import { expect, test } from 'vitest';
import { ktrdr } from '../../../src/sandbox/cli/command.ts';
import type { Answer, Io } from '../../../src/sandbox/cli/io.ts';

const failed = {
  operation_id: 'op_data_load_x',
  status: 'failed',
  progress: { percentage: 0, current_step: 'Validating' },
  error_message: 'Host service connection failed',
};

async function run(
  ...words: readonly string[]
): Promise<{ exit: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const answers: { readonly [request: string]: Answer } = {
    'GET /symbols': { status: 200, body: {} },
    'POST /data/acquire/download?async_mode=true': {
      status: 200,
      body: { operation_id: 'op_data_load_x' },
    },
    'GET /operations/op_data_load_x': { status: 200, body: { data: failed } },
  };
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    columns: 80,
    base: 'http://localhost:8000/api/v1',
    now: () => '2026-11-22 13:26:15,654',
    elapsed: () => 0.34,
    ask: (method, path) => Promise.resolve(answers[`${method} ${path}`]),
    sleep: () => Promise.resolve(),
    isFile: () => false,
    interrupted: () => false,
  };
  return { exit: await ktrdr(words, io), out: out.join('\n'), err: err.join('\n') };
}

test('a download that failed exits with 0, and tells its id', async () => {
  const { exit, out, err } = await run('data', 'load', 'eurusd', '-t', '1h');
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(out).toContain('⚡ Started operation: op_data_load_x');
  expect(out).toContain('❌ Operation failed (0.3s)');
  expect(out).toContain('completed with status: failed');
});

test('its JSON says success, and the reason only in the details', async () => {
  const { out } = await run('data', 'load', 'EURUSD', '-t', '1h', '--no-progress', '-f', 'json');
  const told = JSON.parse(out.slice(out.indexOf('{\n'))) as unknown;
  expect(told).toMatchObject({
    success: true,
    status: 'failed',
    bars_loaded: 0,
    details: { error_message: 'Host service connection failed' },
  });
});

test('what nothing was recorded of is told as not served', async () => {
  const { exit, err } = await run('ib', 'cleanup');
  expect(exit).toBe(70);
  expect(err).toContain('does not serve `ktrdr ib cleanup`');
});
