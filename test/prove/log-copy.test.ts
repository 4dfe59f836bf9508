import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { faultsOf } from '../../src/prove/derive.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';
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

test('a log that was cut begins otherwise than before, though its lines are all alike', () => {
  const { answers } = checkAnswers(bakeryAnswers.menu, bakery);
  const { resolved } = answers ? resolve(draft(answers, 'bakery'), bakery) : {};
  const fault = resolved && faultsOf(resolved, []).find(({ name }) => name === 'log-rotated');
  if (fault?.plant.kind !== 'log') throw new Error('no such fault');
  const given = fault.plant.change('GET /menu', { captures: {}, changed: 0 });
  expect(given[0]).toBe(cut);
  expect(given[1]).not.toBe('GET /menu');
});
