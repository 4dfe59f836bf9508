import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runScript, type ScriptDone } from '../../src/run/script-process.ts';
import { judge } from '../../src/run/verdict.ts';
import { freshFolder } from '../support/cli.ts';

const line = 'x'.repeat(79);
const green = `printf '1..1\\nok 1 - a\\n'`;

describe('what a script prints cannot break the run', () => {
  test.each([
    ['100 MB on one line', `head -c 100000000 /dev/zero | tr '\\0' x; echo; ${green}`, 'passed'],
    ['100 MB of lines', `yes ${line} | head -c 100000000; ${green}`, 'passed'],
    ['100 MB on stderr', `yes ${line} | head -c 100000000 >&2; ${green}`, 'passed'],
    ['bytes that are no text', `head -c 300000 /dev/urandom; echo; ${green}`, 'passed'],
    ['nothing', `exit 0`, 'failed'],
    ['a closed stdout', `exec >&-; exit 0`, 'failed'],
  ])('%s', async (_name, body, verdict) => {
    const { done, evidence } = await run(body);
    expect(judge(done.ending, done.tap).verdict).toBe(verdict);
    for (const name of ['output.tap', 'stderr.log'])
      expect(statSync(join(evidence, name)).size).toBeLessThanOrEqual(10_000_000);
  });
});

describe('how a script ends', () => {
  test.each([
    ['by itself', `${green}; exit 0`, 'passed', 0],
    ['by a signal', `kill -KILL $$`, 'interrupted', 137],
    ['with a code that is no verdict', `${green}; exit 42`, 'failed', 42],
  ])('%s', async (_name, body, verdict, exitCode) => {
    const { done } = await run(body);
    expect(judge(done.ending, done.tap)).toMatchObject({ verdict, exitCode });
  });

  test('never: it is ended, and so is what it started', async () => {
    const { done, folder } = await run(`sleep 300 & echo $! >pid; wait`, { limit: 1 });
    expect(judge(done.ending, done.tap)).toMatchObject({ verdict: 'timed-out' });
    await isGone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  });

  test('with something left behind that holds its output', async () => {
    const { done, folder } = await run(`sleep 300 & echo $! >pid; ${green}; exit 0`);
    expect(judge(done.ending, done.tap).verdict).toBe('passed');
    await isGone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  });

  test.each([
    ['not executable', 0o644, '#!/bin/bash\n'],
    ['no such interpreter', 0o755, '#!/no/such/shell\n'],
  ])('it cannot begin: %s', async (_name, mode, text) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'run.sh'), text);
    chmodSync(join(folder, 'run.sh'), mode);
    const done = await runScript(setting(folder, {}));
    expect(judge(done.ending, done.tap)).toMatchObject({ verdict: 'invalid', exitCode: 2 });
  });
});

test('an interrupted script cleans up, and its evidence stays', async () => {
  const controller = new AbortController();
  const folder = freshFolder();
  const body = `trap 'echo cleaned >cleaned; exit 143' TERM\necho 1..2\necho >ready\nwhile :; do sleep 0.05; done`;
  const running = run(body, { folder, signal: controller.signal });
  while (!existsSync(join(folder, 'ready'))) await wait(20); // oxlint-disable-line no-await-in-loop
  controller.abort();
  const { done, evidence } = await running;
  expect(judge(done.ending, done.tap)).toMatchObject({ verdict: 'interrupted', exitCode: 143 });
  expect(existsSync(join(folder, 'cleaned'))).toBe(true);
  expect(readFileSync(join(evidence, 'output.tap'), 'utf8')).toBe('1..2\n');
});

test('the time scale is the one that the script tells', async () => {
  const { done } = await run(`echo '  time scale 1/20 (.env.sandbox)' >&2; ${green}`);
  expect(done.timeScale).toBe(0.05);
});

async function run(
  body: string,
  options: {
    readonly folder?: string;
    readonly limit?: number;
    readonly signal?: AbortSignal;
  } = {},
): Promise<{ readonly done: ScriptDone; readonly folder: string; readonly evidence: string }> {
  const folder = options.folder ?? freshFolder();
  const script = join(folder, 'run.sh');
  writeFileSync(script, `#!/bin/bash\n${body}\n`);
  chmodSync(script, 0o755);
  return { done: await runScript(setting(folder, options)), folder, evidence: folder };
}

function setting(
  folder: string,
  options: { readonly limit?: number; readonly signal?: AbortSignal },
): Parameters<typeof runScript>[0] {
  return {
    script: join(folder, 'run.sh'),
    cwd: folder,
    env: process.env,
    evidence: folder,
    limit: options.limit ?? 60,
    signal: options.signal ?? new AbortController().signal,
  };
}

/** A killed process may stay for a moment until it is reaped. */
async function isGone(pid: number): Promise<void> {
  await expect
    .poll(() => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') ?? true;
      } catch {
        return true;
      }
    })
    .toBe(true);
}
