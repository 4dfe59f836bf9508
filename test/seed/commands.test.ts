import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/ktrdr.ts';
import { seedCommands } from './commands.ts';

const seed = join(root, '../shared/seed/integration-testing-skill.txt');
const page = readFileSync(join(root, 'docs/seed-commands.md'), 'utf8');

/** The rows: number, command (`…` for what is left out), verdict. */
const rows = [
  ...page.matchAll(/^\| (\d+) +\| `(.+?)` +\| (as written|corrected|cannot) +\| (.*) \|$/gm),
].map(([, number, command = '', verdict = '', what = '']) => ({
  number: Number(number),
  parts: command
    .replaceAll(String.raw`\|`, '|')
    .split('…')
    .map((part) => part.trim()),
  verdict,
  what: what.trim(),
}));

function isRowOf(parts: readonly string[], command: string): boolean {
  // Bars stand escaped in a table, those of a regular expression lose nothing by it.
  const text = command.replaceAll(String.raw`\|`, '|');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  return text.startsWith(first) && rest.every((part) => text.includes(part));
}

describe('the table of the seed’s commands', () => {
  test('is whole: every row is counted, every correction says what to do', () => {
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, index) => index + 1));
    const count = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;
    expect(page).toContain(
      `${rows.length} commands: ${count('as written')} as written, ${count('corrected')} corrected, ${count('cannot')} cannot.`,
    );
    expect(rows.filter(({ verdict, what }) => verdict !== 'as written' && what === '')).toEqual([]);
    expect(page.split('\n').filter((line) => /^\| \d/.test(line))).toHaveLength(rows.length);
  });

  test('every part of the guide that it names is there', () => {
    const guide = readFileSync(join(root, 'docs/testing/TESTING_GUIDE.md'), 'utf8');
    const headings = guide
      .split('\n')
      .filter((line) => line.startsWith('#'))
      .join('\n');
    for (const [, number] of page.matchAll(/Guide, pattern (\d)/gi))
      expect(headings).toContain(`### Pattern ${number}:`);
    for (const name of ['Health Checks', 'Log Patterns']) expect(headings).toContain(`## ${name}`);
    expect(guide).toContain('`backtest/smoke`');
  });

  test.skipIf(!existsSync(seed))(
    'shared: each command of the seed has its row, in its order',
    () => {
      const commands = seedCommands(readFileSync(seed, 'utf8'));
      const found = commands.map(
        (command, index) =>
          [index + 1, isRowOf(rows[index]?.parts ?? [], command), command] as const,
      );
      expect(found.filter(([, isRow]) => !isRow)).toEqual([]);
      expect(commands).toHaveLength(rows.length);
    },
  );
});
