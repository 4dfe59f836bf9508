import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';

test('a new profile loads, makes a project and a scenario, and is held against a live service', async () => {
  const cwd = freshFolder();
  const set = ['--set', 'healthPath=/ping', '--set', 'title=A "shop" $(touch x)'];
  expect(await scenario(cwd, ['profile', 'init', 'shop', ...set, '--dry-run'])).toMatchObject({
    code: 0,
  });
  expect(treeOf(cwd)).toEqual({});
  const made = await scenario(cwd, ['profile', 'init', 'shop', ...set, '--json']);
  expect(JSON.parse(made.stdout)).toEqual({
    profile: 'shop',
    files: ['profile', 'services', 'endpoints'].map((name) => `profiles/shop/${name}.yaml`),
    dryRun: false,
  });
  expect(await scenario(cwd, ['profile', 'init', 'shop'])).toMatchObject({ code: 2 });
  expect(await scenario(cwd, ['init', '--profile', 'shop'])).toMatchObject({ code: 0 });
  const answers = {
    name: 'It Answers',
    domain: 'main',
    category: 'smoke',
    trigger: { kind: 'api', endpoint: 'main.health' },
    flow: ['api'],
    outcome: [{ response: { status: 200 } }],
  };
  writeFileSync(join(cwd, 'answers.yaml'), stringify(answers));
  expect(await scenario(cwd, ['new', '--from', 'answers.yaml'])).toMatchObject({ code: 0 });
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });

  let status = 'ok';
  const server = createServer((_request, response) => response.end(JSON.stringify({ status })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = { SHOP_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const check = async (): Promise<[number | null, { readonly ok: boolean }]> => {
    const { code, stdout } = await scenario(cwd, ['profile', 'check', '--json'], { env });
    return [code, JSON.parse(stdout) as { ok: boolean }];
  };
  expect(await check()).toMatchObject([0, { ok: true, notTried: [{ kind: 'unknown-route' }] }]);
  status = 'ill';
  expect(await check()).toMatchObject([3, { ok: false, checks: [{ kind: 'health', ok: false }] }]);
  server.close();
});

test.each([
  [['profile', 'init', 'Shop!'], /lower case/],
  [['profile', 'init', 'shop', '--set', 'titel=x'], /title/],
  [['profile', 'init', 'shop', '--set', 'url=http://x/$(id)'], /an origin such as/],
  [['profile', 'check', '--service', 'backen'], /backend/],
  [['profile', 'chek'], /check/],
])('%o is refused: what, and the nearest', async (words, said) => {
  const cwd = freshFolder();
  const { code, stderr } = await scenario(cwd, words);
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
  expect(treeOf(cwd)).toEqual({});
});
