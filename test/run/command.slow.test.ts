import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { builtCli, freshFolder, scenario } from '../support/cli.ts';

const smoke = {
  name: 'Training Smoke',
  domain: 'training',
  category: 'smoke',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'operations-service', 'training-worker'],
  outcome: [{ state: { path: '.data.status', equals: 'completed' } }],
  calibration: 'training/smoke',
};
const id = 'training/training-smoke';

test('on the sandbox it is green, and recorded in result.json and in the index', async () => {
  const cwd = await project();
  const ran = await scenario(cwd, ['run', id, '--sandbox', '--record', '--json']);
  const document = JSON.parse(ran.stdout) as { ok: boolean; runs: Record<string, unknown>[] };
  expect(document).toMatchObject({
    ok: true,
    runs: [
      { id, verdict: 'passed', exitCode: 0, class: null, target: 'sandbox', knownDefects: [] },
    ],
  });
  expect(ran.code).toBe(0);
  const [run] = document.runs;
  expect(run?.['issue']).toBeUndefined();
  const events = read(cwd, `${String(run?.['evidence'])}/events.ndjson`)
    .trimEnd()
    .split('\n');
  expect(events.map((line) => JSON.parse(line) as object).at(-1)).toMatchObject({ event: 'run' });
  const { runs } = JSON.parse(read(cwd, `generated/${id}/result.json`)) as { runs: object[] };
  expect(runs).toMatchObject([{ verdict: 'passed', timeScale: 0.1, target: 'sandbox' }]);
  expect(read(cwd, 'docs/testing/SCENARIOS.md')).toContain('✅ passed (sandbox)');
});

test('for people it ends with the line of the task, and names the evidence before', async () => {
  const cwd = await project();
  const { stdout, code } = await scenario(cwd, ['run', id, '--sandbox']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toBe('✅ Integration test passed');
  expect(lines.at(-2)).toContain('evidence: .scenario/runs/');
  expect(stdout).not.toContain('\u001b');
  expect(code).toBe(0);
});

test('a service that is not there blocks it, with the cure', async () => {
  const cwd = await project();
  const env = { KTRDR_API_URL: 'http://127.0.0.1:9', SCENARIO_TIME_SCALE: '0.05' };
  const { stdout, code } = await scenario(cwd, ['run', id], { env });
  expect(stdout).toContain('⛔ blocked');
  expect(stdout).toContain('cure: ');
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^❌ Issue: /);
  expect(code).toBe(3);
});

test('a project that cannot keep evidence is told, with the place', async () => {
  const cwd = await project();
  writeFileSync(join(cwd, '.scenario'), 'a file in the place of the folder');
  const ran = await scenario(cwd, ['run', id, '--json']);
  expect(ran.code).toBe(2);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    error: { code: 'cannot-write', where: '.scenario' },
  });
});

test('a script that was edited runs, with a warning, and is not recorded', async () => {
  const cwd = await project();
  const script = join(cwd, 'generated', id, 'run.sh');
  writeFileSync(script, '#!/bin/bash\nprintf "1..1\\nnot ok 1 - a\\n"\nexit 0\n');
  const ran = await scenario(cwd, ['run', id, '--json']);
  expect(ran.stderr).toContain('differs from what the scenario gives');
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, runs: [{ verdict: 'failed' }] });
  expect(ran.code).toBe(1);
  const recorded = await scenario(cwd, ['run', id, '--json', '--record']);
  expect(JSON.parse(recorded.stdout)).toMatchObject({ error: { code: 'drift' } });
  expect(recorded.code).toBe(1);
  expect(existsSync(join(cwd, 'generated', id, 'result.json'))).toBe(false);
});

test('only the last twenty runs are kept', async () => {
  const cwd = await project();
  const path = `generated/${id}/result.json`;
  const old = {
    when: '2026-01-01T00:00:00Z',
    verdict: 'failed',
    seconds: 1,
    timeScale: 1,
    target: 'live',
    checks: '0',
  };
  writeFileSync(join(cwd, path), JSON.stringify({ runs: Array.from({ length: 20 }, () => old) }));
  await scenario(cwd, ['run', id, '--sandbox', '--speed', '20', '--record']);
  const { runs } = JSON.parse(read(cwd, path)) as { runs: { verdict: string }[] };
  expect(runs.length).toBe(20);
  expect(runs.at(-1)?.verdict).toBe('passed');
});

test.each([
  [['run'], 'usage'],
  [['run', 'training/training-smok'], 'unknown-scenario'],
  [['run', id, '--speed', '5'], 'usage'],
  [['run', '--category', 'error'], 'nothing-selected'],
])('%j is an error', async (args, code) => {
  const cwd = await project();
  const ran = await scenario(cwd, [...args, '--json']);
  expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code } });
  expect(ran.code).toBe(2);
});

