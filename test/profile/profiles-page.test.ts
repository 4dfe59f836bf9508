import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProfileFiles, profileQuestions } from '../../src/files/profile-files.ts';
import { patternsOf } from '../../src/guide/patterns.ts';
import { parseProfile } from '../../src/profile/parse.ts';
import { atVersion } from '../../src/profile/versions.ts';
import { root } from '../support/ktrdr.ts';
import { piecesOf } from '../support/markdown.ts';

test('the profile that docs/profiles.md shows loads, and all five patterns can be made of it', () => {
  const page = readFileSync(join(root, 'docs/profiles.md'), 'utf8');
  const blocks = piecesOf(page).flatMap(({ lang, text }) => (lang === 'yaml' ? [text] : []));
  const profile = parseProfile(
    blocks.map((text, index) => {
      const version = /^# versions\/(\w+)\.yaml\n/.exec(text)?.[1];
      const path = `docs/profiles.md#${index + 1}`;
      return { path, text, ...(version === undefined ? {} : { version }) };
    }),
  );
  expect(blocks.length).toBe(8);
  expect(atVersion(profile, 'gas').operations['baking']?.evidence.map(({ id }) => id)).toEqual([
    'warm',
  ]);
  expect(patternsOf(profile).filter(({ scenario }) => !scenario)).toEqual([]);
});

test.each([
  ['plain', 'A system'],
  ['hostile', '"x" $(touch y): `z` # {a}\\ \'b\''],
])('a new profile loads: %s', (_what, title) => {
  const proposals = Object.fromEntries(
    profileQuestions.map(({ key, proposal }) => [key, proposal('shop')]),
  ) as unknown as Parameters<typeof newProfileFiles>[0];
  const files = newProfileFiles({ ...proposals, name: 'shop', title });
  const profile = parseProfile(files.map(({ name, text }) => ({ path: name, text })));
  expect(profile.title).toBe(title);
  expect(profile.services['api']?.variable).toBe('SHOP_API_URL');
  // One pattern can be shown at once: something that answers.
  expect(patternsOf(profile)[0]?.scenario?.domain).toBe('main');
});

test.each(['http://x/$(id)', 'http://user:word@x', 'http://x/path', 'x', 'http://`id`'])(
  'an address that is no origin is refused: %s',
  (url) => {
    const proposals = Object.fromEntries(
      profileQuestions.map(({ key, proposal }) => [key, proposal('shop')]),
    ) as unknown as Parameters<typeof newProfileFiles>[0];
    const files = newProfileFiles({ ...proposals, name: 'shop', url });
    expect(() => parseProfile(files.map(({ name, text }) => ({ path: name, text })))).toThrow(
      /an origin such as/,
    );
  },
);
