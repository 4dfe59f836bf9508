import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rewrittenUses } from '../../src/files/rewrite-uses.ts';

test.each([
  ['uses: [a/old, b/x] # two\n', 'uses: [{ scenario: a/new, as: old }, b/x] # two\n'],
  ["uses:\n  - 'a/old'\nname: a/old\n", 'uses:\n  - { scenario: a/new, as: old }\nname: a/old\n'],
  [
    'uses:\n  - scenario: a/old # mine\n    until: final\n',
    'uses:\n  - scenario: a/new\n    as: old # mine\n    until: final\n',
  ],
  ['uses: [{ scenario: a/old }]\n', 'uses: [{ scenario: a/new, as: old }]\n'],
  ['uses: [{ scenario: a/old, as: it }]\n', 'uses: [{ scenario: a/new, as: it }]\n'],
  ['name: a/old\n', 'name: a/old\n'],
])('%j becomes %j', (before, after) => {
  expect(rewrittenUses(before, 'a/old', 'a/new')).toBe(after);
  expect(() => parse(after)).not.toThrow();
});

test('in another domain the slug is the same, and no name changes', () => {
  expect(rewrittenUses('uses: [a/old]\n', 'a/old', 'b/old')).toBe('uses: [b/old]\n');
});
