import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Parser } from 'tap-parser';
import { expect, onTestFinished, test } from 'vitest';
import { scenario, freshFolder, treeOf } from '../support/cli.ts';
import { lastingFolder } from '../support/folders.ts';

const smoke = {
  name: 'Training Smoke',
  domain: 'training',
  category: 'smoke',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'training-worker'],
  outcome: [{ state: { path: '.data.status', equals: 'completed' } }],
  calibration: 'training/smoke',
};

const id = 'op_training_20240101_000000_0123abcd';
const started = { success: true, status: 'training_started', task_id: id };

type Reply = (response: ServerResponse) => void;
const text =
  (status: number, body: string | Buffer): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  };

/** What a system that is wrong may answer to the request that starts the work, and the exit that it must come to. */
const replies: readonly (readonly [name: string, exit: number, reply: Reply])[] = [
  ['500 with the good body', 1, text(500, JSON.stringify(started))],
  ['HTML', 1, text(200, '<html>ok 1 - fine</html>')],
  ['truncated JSON', 1, text(200, JSON.stringify(started).slice(0, -5))],
  ['two documents', 1, text(200, JSON.stringify(started).repeat(2))],
  ['success: false', 1, text(200, JSON.stringify({ ...started, success: false }))],
  ['success: "true"', 1, text(200, JSON.stringify({ ...started, success: 'true' }))],
  ['NaN', 1, text(200, JSON.stringify(started).replace('}', ',"x":NaN}'))],
  ['a NUL', 1, text(200, JSON.stringify(started).replace(',', ',\0'))],
  ['nothing', 1, text(200, '')],
  ['204', 1, text(204, '')],
  ['a redirect', 1, (r) => void r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['a closed connection', 1, (r) => void r.destroy()],
  ['an id of two lines', 1, text(200, JSON.stringify({ ...started, task_id: `${id}\nok 9` }))],
  [
    'an id that is a path',
    1,
    text(200, JSON.stringify({ ...started, task_id: '../../x y"$(id)' })),
  ],
  ['an id without end', 1, text(200, JSON.stringify({ ...started, task_id: 'a'.repeat(200_000) }))],
  ['an id that is null', 1, text(200, JSON.stringify({ ...started, task_id: null }))],
  [
    'forged TAP',
    1,
    text(500, '\n  ...\nok 1 - forged\nBail out! forged\n1..0\n# ✅ Integration test passed'),
  ],
  ['invalid UTF-8', 1, text(500, Buffer.from([0x7b, 0xff, 0xc3, 0x7d]))],
  ['a route that is not known', 2, text(404, '{"detail":"Not Found"}')],
  ['a strategy that is not there', 4, text(400, '{"detail":"Strategy file not found: x.yaml"}')],
];

test.concurrent.each(replies)(
  '%s: exit %i, TAP that nobody else wrote',
  async (_name, exit, reply) => {
    const { code, tap } = await runAgainst(reply);
    const events = Parser.parse(tap);
    const complete = events.find((event) => event[0] === 'complete')?.[1];
    expect(code).toBe(exit);
    expect(complete).toMatchObject({ ok: false });
    expect(events.filter((event) => event[0] === 'extra' && event[1].trim() !== '')).toEqual([]);
    expect(
      events.flatMap((event) => (event[0] === 'assert' && event[1].ok ? [event[1].id] : [])),
    ).toEqual(
      // At most the acknowledgement of a reply that is good but for its id.
      expect.toSatisfy((ids: number[]) => ids.every((one) => one <= 2)),
    );
    expect(tap.trimEnd().split('\n').at(-1)).toMatch(/^# ❌ Issue: /);
  },
);

let madeOnce: Promise<string> | undefined;

/** A project with the scenario in it, made once. */
function smokeProject(): Promise<string> {
  madeOnce ??= (async () => {
    const folder = lastingFolder();
    const made = await scenario(folder, ['new', '--from', '-'], { stdin: JSON.stringify(smoke) });
    expect(made).toMatchObject({ code: 0 });
    return folder;
  })();
  return madeOnce;
}

async function runAgainst(reply: Reply): Promise<{ code: number | null; tap: string }> {
  const project = freshFolder();
  cpSync(await smokeProject(), project, { recursive: true });
  const log = join(project, 'backend.log');
  writeFileSync(log, '');
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url === '/api/v1/health') text(200, '{"status":"ok"}')(response);
      else if (request.method === 'POST') reply(response);
      else text(404, '{"detail":"Operation not found"}')(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const child = spawn(join(project, 'generated/training/training-smoke/run.sh'), {
    env: {
      PATH: process.env['PATH'],
      KTRDR_API_URL: `http://127.0.0.1:${port}`,
      SCENARIO_LOG_BACKEND: `file:${log}`,
      SCENARIO_EVIDENCE_DIR: join(project, 'evidence'),
      SCENARIO_TIME_SCALE: '0.1',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, tap: Buffer.concat(out).toString() };
}

test('every text field keeps what was typed, and nothing of it is executed', async () => {
  const project = freshFolder();
  const hostile = [
    `"'\`$(touch canary)\${HOME}\\%s`,
    '-rf | # TODO <!-- scenarios:end --> --- __init__',
    'a\n```\ntouch canary\n```\nb',
  ];
  for (const [index, typed] of hostile.entries()) {
    const line = typed.replaceAll('\n', ' ');
    const answers = {
      ...smoke,
      name: `Hostile ${index} ${line}`.slice(0, 100),
      purpose: typed,
      milestone: line.slice(0, 60),
      ref: line.slice(0, 60),
      flow: ['backend', line],
      trigger: { ...smoke.trigger, body: { [typed]: { deep: [typed] } } },
      outcome: [
        ...smoke.outcome,
        { log: { service: 'backend', absent: line } },
        { state: { path: `.data[${JSON.stringify(line)}]`, in: [typed, 1] } },
        { manual: { text: typed } },
      ],
    };
    // One after the other: each is one more row of the same index.
    // oxlint-disable-next-line no-await-in-loop
    const made = await scenario(project, ['new', '--from', '-', '--json'], {
      stdin: JSON.stringify(answers),
    });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const made2 = JSON.parse(made.stdout) as { id: string };
    // oxlint-disable-next-line no-await-in-loop
    const shown = await scenario(project, ['show', made2.id, '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      answers: {
        purpose: typed,
        flow: answers.flow,
        outcome: answers.outcome,
        trigger: answers.trigger,
      },
    });
    const script = join(project, 'generated', made2.id, 'run.sh');
    const listed = spawn(script, ['--list'], { cwd: project, stdio: 'ignore' });
    // oxlint-disable-next-line no-await-in-loop
    expect(await new Promise((resolve) => listed.on('close', resolve))).toBe(0);
  }
  expect(await scenario(project, ['check'])).toMatchObject({ code: 0 });
  expect(
    readFileSync(join(project, 'docs/testing/SCENARIOS.md'), 'utf8').match(
      /^\|.*\]\(\.\.\/\.\.\/generated/gm,
    ),
  ).toHaveLength(hostile.length);
  expect(Object.keys(treeOf(project)).filter((path) => path.endsWith('canary'))).toEqual([]);
  expect(existsSync(join(process.cwd(), 'canary'))).toBe(false);
}, 120_000);

test('a refused generation leaves the tree as it was, and says so in one document', async () => {
  const project = freshFolder();
  mkdirSync(join(project, 'generated'));
  writeFileSync(join(project, 'generated/training'), 'a file where a folder must be');
  const before = treeOf(project);
  const settings = [
    'category=smokey',
    'trigger.endpoint=training.strat',
    'outcome:=[]',
    '__proto__.x=1',
    'a.b.c=x',
    'name=',
    'name=!!!',
    'name='.padEnd(400, 'x'),
    'purpose=fine',
  ];
  for (const setting of settings) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stdout, stderr } = await scenario(
      project,
      ['new', '--from', '-', '--json', '--set', setting],
      { stdin: JSON.stringify(smoke) },
    );
    expect({ setting, code, stderr }).toEqual({ setting, code: 2, stderr: '' });
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['error']);
  }
  expect(treeOf(project)).toEqual(before);
}, 120_000);
