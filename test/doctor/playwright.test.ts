import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandCheck } from '../../src/doctor/checks.ts';
import { playwright } from '../../src/doctor/playwright.ts';
import { versionText } from '../../src/doctor/probe.ts';
import { freshFolder } from '../support/cli.ts';

test('playwright-core is looked for from the project upward, or where the variable says', async () => {
  const root = freshFolder();
  const place = join(root, 'node_modules/playwright-core');
  const version = (own: string) => versionText(playwright(root, own), process.env);
  expect(await version('')).toBeUndefined();
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"version":"1.2.3"}');
  expect(await version('')).toBe('1.2.3');
  expect(await version(place)).toBe('1.2.3');
  expect(await version(join(root, 'elsewhere'))).toBeUndefined();
});

test('its cure', () => {
  expect(commandCheck(playwright('/x', ''), undefined, { needed: true })).toMatchObject({
    symptom: 'is not there',
    cure: expect.stringContaining('npm install --save-dev playwright-core') as string,
  });
});
