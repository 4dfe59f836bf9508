import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenario } from '../support/cli.ts';
import { lastingFolder } from '../support/folders.ts';
import { root } from '../support/ktrdr.ts';

interface Run {
  readonly id: string;
  readonly verdict: string;
  readonly issue?: string;
  readonly checks: { readonly executed: number };
}

function runsIn(stdout: string): readonly Run[] {
  return (JSON.parse(stdout) as { runs: readonly Run[] }).runs;
}

test('on HEAD a scenario passes, or says that it is for another version, before it starts anything', async () => {
  const expected = {
    'data/cached-range': ['passed', undefined],
    'operations/operation-not-found': ['passed', undefined],
    'training/training-smoke': ['misconfigured', 'misconfigured: backend: version era'],
    'host/gpu-of-the-training-host': ['misconfigured', 'misconfigured: training-host: version era'],
  };
  const flags = [
    '--sandbox',
    '--speed',
    '40',
    '--profile-version',
    'head',
    '--jobs',
    '2',
    '--json',
  ];
  const { code, stdout } = await scenario(root, ['run', ...Object.keys(expected), ...flags]);
  const runs = runsIn(stdout);
  const seen = runs.map(({ id, verdict, issue }) => [id, [verdict, issue?.split(' (')[0]]]);
  expect({ code, seen: Object.fromEntries(seen) as unknown }).toEqual({ code: 4, seen: expected });
  for (const { verdict, checks } of runs) expect(checks.executed > 0).toBe(verdict === 'passed');
});

const answers = {
  name: 'Training',
  domain: 'training',
  category: 'integration',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'operations-service', 'training-worker'],
  outcome: [{ state: { path: '.data.metrics', equals: null } }],
  calibration: 'training/smoke',
};

test('a project of HEAD makes scenarios of what HEAD does, and they pass on its sandbox', async () => {
  const project = lastingFolder();
  writeFileSync(join(project, 'scenario.config.yaml'), 'profileVersion: head\n');
  writeFileSync(join(project, 'answers.json'), JSON.stringify(answers));
  const made = await scenario(project, ['new', '--from', 'answers.json']);
  expect(made.code).toBe(0);
  const { stdout } = await scenario(project, ['run', '--all', '--sandbox', '--json']);
  expect(runsIn(stdout)).toMatchObject([{ id: 'training/training', verdict: 'passed' }]);
});

test('a version that the profile does not know is refused, with the nearest', async () => {
  const project = lastingFolder();
  writeFileSync(join(project, 'scenario.config.yaml'), 'profileVersion: heat\n');
  const { code, stderr } = await scenario(project, ['list']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('did you mean head?') as string }); // prettier-ignore
});
