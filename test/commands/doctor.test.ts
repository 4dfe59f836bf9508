import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { bakeryAnswers } from '../bakery/answers.ts';
import { startBakery } from '../fixtures/bakery-server.ts';
import { freshFolder, scenario } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';

interface Told {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
}

test('red as long as a service that a scenario needs is not well, and says how to put it right', async () => {
  const cwd = freshFolder();
  cpSync(join(root, 'test/fixtures/profiles/bakery'), join(cwd, 'profiles/bakery'), {
    recursive: true,
  });
  writeFileSync(join(cwd, 'scenario.config.yaml'), 'profile: bakery\n');
  const bakery = await startBakery({ speed: 1 });
  const env = { BAKERY_URL: bakery.origin, SCENARIO_LOG_COUNTER: `file:${bakery.log}` };
  const doctor = async (...words: string[]): Promise<[number | null, Told]> => {
    const { code, stdout } = await scenario(cwd, ['doctor', '--json', ...words], { env });
    return [code, JSON.parse(stdout) as Told];
  };
  for (const answers of [bakeryAnswers.menu, bakeryAnswers.recipe])
    await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(answers) });

  // The recipe needs a command that is not on PATH; the menu does not.
  const [code, all] = await doctor();
  expect(code).toBe(3);
  expect(all.checks).toContainEqual(
    expect.objectContaining({ name: 'bakery', ok: false, neededBy: ['menu/rye-recipe'] }),
  );
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'bakery'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(cwd, '.env.sandbox'), `SCENARIO_COMMANDS=${bin}\n`);
  const [found] = await doctor();
  expect(found).toBe(0);
  const [well, menu] = await doctor('--for', 'menu/menu-smoke');
  expect(well).toBe(0);
  expect(menu.checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['bash', true],
    ['curl', true],
    ['jq', true],
    ['counter', true],
  ]);
  await bakery.close();
  const [ill, closed] = await doctor('--for', 'menu/menu-smoke');
  expect(ill).toBe(3);
  expect(closed.checks.at(-1)).toMatchObject({
    name: 'counter',
    ok: false,
    needed: true,
    symptom: 'connection refused',
    cure: 'light the oven',
  });
});

test('an unknown id is told with the nearest', async () => {
  const { code, stderr } = await scenario(root, ['doctor', '--for', 'training/training-smok']);
  expect(code).toBe(2);
  expect(stderr).toContain('training/training-smoke');
});
