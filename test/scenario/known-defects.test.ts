import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { documentView } from '../../src/files/document.ts';
import { ink } from '../../src/files/ink.ts';
import { scriptLine } from '../../src/files/words.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { checkReferences } from '../../src/profile/references.ts';
import { pointsOf, type Resolved } from '../../src/scenario/model.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { flawed } from '../support/flawed.ts';

const [defect] = flawed.knownDefects;
if (!defect) throw new Error('it has a known defect');

function resolved(answers: object, change: Partial<typeof defect> = {}): Resolved {
  const profile = { ...flawed, knownDefects: [{ ...defect, ...change }] } as Profile;
  const checked = checkAnswers(answers, profile);
  if (!checked.answers) throw new Error(JSON.stringify(checked.problems));
  const result = resolve(draft(checked.answers, profile.name), profile);
  if (!result.resolved) throw new Error(JSON.stringify(result.problems));
  return result.resolved;
}

function bound(scenario: Resolved): readonly string[] {
  return pointsOf(scenario.steps).flatMap(({ point }) =>
    point.defect === undefined ? [] : [point.id],
  );
}

describe('a known defect is bound', () => {
  test('to its points, after one that sees that the value is told, and to its lines in the log', () => {
    const scenario = resolved(bakeryAnswers.smoke);
    const ids = pointsOf(scenario.steps).map(({ point }) => point.id);
    expect(ids.slice(-4)).toEqual([
      'biscuit-told',
      'biscuit',
      'no-errors-counter',
      'no-never-right',
    ]);
    expect(bound(scenario)).toEqual(['biscuit', 'no-never-right']);
    expect(scenario.knownDefects).toEqual([{ id: 'never-right', title: 'it is never right' }]);
  });

  test('but to the status of a reply alone, which may come with any body', () => {
    const ids = pointsOf(resolved(bakeryAnswers.smoke, { points: ['accepted'] }).steps).map(
      ({ point }) => point.id,
    );
    expect(ids.slice(0, 2)).toEqual(['accepted', 'has-id']);
  });

  test('and its lines are no errors of the run', () => {
    const clean = pointsOf(resolved(bakeryAnswers.smoke).steps).find(
      ({ point }) => point.id === 'no-errors-counter',
    );
    expect(clean && scriptLine(clean.point, clean.step).words).toContain("noise='lit the oven'");
  });

  test.each<[string, Partial<typeof defect>]>([
    ['another domain', { domains: ['menu'] }],
    ['another category', { categories: ['progress'] }],
    ['another endpoint', { endpoints: ['menu.read'] }],
    ['another version', { versions: ['second'] }],
    ['another mode', { modes: { baker: 'robot' } }],
  ])('not in %s', (_name, change) => {
    const scenario = resolved(bakeryAnswers.smoke, change);
    expect(bound(scenario)).toEqual([]);
    expect(scenario.knownDefects).toEqual([]);
  });

  test('the script and the document say so', () => {
    const scenario = resolved(bakeryAnswers.smoke);
    const lines = pointsOf(scenario.steps).map(({ point, step }) => scriptLine(point, step).words);
    expect(lines.find((line) => line.startsWith('check biscuit '))).toContain(
      ' defect=never-right',
    );
    const document = JSON.stringify(documentView(scenario, ink()));
    expect(document).toContain('known defect `never-right`: it is never right');
    expect(document).not.toContain('>= 2');
  });
});

test.each<[Partial<typeof defect>, string]>([
  [{ domains: ['ordres'] }, 'there is no domain ordres'],
  [{ endpoints: ['orders.palce'] }, 'there is no endpoint orders.palce'],
  [{ versions: ['second'] }, 'there is no version second'],
  [{ modes: { baker: 'robot' } }, 'there is no mode baker'],
  [{ log: { service: 'conter', matches: 'x' } }, 'there is no service conter'],
  [{ log: { service: 'counter', matches: '(' } }, 'not a regular expression'],
])('%j is a mistake of the profile', (change, message) => {
  const profile = { ...flawed, knownDefects: [{ ...defect, ...change }] } as Profile;
  expect(checkReferences(profile).map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});
