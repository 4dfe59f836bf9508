import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';

test('plans are read, and what cannot be read keeps none of them back', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'plans'));
  cpSync(join(root, 'test/fixtures/plans'), join(folder, 'plans'), { recursive: true });
  writeFileSync(join(folder, 'plans/binary.md'), Buffer.from([0x23, 0x20, 0, 0xff]));
  const { code, stdout } = await scenario(folder, ['plan', 'plans', 'plans/severl.md', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    milestones: [
      { path: 'plans/M3a_loaves.md', id: '3a', title: 'Loaves in the Oven', titleLine: 5 },
      { path: 'plans/several.md', id: '1', capabilityLine: 5 },
      { id: '2' },
      { id: '4.5' },
    ],
    notes: [],
    unread: [
      { path: 'plans/binary.md', message: 'is no UTF-8 text' },
      { path: 'plans/severl.md', cure: 'did you mean plans/several.md?' },
    ],
  });
});

test('a row of an overview says where its milestone stands in full', async () => {
  const folder = freshFolder();
  writeFileSync(
    join(folder, 'OVERVIEW.md'),
    '# Plan\n\n| Milestone | Name |\n| --- | --- |\n| M1 | Smoke |\n| M2 | Rest |\n',
  );
  writeFileSync(join(folder, 'M1.md'), '# M1: Smoke\n\n## E2E Test\n\n1. Start a training\n');
  const { stdout } = await scenario(folder, ['plan', '.', '--json']);
  const { milestones } = JSON.parse(stdout) as { milestones: object[] };
  expect(milestones.filter((one) => 'inFull' in one)).toMatchObject([
    { path: 'OVERVIEW.md', id: '1', inFull: { path: 'M1.md', line: 1 } },
  ]);
  expect((await scenario(folder, ['plan', '.'])).stdout).toContain('in full in M1.md, line 1');
});

test('--write makes the scenarios and a section in the plan, and finds nothing to do the second time', async () => {
  const folder = freshFolder();
  const plan = '# M1: Smoke\r\n\r\n## E2E Test\r\n\r\n- [ ] looks good\r\n\r\n1. Start a training';
  writeFileSync(join(folder, 'plan.md'), plan);
  const first = await scenario(folder, ['plan', 'plan.md', '--write', '--json']);
  expect(JSON.parse(first.stdout)).toMatchObject({
    ids: ['training/smoke'],
    files: expect.arrayContaining(['generated/training/smoke/run.sh', 'plan.md']),
  });
  expect(readFileSync(join(folder, 'plan.md'), 'utf8').startsWith(plan)).toBe(true);
  const before = treeOf(folder);
  const second = await scenario(folder, ['plan', 'plan.md', '--write']);
  expect(second.stdout).toContain('nothing was written');
  expect(treeOf(folder)).toEqual(before);
});

test('of a folder, the pages that the project makes are no plans', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs/M1.md'), '# M1: Smoke\n\n## E2E Test\n\n1. Start a training\n');
  expect((await scenario(folder, ['init'])).code).toBe(0);
  expect((await scenario(folder, ['plan', '.', '--write', '--json'])).code).toBe(0);
  const { stdout } = await scenario(folder, ['plan', '.', '--write', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ milestones: [{ id: '1' }], files: [] });
});

test('nothing in a plan reaches the terminal as a command; import says what a plan is', async () => {
  const folder = freshFolder();
  writeFileSync(
    join(folder, 'M1.md'),
    '# M1: \u001B[2JSmoke\u202E\n\n## E2E Test\n\n1. Start a training \u0007\n',
  );
  const { stdout } = await scenario(folder, ['plan', 'M1.md']);
  expect(stdout).toContain('Smoke');
  expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  const { code, stderr } = await scenario(folder, ['import', 'M1.md']);
  expect(code).toBe(2);
  expect(stderr).toContain('scenario plan');
});
