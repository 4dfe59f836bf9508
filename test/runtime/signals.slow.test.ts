import { execFileSync, spawn } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import {
  api,
  frame,
  run,
  sleep,
  sweep,
  type Api,
  type Options,
  type Reply,
  type Result,
} from './harness.ts';

afterAll(sweep);

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const signals: [Signal, number][] = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
];

function gate(): { open: () => void; wait: Promise<void> } {
  let open = (): void => {};
  const wait = new Promise<void>((done) => {
    open = done;
  });
  return { open, wait };
}

const lines = [
  "step 'Start'",
  'request r POST backend /start',
  'check ok ok r .success equals true',
  'capture id got got r .id',
  "cleanup 'cancel it' DELETE backend '/op/{id}'",
  "step 'Wait'",
  "poll p done done GET backend '/op/{id}' every=200 within=4000 until .status equals completed ends .status equals completed",
  "step 'Again'",
  'request q POST backend /start',
  'check again again q .success equals true',
];

async function service(start: Reply = {}, look: Reply = {}, cancel: Reply = {}): Promise<Api> {
  return api({
    'POST /start': { json: { success: true, id: 'op_1' }, ...start },
    'GET /op/op_1': { json: { status: 'running' }, ...look },
    'DELETE /op/op_1': { json: {}, ...cancel },
  });
}

async function go(
  backend: Api,
  during: Options['during'],
  more: string[] = lines,
): Promise<Result> {
  const result = await run(
    frame([`service backend API_URL default=${backend.origin}`, ...more], 4),
    during ? { during } : {},
  );
  await backend.close();
  return result;
}

const requests = (backend: Api): string[] => backend.received.map((r) => `${r.method} ${r.url}`);

describe.concurrent('a signal', () => {
  test.each(signals)(
    '%s while the start is answered: the id is not lost, the operation is cancelled',
    async (signal, code) => {
      const held = gate();
      const backend = await service({ gate: held.wait });
      const result = await go(backend, async (child) => {
        await backend.seen('POST', '/start');
        child.kill(signal);
        await sleep(100);
        held.open();
      });
      expect(requests(backend)).toEqual(['POST /start', 'DELETE /op/op_1']);
      expect([result.code, result.tapOk, result.bailout]).toEqual([
        code,
        false,
        `interrupted: ${signal}`,
      ]);
      expect(result.lines.at(-1)).toBe(`# ❌ Issue: interrupted: ${signal}`);
      expect(result.events.at(-1)).toMatchObject({ verdict: 'interrupted', exit: code });
    },
  );

  test.each(signals)('%s to the whole group, as a terminal sends it', async (signal, code) => {
    const held = gate();
    const backend = await service({ gate: held.wait });
    const script = frame([`service backend API_URL default=${backend.origin}`, ...lines], 4);
    const result = await run(script, {
      detached: true,
      during: async (child) => {
        await backend.seen('POST', '/start');
        process.kill(-Number(child.pid), signal);
        await sleep(100);
        held.open();
      },
    });
    await backend.close();
    expect([result.code, requests(backend)]).toEqual([code, ['POST /start', 'DELETE /op/op_1']]);
  });

  test.each(signals)('%s while a poll sleeps', async (signal, code) => {
    const backend = await service();
    const result = await go(backend, async (child) => {
      await backend.seen('GET', '/op/op_1');
      await sleep(300);
      child.kill(signal);
    });
    expect([result.code, requests(backend)]).toEqual([
      code,
      ['POST /start', 'GET /op/op_1', 'DELETE /op/op_1'],
    ]);
    expect(result.points.map((p) => p.ok)).toEqual([true, true]);
  });

  test.each(signals)('%s while a look is answered: it is given up', async (signal, code) => {
    const held = gate();
    const backend = await service({}, { gate: held.wait });
    const result = await go(backend, async (child) => {
      await backend.seen('GET', '/op/op_1');
      child.kill(signal);
      await backend.seen('DELETE');
      held.open();
    });
    expect([result.code, requests(backend)]).toEqual([
      code,
      ['POST /start', 'GET /op/op_1', 'DELETE /op/op_1'],
    ]);
  });

  test.each(signals)('%s while a hold holds', async (signal, code) => {
    const backend = await service();
    const result = await go(
      backend,
      async (child) => {
        await backend.seen('GET', '/op/op_1');
        await sleep(300);
        child.kill(signal);
      },
      [
        ...lines.slice(0, 6),
        "hold h h h GET backend '/op/{id}' every=200 for=4000 while .status equals running",
      ],
    );
    expect([result.code, requests(backend)]).toEqual([
      code,
      ['POST /start', 'GET /op/op_1', 'DELETE /op/op_1'],
    ]);
  });

  test('a second signal does not stop the cleanup; the first decides the exit', async () => {
    const held = gate();
    const backend = await service({}, {}, { gate: held.wait });
    const result = await go(backend, async (child) => {
      await backend.seen('GET', '/op/op_1');
      child.kill('SIGINT');
      await backend.seen('DELETE');
      child.kill('SIGTERM');
      child.kill('SIGHUP');
      await sleep(100);
      held.open();
    });
    expect([result.code, result.events.filter((e) => e['event'] === 'cleanup')]).toEqual([
      130,
      [expect.objectContaining({ status: 200 })],
    ]);
  });

  test('a signal during the cleanup of a green run is no green', async () => {
    const held = gate();
    const backend = await service({}, { json: { status: 'completed' } }, { gate: held.wait });
    const result = await go(backend, async (child) => {
      await backend.seen('DELETE');
      child.kill('SIGTERM');
      held.open();
    });
    expect([result.code, result.tapOk]).toEqual([143, false]);
  });

  test('the reader of stdout has gone: cleanup all the same', async () => {
    const backend = await service();
    const result = await go(backend, async (child) => {
      await backend.seen('GET', '/op/op_1');
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.kill('SIGHUP');
    });
    expect([result.code, requests(backend).at(-1)]).toEqual([143, 'DELETE /op/op_1']);
  });

  test('a command that is run ends with the script, and so do its children', async () => {
    const backend = await service();
    const result = await go(
      backend,
      async (child) => {
        await backend.seen('POST', '/start');
        await sleep(400);
        child.kill('SIGTERM');
      },
      [
        ...lines.slice(0, 5),
        "cli c within=60 -- bash -c 'sleep 54.321 & sleep 54.321'",
        'check e e c exit equals 0',
      ],
    );
    expect(result.code).toBe(143);
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((l) => l.startsWith('sleep 54.321'));
    expect(left).toEqual([]);
  });

  test('nothing of a script outlives it', async () => {
    const backend = await service();
    const result = await go(backend, async (child) => {
      await backend.seen('GET', '/op/op_1');
      child.kill('SIGTERM');
    });
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((l) => l.includes(result.folder));
    expect(left).toEqual([]);
  });
});

test('a script whose runner was killed undoes what it started, and ends', async () => {
  const runner = spawn('sleep', ['60']);
  const backend = await service();
  const script = frame([`service backend API_URL default=${backend.origin}`, ...lines], 4);
  const result = await run(script, {
    env: { SCENARIO_RUNNER: String(runner.pid) },
    during: async () => {
      await backend.seen('GET', '/op/op_1');
      runner.kill('SIGKILL');
    },
  });
  await backend.close();
  expect(result).toMatchObject({ code: 143, bailout: 'interrupted: SIGTERM' });
  expect(requests(backend).at(-1)).toBe('DELETE /op/op_1');
});
