import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cut, type Lines } from '../../src/prove/fault.ts';
import { copyLog } from '../../src/prove/log-copy.ts';
import { lastingFolder } from '../support/folders.ts';

test.each<[what: string, filter: ((line: string) => Lines) | undefined, copied: string]>([
  ['as it is', undefined, 'a\nb\nc\nd'],
  ['whole lines only', (line) => [line], 'a\nb\nc\n'],
  ['without a line', (line) => (line === 'b' ? [] : [line]), 'a\nc\n'],
  ['cut in front of a line', (line) => (line === 'b' ? [cut, line] : [line]), 'b\nc\n'],
  ['cut in front of one that came later', (line) => (line === 'c' ? [cut, line] : [line]), 'c\n'],
])('a copy of a log: %s', (what, filter, copied) => {
  const folder = lastingFolder();
  const from = join(folder, `${what}.log`);
  const to = join(folder, `${what}.copy`);
  writeFileSync(from, 'a\nb\n');
  const copy = copyLog(from, to, filter, () => true);
  appendFileSync(from, 'c\nd');
  copy.pump();
  copy.close();
  expect(readFileSync(to, 'utf8')).toBe(copied);
});
