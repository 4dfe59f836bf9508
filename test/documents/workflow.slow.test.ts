import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCli, freshFolder } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';
import { piecesOf } from '../support/markdown.ts';
import { pasted } from './blocks.ts';

/** The blocks of the page by language, in order. */
const code = piecesOf(readFileSync(join(root, 'docs/workflow.md'), 'utf8')).filter(
  ({ kind }) => kind === 'code',
);
const of = (lang: string): readonly string[] =>
  code.flatMap((one) => (one.lang === lang ? [one.text] : []));

/** A block says at its end with which code it exits, or what it prints last; without, it exits 0. */
function promised(block: string): { readonly code: number; readonly last?: string } {
  const [, comment = ''] = /# (exit \d|[✅❌].*)[^\n]*$/.exec(block) ?? [];
  const exit = /^exit (\d)/.exec(comment);
  return exit ? { code: Number(exit[1]) } : { code: 0, ...(comment ? { last: comment } : {}) };
}

test('both walks can be walked as they are written', async () => {
  const folder = freshFolder();
  for (const name of ['bin', 'docs/plans']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'docs/plans/M2.md'), `${of('markdown')[0]}\n`);
  writeFileSync(join(folder, 'answers.yaml'), `${of('yaml')[0]}\n`);
  const command = `#!/bin/sh\nexec '${process.execPath}' -- '${builtCli}' "$@"\n`;
  writeFileSync(join(folder, 'bin/scenario'), command);
  chmodSync(join(folder, 'bin/scenario'), 0o755);

  const blocks = of('bash');
  const path = `${join(folder, 'bin')}:${process.env['PATH']}`;
  const [, ...ended] = await pasted([`cd '${folder}'`, ...blocks], { PATH: path });
  expect(ended.map(({ code: exit }, index) => [blocks[index], exit])).toEqual(
    blocks.map((block) => [block, promised(block).code]),
  );
  for (const [index, block] of blocks.entries())
    expect(ended[index]?.stdout.trim()).toContain(promised(block).last ?? '');
});
