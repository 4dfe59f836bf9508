import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario } from '../support/cli.ts';

test('check judges scripts by their path, outside of any project', async () => {
  const cwd = freshFolder();
  mkdirSync(join(cwd, 'ci'));
  writeFileSync(
    join(cwd, 'good.sh'),
    '#!/bin/bash\nset -e\ncurl -sf http://a | jq .\n'.replace(' | jq .', ''),
  );
  writeFileSync(join(cwd, 'ci/bad'), '#!/bin/bash\nset -e\nsleep 9\ncurl -sf http://a\n');
  writeFileSync(join(cwd, 'x.py'), '#!/usr/bin/env python3\n');

  const well = await scenario(cwd, ['check', 'good.sh']);
  expect(well).toMatchObject({ code: 0, stderr: '' });
  expect(well.stdout).toContain('1 script: nothing');

  const both = await scenario(cwd, ['check', 'good.sh', 'ci/bad', '--json']);
  expect(both.code).toBe(1);
  expect(JSON.parse(both.stdout)).toMatchObject({
    ok: false,
    scripts: 2,
    findings: [
      {
        code: 'fixed-sleep',
        severity: 'error',
        path: 'ci/bad',
        line: 3,
        page: 'docs/lint.md#fixed-sleep',
      },
    ],
  });

  const told = await scenario(cwd, ['check', 'ci/bad']);
  expect(told.stdout).toMatch(
    /^ci\/bad:3: .*\(fixed-sleep\)\n {2}why: .*\n {2}cure: .*\n {2}here: /,
  );

  expect(await scenario(cwd, ['check', './x.py'])).toMatchObject({ code: 2 });
  const gone = await scenario(cwd, ['check', 'goods.sh', '--json']);
  expect(gone.code).toBe(2);
  expect(JSON.parse(gone.stdout)).toMatchObject({
    error: { code: 'no-script', where: 'goods.sh', cure: 'did you mean good.sh?' },
  });
  expect(await scenario(cwd, ['check', './ci'])).toMatchObject({ code: 2 });
});
