import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario } from '../support/cli.ts';
import { answers } from './lab.ts';

const id = 'operations/a';

interface Document {
  readonly ok: boolean;
  readonly proofs: readonly {
    readonly faults: Readonly<Record<string, number>>;
    readonly criteria: readonly { readonly id: string; readonly killedBy: readonly string[] }[];
  }[];
}

test(
  'each criterion is killed, no fault survives, and the proof is recorded',
  { timeout: 180_000 },
  async () => {
    const cwd = await project();
    const ran = await scenario(cwd, ['prove', id, '--json', '--record']);
    const document = JSON.parse(ran.stdout) as Document;
    expect(document).toMatchObject({
      ok: true,
      proofs: [{ id, baseline: 'passed', faults: { survived: 0 }, survivors: [], decorative: [] }],
    });
    const [proof] = document.proofs;
    expect(proof?.faults['killed']).toBe(proof?.faults['landed']);
    expect(proof?.criteria.filter(({ killedBy }) => killedBy.length === 0)).toEqual([]);
    expect(ran.code).toBe(0);
    const recorded = JSON.parse(
      readFileSync(join(cwd, `generated/${id}/proof.json`), 'utf8'),
    ) as object;
    expect(recorded).toMatchObject({ baseline: 'passed', faults: proof?.faults, decorative: [] });
    const killed = `${proof?.faults['killed']}/${proof?.faults['landed']}`;
    expect(readFileSync(join(cwd, 'docs/testing/SCENARIOS.md'), 'utf8')).toContain(`| ${killed} |`);
  },
);

test('a script that was edited is proven as it is, and not recorded', async () => {
  const cwd = await project();
  writeFileSync(join(cwd, 'generated', id, 'run.sh'), '#!/bin/bash\nexit 1\n');
  const ran = await scenario(cwd, ['prove', id, '--json']);
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, proofs: [{ baseline: 'failed' }] });
  expect(ran.code).toBe(1);
  const recorded = await scenario(cwd, ['prove', id, '--json', '--record']);
  expect(JSON.parse(recorded.stdout)).toMatchObject({ error: { code: 'drift' } });
  expect(recorded.code).toBe(1);
});

/** A project with that scenario. */
async function project(): Promise<string> {
  const cwd = freshFolder();
  writeFileSync(join(cwd, 'answers.json'), JSON.stringify(answers.lookup));
  const made = await scenario(cwd, ['new', '--from', 'answers.json']);
  expect(made).toMatchObject({ code: 0 });
  return cwd;
}