test('an interrupt ends the script with its cleanup, and keeps what there is', async () => {
  const cwd = await project();
  const script = join(cwd, 'generated', id, 'run.sh');
  writeFileSync(
    script,
    `#!/bin/bash\ntrap 'echo yes >cleaned; exit 130' INT\necho 1..1\necho >ready\nwhile :; do sleep 0.05; done\n`,
  );
  const child = spawn(process.execPath, ['--', builtCli, 'run', id, '--json'], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  while (!existsSync(join(cwd, 'ready'))) await wait(30); // oxlint-disable-line no-await-in-loop
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, runs: [{ verdict: 'interrupted' }] });
  expect(stderr).toContain('interrupted: 1 of 1 runs were begun; nothing had to be undone');
  expect(existsSync(join(cwd, 'cleaned'))).toBe(true);
  const [folder = ''] = readdirSync(join(cwd, '.scenario', 'runs'));
  expect(read(cwd, `.scenario/runs/${folder}/output.tap`)).toBe('1..1\n');
});

test('what the environment kept from a verdict is tried again: then it is flaky, and red unless that is allowed', async () => {
  const cwd = await project();
  const twice = `#!/bin/bash\n[ -e seen ] || { echo x >seen; echo 1..1; echo 'Bail out! blocked: it is raining'; exit 3; }\necho 1..1; echo ok 1 - fine\n`;
  writeFileSync(join(cwd, 'generated', id, 'run.sh'), twice);
  const again = ['--retry-environment', '2', '--json', '--report', 'ctrf=out/r.json'];
  const ran = await scenario(cwd, ['run', id, ...again]);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    ok: false,
    runs: [{ verdict: 'passed', attempt: 2, flaky: true }],
  });
  expect(ran.code).toBe(1);
  const tests = [{ name: `${id} (try 2)`, status: 'other', flaky: true, retries: 1 }];
  expect(JSON.parse(read(cwd, 'out/r.json'))).toMatchObject({ results: { tests } });
  const failed = await scenario(cwd, ['run', '--failed', '--repeat', '2', '--json']);
  expect(JSON.parse(failed.stdout)).toMatchObject({ ok: true, runs: [{ id }, { id, round: 2 }] });
  expect((await scenario(cwd, ['run', '--failed'])).stdout).toBe(
    'nothing to run: no scenario failed\n',
  );
  await scenario(cwd, ['report', '--report', 'tap=out/r.tap']);
  expect(read(cwd, 'out/r.tap')).toMatch(/^ok 2 - .*\(run 2\)$/m);
});

test('what failed is not tried again, though it would pass', async () => {
  const cwd = await project();
  const twice = `#!/bin/bash\n[ -e seen ] || { echo x >seen; echo 1..1; echo 'not ok 1 - fine'; exit 1; }\necho 1..1; echo ok 1 - fine\n`;
  writeFileSync(join(cwd, 'generated', id, 'run.sh'), twice);
  const ran = await scenario(cwd, ['run', id, '--retry-environment', '2', '--json']);
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, runs: [{ verdict: 'failed' }] });
  expect(ran.code).toBe(1);
});

test('--allow-flaky lets it be, and only so many folders of runs are kept', async () => {
  const cwd = await project();
  writeFileSync(join(cwd, 'scenario.config.yaml'), 'keepRuns: 1\n');
  const old = join(cwd, '.scenario/runs/20200101T000000Z-old');
  mkdirSync(old, { recursive: true });
  const twice = `#!/bin/bash\n[ -e seen ] || { echo x >seen; echo 1..1; echo 'Bail out! blocked: x'; exit 3; }\necho 1..1; echo ok 1 - fine\n`;
  writeFileSync(join(cwd, 'generated', id, 'run.sh'), twice);
  const ran = await scenario(cwd, ['run', id, '--retry-environment', '1', '--allow-flaky']);
  expect(ran.stdout).toContain('✅ Integration test passed');
  expect(ran.code).toBe(0);
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(join(cwd, '.scenario/runs'))).toHaveLength(2);
});

/** A project with the smoke scenario. */
async function project(): Promise<string> {
  const cwd = freshFolder();
  appendFileSync(join(cwd, 'answers.json'), JSON.stringify(smoke));
  const made = await scenario(cwd, ['new', '--from', 'answers.json']);
  expect(made).toMatchObject({ code: 0 });
  return cwd;
}

function read(cwd: string, path: string): string {
  return readFileSync(join(cwd, path), 'utf8');
}
