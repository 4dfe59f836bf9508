import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patternsOf } from '../../src/guide/patterns.ts';
import { guideFile } from '../../src/scaffold.ts';
import { bashBlocks } from '../documents/blocks.ts';
import { templates } from '../support/templates.ts';
import { bakery, ktrdr, root } from '../support/ktrdr.ts';

const place = { guide: 'docs/testing/TESTING_GUIDE.md' };

test("the made-up profile's guide is the golden file (renew it with `npx vitest run test/guide -u`)", async () => {
  const { text } = await guideFile(bakery, templates, place);
  await expect(text).toMatchFileSnapshot(join(root, 'test/golden/bakery/TESTING_GUIDE.md'));
});

test('the guide of this repository is what its profile gives', async () => {
  const { path, text } = await guideFile(ktrdr, templates, place);
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

describe.each([
  ['ktrdr', ktrdr],
  ['bakery', bakery],
] as const)('%s', (_name, profile) => {
  test('all five patterns can be shown on its data', () => {
    const shown = patternsOf(profile).map(({ category, scenario }) => [category, !!scenario]);
    expect(shown).toEqual([
      ['smoke', true],
      ['progress', true],
      ['cancellation', true],
      ['error', true],
      ['integration', true],
    ]);
  });

  test('every service, endpoint, calibration row, log line, symptom and difference is in it', async () => {
    const { text } = await guideFile(profile, templates, place);
    const plain = text.replaceAll(/\\(?=[|_*-])/g, '');
    const facts = [
      ...Object.values(profile.services).flatMap((one) => [one.default, one.variable]),
      ...Object.keys(profile.endpoints),
      ...Object.keys(profile.calibrations),
      ...profile.logPatterns.map((one) => (one.present ?? one.matches ?? '').trim()),
      ...profile.troubleshooting.flatMap((one) => [one.symptom, one.cause, ...one.cure]),
      ...profile.differences.flatMap((one) => [one.says, one.truth]),
      ...profile.cli.map((one) => one.argv.join(' ')),
    ];
    const bare = (one: string): string => one.replaceAll('\\', '');
    expect(facts.filter((fact) => !bare(plain).includes(bare(fact)))).toEqual([]);
  });

  test('its blocks are bash, and none waits for a fixed time', async () => {
    const { text } = await guideFile(profile, templates, place);
    const blocks = bashBlocks(text);
    for (const { bash } of blocks) execFileSync('bash', ['-n'], { input: bash });
    expect(blocks.filter(({ bash }) => /\bsleep [0-9]/.test(bash))).toEqual([]);
  });
});

test('a profile without operations has a guide too, and says what cannot be shown', async () => {
  const { operations: _operations, ...rest } = bakery;
  const menu = bakery.endpoints['menu.read'];
  if (!menu) throw new Error('no menu');
  const profile = {
    ...rest,
    operations: {},
    calibrations: {},
    logPatterns: [],
    endpoints: { 'menu.read': menu },
  };
  const { text } = await guideFile(profile, templates, place);
  expect(text).toContain('Read the menu');
  expect(text.match(/no endpoint and data on which the pattern could be shown/g)).toHaveLength(3);
});
