import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { option, quoted } from '../../src/shell/quote.ts';

/** Characters that mean something to bash, jq, printf, Markdown, YAML or TAP, among ordinary ones. */
const hostile = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'\'"`$(){}[]<>|&;*?!#~\\%-=^@:, \n\t', 'é', '🚀', '\u2028', '‮', 'ﬀ'),
      fc.string({ minLength: 1, maxLength: 3 }),
    ),
    maxLength: 40,
  })
  .filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text));

test('bash reads every quoted word as exactly that text, some hundred to a script', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 200, maxLength: 300 }), (words) => {
      const script = `printf '%s\\0' ${words.map(quoted).join(' ')}\n`;
      const out = execFileSync('bash', ['-c', script], { encoding: 'utf8', maxBuffer: 1e8 });
      expect(out.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 10 },
  );
});

test.each([
  ['plain', 'plain'],
  ['.data.status', '.data.status'],
  ['', "''"],
  ['-n', '-n'],
  ['a b', "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ['$(touch x)', "'$(touch x)'"],
  ['~', "'~'"],
  ['a=b', 'a=b'],
  ['=x', "'=x'"],
])('%s is written %s', (word, expected) => {
  expect(quoted(word)).toBe(expected);
});

test('an option is one word', () => {
  expect(option('cure', "start it; don't wait")).toBe(String.raw`cure='start it; don'\''t wait'`);
});

test('NUL is refused: no argument can hold it', () => {
  expect(() => quoted('a\0b')).toThrow('NUL');
});
