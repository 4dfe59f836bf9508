import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../src/io/project.ts';
import { parsed, readSettings } from '../../src/live/settings.ts';
import { freshFolder } from '../support/cli.ts';

test.each([
  ['A=1', '1'],
  ['export A=1', '1'],
  ['  A=1 # why', '1'],
  ["A='a # b' # why", 'a # b'],
  ['A="x y"', 'x y'],
  ['A=#', ''],
  ['A=a#b', 'a#b'],
  ['A=1\r\nA=2\r', '2'],
  ['\uFEFFA=1', '1'],
  ['A="$(touch x)"', '$(touch x)'],
  ['# A=1', undefined],
  ["A='open", undefined],
])('%o', (text, value) => expect(parsed(text).get('A')).toBe(value));

test('environment, then the named file, then the nearest .env.sandbox, then the default', () => {
  const root = freshFolder();
  mkdirSync(join(root, 'generated'));
  mkdirSync(join(root, '.git'));
  writeFileSync(join(root, '.env.sandbox'), 'A=near\nB=near\nC=near\n');
  writeFileSync(join(root, 'env'), 'A=named\nB=named\n');
  const settings = readSettings(openProject(root), { SCENARIO_ENV_FILE: 'env', A: 'set' });
  expect(['A', 'B', 'C', 'D'].map((name) => settings(name, 'def'))).toEqual([
    { value: 'set', origin: 'environment' },
    { value: 'named', origin: 'env' },
    { value: 'near', origin: '.env.sandbox' },
    { value: 'def', origin: 'default' },
  ]);
});

test('a named file that is not there is an error, never passed over', () => {
  expect(() => readSettings(openProject(freshFolder()), { SCENARIO_ENV_FILE: 'no' })).toThrow(
    'cannot be read',
  );
});
