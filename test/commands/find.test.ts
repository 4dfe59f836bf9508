import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

test('a near-duplicate is warned of and made, and both are found', async () => {
  const cwd = freshFolder();
  await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(cancellation) });
  const second = { ...cancellation, name: 'Stop it half-way' };
  const made = await scenario(cwd, ['new', '--from', '-', '--json'], { stdin: stringify(second) });
  expect(JSON.parse(made.stdout)).toMatchObject({
    id: 'training/stop-it-half-way',
    warnings: [
      {
        code: 'near-duplicate',
        message: expect.stringContaining('training/training-cancellation does nearly the same'),
      },
    ],
  });
  expect(made.code).toBe(0);

  const found = await scenario(cwd, ['find', 'half-way', 'post /api/v1/trainings/start', '--json']);
  expect(JSON.parse(found.stdout)).toEqual({
    matches: [
      {
        id: 'training/stop-it-half-way',
        score: 1,
        overlap: ['endpoint training.start', '"half"', '"way"'],
        missing: [],
      },
      {
        id: 'training/training-cancellation',
        score: 0.667,
        overlap: ['endpoint training.start'],
        missing: ['"half"', '"way"'],
      },
    ],
  });

  const { stdout } = await scenario(cwd, ['find', '--from', '-'], { stdin: stringify(second) });
  expect(stdout).toContain('scenario show training/stop-it-half-way');
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
});
