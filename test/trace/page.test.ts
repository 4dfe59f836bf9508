import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { states, traceCodes } from '../../src/trace/model.ts';
import { root } from '../support/ktrdr.ts';

const page = readFileSync(join(root, 'docs/catalogue.md'), 'utf8');

test('the page explains each code of a finding, in their order, and no other', () => {
  const sections = [...page.matchAll(/^### (\S+)\n\n(\S.{30})/gm)].map(([, code]) => code);
  expect(sections).toEqual([...traceCodes]);
});

test('the page explains each state, in the order in which they count', () => {
  const table = page.slice(page.indexOf('| state'), page.indexOf('The first that applies'));
  expect([...table.matchAll(/^\| ([a-z][a-z-]*) /gm)].map(([, state]) => state)).toEqual([
    'state',
    ...states,
  ]);
});
