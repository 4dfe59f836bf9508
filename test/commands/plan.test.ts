import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario } from '../support/cli.ts';
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
