import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import type { Problem } from '../../src/errors.ts';
import { verdictsOf } from '../../src/files/judgements.ts';
import { scriptView } from '../../src/files/script.ts';
import type { Profile } from '../../src/profile/schema.ts';
import type { Resolved } from '../../src/scenario/model.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

function made(
  file: object,
  profile: Profile = bakery,
): { readonly resolved?: Resolved | undefined; readonly problems: readonly Problem[] } {
  const { answers, problems } = checkAnswers(
    { ...bakeryAnswers.menu, outcome: [{ file }] },
    profile,
  );
  return answers ? resolve(draft(answers, profile.name), profile) : { problems };
}

function lines(file: object): { readonly script: string; readonly document: string } {
  const { resolved, problems } = made(file);
  if (!resolved) throw new Error(JSON.stringify(problems));
  return {
    script: JSON.stringify(scriptView(resolved, { runtime: '', root: '' })),
    document: resolved.steps.flatMap((step) => verdictsOf(step, new Set())).join('\n'),
  };
}

test('a file of a service is read by the command of the profile', () => {
  const { script, document } = lines({
    path: '/till.json',
    in: 'counter',
    value: { path: '.n', gt: 1 },
  });
  expect(script).toContain("files counter read cure='start the counter'");
  expect(script).toContain("-- docker exec bakery-counter cat '{path}'");
  expect(script).toContain("-- docker exec bakery-counter stat -c %.9Y '{path}'");
  expect(script).toMatch(/file file-value .* \/till\.json value \.n gt 1 in=counter/);
  expect(document).toContain('docker exec bakery-counter cat /till.json | jq -es');
});

test('where no point looks into a service, nothing is said of how', () => {
  expect(lines({ path: 'till.json' }).script).not.toContain('files counter');
});

test.each([
  ['countr', /doesn't say how files of "countr" are read/, 'counter'],
  ['oven', /doesn't say how files of "oven" are read/, undefined],
])('a file of %s is refused', (service, message, nearest) => {
  const [problem] = made({ path: 'x', in: service }).problems;
  expect(problem?.message).toMatch(message);
  expect(problem).toMatchObject({ path: 'outcome.0.file.in', expected: 'counter' });
  expect(problem?.nearest).toBe(nearest);
});

test('newer is refused where nothing tells when a file was written', () => {
  const { counter } = bakery.services;
  if (!counter?.files) throw new Error('no files');
  const { modified: _gone, ...files } = counter.files;
  const profile = { ...bakery, services: { ...bakery.services, counter: { ...counter, files } } };
  const { problems } = made({ path: 'x', in: 'counter', newer: true }, profile);
  expect(problems[0]).toMatchObject({
    path: 'outcome.0.file.newer',
    message: expect.stringContaining('when a file of counter was written') as string,
  });
});
