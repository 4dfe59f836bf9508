import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBakery } from '../fixtures/bakery-server.ts';
import { freshFolder, scenario } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';
import { bakeryAnswers } from './answers.ts';

const id = 'orders/baking-smoke';
const evidence = '    evidence:\n';

/** The profile of the bakery, with a known flaw: nothing is baked twice. */
const flaw = `${evidence}      - { id: biscuit, text: it is baked twice, path: .done, gte: 2, source: made up }\n`;
const defects = `knownDefects:
  - id: never-twice
    title: nothing is baked twice
    since: ever
    points: [biscuit]
    log: { service: counter, matches: 'lit the oven' }
    source: made up
`;

test('a known defect is red, told apart, and may be allowed', async () => {
  const bakery = await startBakery({ speed: 2 });
  onTestFinished(() => bakery.close());
  const cwd = freshFolder();
  const folder = join(cwd, 'profiles', 'flawed');
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'test/fixtures/profiles/bakery'), folder, { recursive: true });
  const yaml = readFileSync(join(folder, 'bakery.yaml'), 'utf8').replace(evidence, flaw);
  writeFileSync(join(folder, 'bakery.yaml'), yaml);
  writeFileSync(join(folder, 'defects.yaml'), defects);
  writeFileSync(join(cwd, 'scenario.config.yaml'), 'profile: ./profiles/flawed\n');
  const made = await scenario(cwd, ['new', '--from', '-'], {
    stdin: JSON.stringify(bakeryAnswers.smoke),
  });
  expect(made.code).toBe(0);
  const env = {
    BAKERY_URL: bakery.origin,
    SCENARIO_LOG_COUNTER: `file:${bakery.log}`,
    SCENARIO_TIME_SCALE: '0.5',
  };

  const strict = await scenario(cwd, ['run', id, '--json', '--record'], { env });
  expect(JSON.parse(strict.stdout)).toMatchObject({
    ok: false,
    runs: [{ verdict: 'failed', exitCode: 1, knownDefects: ['never-twice'] }],
  });
  expect(strict.code).toBe(1);
  const listed = await scenario(cwd, ['list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject({ scenarios: [{ status: 'known-defect' }] });
  const page = readFileSync(join(cwd, 'docs/testing/SCENARIOS.md'), 'utf8');
  expect(page).toContain('🐞 known-defect (live): never-twice');

  const allowed = await scenario(cwd, ['run', id, '--allow-known-defects'], { env });
  expect(allowed.stdout).toContain('🐞 it is baked twice: .done = 1 (known defect never-twice)');
  expect(allowed.stdout.trimEnd().split('\n').at(-1)).toBe(
    '✅ Integration test passed, known defects apart: never-twice',
  );
  expect(allowed.code).toBe(0);
});
