import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Options } from './harness.ts';

afterAll(sweep);

/** A `ui.mjs` that only says what it is told to say: no browser. */
function saying(report: object, more = ''): Options {
  const text = `
    if (process.argv[2] === '--ready') process.exit(0);
    ${more}
    console.log(JSON.stringify(${JSON.stringify(report)}));`;
  return { files: { 'generated/demo/case/ui.mjs': text } };
}

const seen = {
  page: { path: '/shop', status: 200 },
  asked: { start: { status: 201, times: 1, body: { id: 'op_7' } } },
  text: 'Order op_7 taken',
  exceptions: [],
};
const healthy = { GET: { json: { ok: true } }, DELETE: { json: {} } };
const visit = ['browser ui.mjs', 'preflight', 'step Visit', 'ui page backend within=5'];

test('what was seen is a reply like any other, and what was started is undone', async () => {
  const { code, received, events, evidence } = await verbs(
    healthy,
    4,
    [
      ...visit,
      `check opens 'it opens' page .page.status equals 200`,
      `capture id has-id 'it has an id' page .asked.start.body.id matches '^op_'`,
      `cleanup 'cancel it' DELETE backend '/op/{id}'`,
      `check used 'all was done' page .problem exists false`,
      `check text 'it says so' page .text matches 'op_7 taken'`,
    ],
    saying(seen),
  );
  expect(code).toBe(0);
  expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual(['DELETE /op/op_7']);
  expect(JSON.parse(evidence['01-page.body'] ?? '')).toEqual(seen);
  expect(events.find(({ event }) => event === 'request')).toMatchObject({ name: 'page', exit: 0 });
});

test('it is told the origin, a place for the picture, the time scale, and what is configured', async () => {
  const echo = `
    const { SCENARIO_TIME_SCALE: scale, SCENARIO_BROWSER: browser, NODE_OPTIONS: options } = process.env;
    console.log(JSON.stringify({ argv: process.argv.slice(2), scale, browser, options, cwd: process.cwd() }));
    process.exit(0);`;
  const { code, evidence, folder } = await verbs(
    {},
    1,
    [...visit, `check a 'a' page .scale equals '"1/20"'`],
    {
      ...saying({}, echo),
      env: { NODE_OPTIONS: '--no-warnings' },
      files: { ...saying({}, echo).files, '.env.sandbox': 'SCENARIO_BROWSER=/opt/own\n' },
    },
  );
  expect(code).toBe(0);
  expect(JSON.parse(evidence['01-page.body'] ?? '')).toMatchObject({
    argv: [expect.stringMatching(/^http:/), expect.stringMatching(/01-page\.png$/)],
    browser: '/opt/own',
    options: '',
    cwd: folder,
  });
});

describe('without a browser it is blocked, with the cure', () => {
  const blocked = `console.log('no Chromium'); console.log('apt-get install chromium'); process.exit(3);`;
  test.each<[when: string, text: string]>([
    ['at preflight', blocked],
    ['when it does not start', `if (process.argv[2] !== '--ready') { ${blocked} }`],
  ])('%s', async (_when, text) => {
    const { code, bailout, stdout, received } = await verbs(
      healthy,
      1,
      [...visit, `check a 'a' page .page.status equals 200`],
      { files: { 'generated/demo/case/ui.mjs': text } },
    );
    expect(code).toBe(3);
    expect(bailout).toContain('no Chromium');
    expect(stdout).toContain('# cure: apt-get install chromium');
    expect(received).toEqual([]);
  });
});

test('a driver that breaks off is no reply', async () => {
  const { code, points } = await verbs(healthy, 1, [...visit, `check a 'a' page .text matches x`], {
    ...saying({}, `throw new Error('planted');`),
  });
  expect(code).toBe(1);
  expect(points[0]?.diag['actual']).toContain('broke off with exit 1');
});

test('interrupted, what was started is known and undone', async () => {
  const slow = `
    process.on('SIGTERM', () => { console.log(JSON.stringify(${JSON.stringify(seen)})); process.exit(0); });
    await fetch(process.argv[2] + '/begun');
    await new Promise((done) => setTimeout(done, 60000));`;
  let tell = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { code, received } = await verbs(
    {
      ...healthy,
      'GET /begun': () => {
        tell();
        return { json: {} };
      },
    },
    1,
    [
      ...visit,
      `capture id has-id 'it has an id' page .asked.start.body.id`,
      `cleanup 'cancel it' DELETE backend '/op/{id}'`,
    ],
    {
      ...saying({}, slow),
      during: async (child) => {
        await begun;
        child.kill('SIGTERM');
      },
    },
  );
  expect(code).toBe(143);
  expect(received.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
});
