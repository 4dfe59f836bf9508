import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { Told } from '../../src/errors.ts';
import { profileFiles } from '../../src/profile/load.ts';
import { compileProfile } from '../../src/profile/compile.ts';
import { parseProfile } from '../../src/profile/parse.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { atVersion, changesBetween, merged } from '../../src/profile/versions.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { ktrdr, root } from './ktrdr.ts';

test.each<[string, unknown, unknown, unknown]>([
  ['a key', { a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
  ['a key of a key', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
  ['a new key', { a: 1 }, { b: { c: 1 } }, { a: 1, b: { c: 1 } }],
  ['a key taken away', { a: 1, b: 2 }, { a: null }, { b: 2 }],
  ['a list, as a whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['nothing', { a: 1 }, {}, { a: 1 }],
])('changes are merged: %s', (_name, before, changes, after) => {
  expect(merged(before, changes)).toEqual(after);
  expect(changesBetween(before, after)).toEqual(changes);
});

const files = (await profileFiles(`${root}/test/fixtures/profiles/bakery`, root)).map((file) => ({
  ...file,
  text: file.text.replace(
    'first: { title: the only one, source: bakery-server }',
    'first: { title: coal, source: made up }\n    second: { title: gas, source: made up }',
  ),
}));

function withSecond(text: string, version = 'second'): Profile {
  return parseProfile([...files, { path: `versions/${version}.yaml`, text, version }]);
}

const gas = 'endpoints:\n  orders.place: { path: /v2/orders }\n';

/** The path that a scenario of the bakery sends its order to. */
function orderedAt(profile: Profile, requires: Record<string, string>): string | undefined {
  const { answers } = checkAnswers({ ...bakeryAnswers.smoke, requires }, profile);
  if (answers === undefined) throw new Error('the answers do not hold');
  const { resolved } = resolve(draft(answers, profile.name), profile);
  const request = resolved?.steps.flatMap(({ acts }) => acts).find((act) => act.kind === 'request');
  return request?.kind === 'request' ? request.path : undefined;
}

describe('a version of the bakery', () => {
  const bakery = withSecond(gas);

  test('reaches the scenarios that require it, and no others; and back', () => {
    expect(orderedAt(bakery, {})).toBe('/orders');
    expect(orderedAt(bakery, { version: 'second' })).toBe('/v2/orders');
    const there = atVersion(bakery, 'second');
    expect(there.versions.default).toBe('second');
    expect(orderedAt(there, {})).toBe('/v2/orders');
    expect(orderedAt(there, { version: 'first' })).toBe('/orders');
    expect(atVersion(there, 'first')).toEqual(bakery);
  });

  test('is in the compiled profile', () => {
    const compiled = JSON.parse(compileProfile(bakery)) as Profile;
    expect(atVersion(compiled, 'second')).toEqual(atVersion(bakery, 'second'));
  });

  test.each([
    ['a name that is not there', 'endpoints:\n  orders.place: { service: cellar }\n', 'second', 'there is no service cellar', 'versions/second.yaml:2'], // prettier-ignore
    ['an unknown version', gas, 'third', 'there is no version third', 'versions/third.yaml:1'],
    ['what no version changes', 'name: other\n', 'second', 'is the same in all versions', 'versions/second.yaml:1'], // prettier-ignore
  ])('%s is told with its place', (_name, text, version, message, where) => {
    const told = refusal(() => withSecond(text, version));
    expect(told.detail).toContain(message);
    expect(told.where).toContain(where);
  });

  test('changes are written in a file of their own', () => {
    const inline = files.map((file) => ({
      ...file,
      text: file.text.replace('title: gas,', 'title: gas, changes: { title: x },'),
    }));
    expect(refusal(() => parseProfile(inline)).detail).toContain('versions/second.yaml');
  });
});

function refusal(act: () => unknown): Told {
  try {
    act();
  } catch (error) {
    if (error instanceof Told) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('HEAD knows no modes of trainings, and a cancelled training stays cancelled', () => {
  const head = atVersion(ktrdr, 'head');
  expect(Object.keys(head.modes)).toEqual(['ib']);
  expect(head.operations['training']?.cancellation.allowed).toHaveLength(1);
  expect(atVersion(head, 'era')).toEqual(ktrdr);
});
