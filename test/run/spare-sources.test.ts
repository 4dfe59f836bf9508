import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spareSource } from '../../src/run/spare-sources.ts';
import { freshFolder } from '../support/cli.ts';

test('a report takes the place of a report, and of no source', () => {
  const folder = freshFolder();
  const at = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const source = at('main.ts', 'export {}');
  const old = at('old.html', '<!doctype html>');
  execFileSync('git', ['init', '-q', folder]);
  execFileSync('git', ['-C', folder, 'add', '.']);
  const untracked = at('notes.txt', 'mine');
  expect(() => spareSource('html', source)).toThrow('this file is in git, and is no html report');
  for (const path of [old, untracked, join(folder, 'new.html')])
    expect(() => spareSource('html', path)).not.toThrow();
});
