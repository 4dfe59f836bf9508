/** Writes docs/library.md: each expectation of the project's own 37 scenarios, its check, and a fault that turned it red. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readEntry, scenarioIds } from '../src/io/library.ts';
import { openWorkspace } from '../src/io/workspace.ts';
import { expectationsPage, gaps, readExpectations } from './library/expectations.ts';
import type { Successor } from './library/expectations.ts';

const root = join(import.meta.dirname, '..');
const { project, profile } = await openWorkspace(root, (line) => process.stderr.write(`${line}\n`));
const successors = new Map<string, Successor>(
  scenarioIds(project).flatMap((id) => {
    const { resolved, proof } = readEntry(project, profile, id);
    return resolved.ref === undefined
      ? []
      : [[resolved.ref, { resolved, ...(proof === undefined ? {} : { proof }) }] as const];
  }),
);
const expectations = readExpectations(root);
const path = join(root, 'docs/library.md');
const options = { ...(await resolveConfig(path)), filepath: path };
writeFileSync(path, await format(expectationsPage(expectations, successors), options));
const left = gaps(expectations, successors);
for (const gap of left) process.stdout.write(`${gap}\n`);
process.stdout.write(
  `docs/library.md: ${successors.size} scenarios, ${expectations.length} expectations, ${left.length} gaps\n`,
);
process.exitCode = left.length === 0 ? 0 : 1;
