import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { openProject, readTemplates } from '../../src/io/project.ts';
import { scaffold } from '../../src/scaffold.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { freshFolder } from '../support/cli.ts';
import { bakery, root } from '../support/ktrdr.ts';

/** Everything that could end a text early, in JavaScript, CSS, HTML or a shell. */
const hostile = `"'\`$(touch x)\${process.exit(7)}</script>\\ >> {{x}} 🎉`;
const escaped = hostile.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const shop = `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<label>${escaped} <input id="bread"></label>
<label>Size <select id="size"><option>small</option><option>large</option></select></label>
<button aria-label="${escaped}">x</button>
<p id="told">nothing yet</p>
<script>
document.querySelector('button').onclick = async () => {
  const bread = document.getElementById('bread').value;
  const size = document.getElementById('size').value;
  const reply = await fetch('/orders', { method: 'POST', body: JSON.stringify({ bread, size }) });
  document.getElementById('told').textContent = 'order ' + (await reply.json()).order.no + ': ' + bread;
};
</script>`;

const received: string[] = [];
const server = createServer((incoming, outgoing) => {
  void text(incoming).then((body) => {
    if (incoming.method !== 'POST')
      return void outgoing.setHeader('content-type', 'text/html').end(shop);
    received.push(body);
    outgoing.writeHead(201, { 'content-type': 'application/json' });
    return void outgoing.end('{"order":{"no":"A-17"}}');
  });
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** The `ui.mjs` of a scenario that does this, in a folder of its own. */
async function fileFor(
  actions: readonly object[],
  outcome: readonly object[] = [],
): Promise<string> {
  const raw = {
    name: 'Order From The Page',
    domain: 'orders',
    category: 'smoke',
    trigger: { kind: 'ui', page: '/shop', actions, starts: 'orders.place' },
    flow: ['counter'],
    outcome: [{ state: { path: '.order.phase', equals: 'ready' } }, ...outcome],
    calibration: 'orders/smoke',
  };
  const { answers, problems } = checkAnswers(raw, bakery);
  const scenario = answers && resolve(draft(answers, 'bakery'), bakery).resolved;
  if (!scenario) throw new Error(JSON.stringify(problems));
  const project = openProject(root);
  const files = await scaffold(scenario, readTemplates(project), project);
  const path = join(freshFolder(), 'ui.mjs');
  writeFileSync(path, files.find((one) => one.path.endsWith('/ui.mjs'))?.text ?? '');
  return path;
}

/** Runs it, with nothing of the caller's settings. */
async function driven(path: string, words: readonly string[], settings: object) {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...settings };
  const done = await promisify(execFile)(process.execPath, [path, ...words], {
    env,
    cwd: dirname(path),
  }).catch((error: { code: number; stdout: string }) => error);
  return { code: 'code' in done ? done.code : 0, stdout: done.stdout };
}

const playwright = { SCENARIO_PLAYWRIGHT: join(root, 'node_modules/playwright-core') };

test('what was typed arrives on the page, and from there in the service, as it was typed', async () => {
  const path = await fileFor(
    [
      { fill: { label: hostile, value: hostile } },
      { fill: { label: 'Size', value: 'large' } },
      { click: hostile },
      { waitFor: 'order A-17' },
    ],
    [{ ui: { text: hostile } }],
  );
  const picture = join(path, '../picture.png');
  const { code, stdout } = await driven(path, [origin, picture], playwright);
  const report: unknown = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(report).not.toHaveProperty('problem');
  expect(report).toMatchObject({
    page: { status: 200, title: 'Shop' },
    asked: { start: { status: 201, times: 1, body: { order: { no: 'A-17' } } } },
    text: expect.stringContaining(`order A-17: ${hostile}`) as string,
    exceptions: [],
  });
  expect(report).not.toHaveProperty('problem');
  expect(received.map((body) => JSON.parse(body) as unknown)).toEqual([
    { bread: hostile, size: 'large' },
  ]);
  expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
});

test('what is not on the page is told, with what is', async () => {
  const path = await fileFor([{ click: { css: '#nowhere' } }]);
  const { stdout } = await driven(path, [origin], { ...playwright, SCENARIO_TIME_SCALE: '1/20' });
  expect(JSON.parse(stdout)).toMatchObject({
    problem: expect.stringMatching(/^action 1 .*#nowhere.*no such element.*nothing yet/) as string,
  });
});

describe('without a browser it says how to get one', () => {
  test.each<[what: string, settings: object, said: RegExp]>([
    [
      'no Playwright',
      {},
      /^playwright-core is not installed\nnpm install --save-dev playwright-core/,
    ],
    [
      'none where it should be',
      { SCENARIO_PLAYWRIGHT: '/nowhere' },
      /SCENARIO_PLAYWRIGHT: \/nowhere\n/,
    ],
    [
      'no browser',
      { ...playwright, SCENARIO_BROWSER: '/nowhere' },
      /SCENARIO_BROWSER: \/nowhere\napt-get/,
    ],
  ])('%s', async (_what, settings, said) => {
    const path = await fileFor([]);
    const { code, stdout } = await driven(path, ['--ready'], settings);
    expect(code).toBe(3);
    expect(stdout).toMatch(said);
  });
});

test('a scenario of the library is blocked without a browser, and nothing is asked of the service', async () => {
  const folder = join(freshFolder(), 'generated');
  const id = 'training/training-from-the-page';
  mkdirSync(join(folder, id), { recursive: true });
  for (const name of ['runtime.sh', `${id}/run.sh`, `${id}/ui.mjs`])
    cpSync(join(root, 'generated', name), join(folder, name));
  const log = join(folder, 'backend.log');
  writeFileSync(log, '');
  received.length = 0;
  const done = await promisify(execFile)(join(folder, id, 'run.sh'), [], {
    env: {
      PATH: process.env['PATH'],
      SCENARIO_BROWSER: '/nowhere',
      KTRDR_API_URL: origin,
      SCENARIO_LOG_BACKEND: `file:${log}`,
      ...playwright,
    },
  }).catch((error: { code: number; stdout: string }) => error);
  expect('code' in done ? done.code : 0).toBe(3);
  expect(done.stdout).toContain('Bail out! blocked: there is no browser at SCENARIO_BROWSER');
  expect(done.stdout).toContain('# cure: apt-get install chromium');
  expect(received).toEqual([]);
});
