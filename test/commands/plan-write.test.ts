import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWanted } from '../../src/commands/plan-write.ts';
import { openProject } from '../../src/io/project.ts';
import type { OwnSection } from '../../src/milestone/own-section.ts';
import { freshFolder, treeOf } from '../support/cli.ts';
import { bakery } from '../support/ktrdr.ts';

const own: OwnSection = { key: '1', endLine: 1, level: 1, rows: [] };

test.each<[what: string, path: string, now: string, code: string]>([
  ['a plan that changed since it was read', 'plan.md', '# M1: Other\n', 'changed'],
  ['a plan that went away', 'gone.md', '', 'changed'],
  ['a plan outside the project', '../plan.md', '', 'outside'],
])('%s is refused, and nothing is written', async (_, path, now, code) => {
  const folder = join(freshFolder(), 'project');
  mkdirSync(folder);
  if (now !== '') writeFileSync(join(folder, path), now);
  const before = treeOf(folder);
  const read = [{ path, full: join(folder, path), text: '# M1: Oven\n' }];
  const wanted = { scenarios: [], sections: new Map([[path, [own]]]) };
  const workspace = { project: openProject(folder), profile: bakery };
  await expect(
    writeWanted(wanted, read, workspace, { dryRun: false, force: false }),
  ).rejects.toMatchObject({ code });
  expect(treeOf(folder)).toEqual(before);
});
