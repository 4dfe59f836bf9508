import { expect, test } from 'vitest';
import { readEntry, scenarioIds } from '../../src/io/library.ts';
import { openProject } from '../../src/io/project.ts';
import { checksHash } from '../../src/scenario/checks-hash.ts';
import { pointsOf } from '../../src/scenario/model.ts';
import { scenario } from '../support/cli.ts';
import { ktrdr, root } from '../support/ktrdr.ts';

const project = openProject(root);
const entries = scenarioIds(project).map((id) => readEntry(project, ktrdr, id));

test('the library has a scenario of each category', () => {
  expect(new Set(entries.map(({ resolved }) => resolved.category)).size).toBe(5);
});

test('every scenario of the library runs green on the sandbox, but for known defects of the system', async () => {
  const flags = ['--all', '--sandbox', '--jobs', '2', '--allow-known-defects', '--json'];
  const { code, stdout } = await scenario(root, ['run', ...flags]);
  const { runs } = JSON.parse(stdout) as {
    runs: readonly {
      id: string;
      verdict: string;
      issue?: string;
      knownDefects: readonly string[];
    }[];
  };
  const red = runs.filter((run) => run.verdict !== 'passed' && run.knownDefects.length === 0);
  expect(red).toEqual([]);
  expect({ code, runs: runs.length }).toEqual({ code: 0, runs: entries.length });
}, 240_000);

test.each(entries.map((entry) => [entry.resolved.id, entry] as const))(
  '%s: its proof is about the checks that it has now, and leaves nothing undecided',
  (_id, { resolved, proof }) => {
    expect(proof?.checks).toBe(checksHash(resolved));
    expect(proof).toMatchObject({ survivors: [], decorative: [] });
    expect(proof?.faults.killed).toBe(proof?.faults.landed);
    const proven = proof?.criteria
      .filter(({ killedBy }) => killedBy.length > 0)
      .map(({ id }) => id);
    expect(proven).toEqual(pointsOf(resolved.steps).map(({ point }) => point.id));
  },
);
