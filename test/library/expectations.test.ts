import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import {
  expectationsPage,
  gaps,
  readExpectations,
  type Successor,
} from '../../scripts/library/expectations.ts';
import { readEntry, scenarioIds } from '../../src/io/library.ts';
import { openProject } from '../../src/io/project.ts';
import { ktrdr, root } from '../support/ktrdr.ts';

const project = openProject(root);
const successors = new Map<string, Successor>(
  scenarioIds(project).flatMap((id) => {
    const { resolved, proof } = readEntry(project, ktrdr, id);
    return resolved.ref === undefined
      ? []
      : [[resolved.ref, { resolved, ...(proof === undefined ? {} : { proof }) }] as const];
  }),
);
const expectations = readExpectations(root);

test('all 37 scenarios of the project’s own list are here, none by a script or by hand', () => {
  expect(successors.size).toBe(37);
  const acts = [...successors.values()].flatMap(({ resolved }) =>
    resolved.steps.flatMap((step) => step.acts.map(({ kind }) => kind)),
  );
  expect(acts.filter((kind) => kind === 'script' || kind === 'manual')).toEqual([]);
});

test('each of their expectations is checked by a point that a fault turned red', () => {
  expect(gaps(expectations, successors)).toEqual([]);
});

test('docs/library.md says so', async () => {
  const path = join(root, 'docs/library.md');
  const page = await format(expectationsPage(expectations, successors), {
    ...(await resolveConfig(path)),
    filepath: path,
  });
  expect(readFileSync(path, 'utf8')).toBe(page);
});
