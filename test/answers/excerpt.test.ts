import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProblems } from '../../src/answers/excerpt.ts';
import type { ExcerptOptions, Source } from '../../src/answers/excerpt.ts';
import type { Problem } from '../../src/errors.ts';

test('two problems, as a person sees them', () => {
  const text =
    'name: X\ndomain: training\n\ncategory: cancelation\n\n\n\n\ncalibration: training/smoke\n';
  const problems: Problem[] = [
    {
      path: 'calibration',
      message: 'this data is too small to cancel',
      expected: 'use training/cancellation',
      line: 9,
      column: 14,
      length: 14,
    },
    {
      path: 'category',
      message: 'unknown category "cancelation"',
      nearest: 'cancellation',
      expected: 'smoke, progress',
      line: 4,
      column: 11,
      length: 11,
    },
  ];
  expect(lines(problems, text)).toEqual([
    'answers.yaml:4:11  unknown category "cancelation"',
    '  4 | category: cancelation',
    '    |           ^^^^^^^^^^^ did you mean "cancellation"? (smoke, progress)',
    'answers.yaml:9:14  this data is too small to cancel',
    '  9 | calibration: training/smoke',
    '    |              ^^^^^^^^^^^^^^ use training/cancellation',
    '2 problems, nothing written.',
  ]);
});

const long = `k: ${'a'.repeat(60)}WRONG${'b'.repeat(200)}`;
test.each<[string, string, number, number, string, string]>([
  ['at the start', 'abc', 1, 1, '  1 | abc', '    | ^ cure'],
  ['no length', 'abc: d', 6, 0, '  1 | abc: d', '    |      ^ cure'],
  ['behind the end', 'abc', 4, 1, '  1 | abc', '    |    ^ cure'],
  ['far behind the end', 'abc', 40, 9, '  1 | abc', '    |    ^ cure'],
  ['longer than the line', 'abc', 2, 99, '  1 | abc', '    |  ^^ cure'],
  ['an empty line', '', 1, 1, '  1 |', '    | ^ cure'],
  ['tabs', '\ta:\tx', 5, 1, '  1 |     a:  x', '    |         ^ cure'],
  ['a tab itself', '\ta', 1, 1, '  1 |     a', '    | ^^^^ cure'],
  ['wide characters', '名前: 🙂x', 5, 2, '  1 | 名前: 🙂x', '    |       ^^ cure'],
  ['after wide characters', '名前: 🙂x', 7, 1, '  1 | 名前: 🙂x', '    |         ^ cure'],
  ['an accent of its own', 'e\u0301: x', 5, 1, '  1 | e\u0301: x', '    |    ^ cure'],
  ['a family', '👨‍👩‍👧: x', 11, 1, '  1 | 👨‍👩‍👧: x', '    |     ^ cure'],
  ['a control character', 'a\u001b[31mb', 2, 1, '  1 | a\\u001b[31mb', '    |  ^^^^^^ cure'],
  ['a character that turns the line', 'a\u202eb', 3, 1, '  1 | a\\u202eb', '    |        ^ cure'],
  ['CRLF', 'a: x\r\nb', 4, 9, '  1 | a: x', '    |    ^ cure'],
  [
    'a long line',
    long,
    64,
    5,
    `  1 | …${'a'.repeat(13)}WRONG${'b'.repeat(20)}…`,
    `    | ${' '.repeat(14)}^^^^^ cure`,
  ],
  ['the start of a long line', long, 1, 1, `  1 | k: ${'a'.repeat(35)}…`, '    | ^ cure'],
  [
    'the end of a long line',
    long,
    268,
    1,
    `  1 | …${'b'.repeat(14)}`,
    `    | ${' '.repeat(14)}^ cure`,
  ],
])('%s', (_, text, column, length, shown, carets) => {
  const problem = { path: '', message: 'wrong', expected: 'cure', line: 1, column, length };
  expect(lines([problem], text, { width: 40 }).slice(1, 3)).toEqual([shown, carets]);
});

test('the gutter is as wide as the line number', () => {
  const problem = { path: '', message: 'wrong', line: 120, column: 1 };
  expect(lines([problem], '\n'.repeat(119) + 'x')).toEqual([
    'answers.yaml:120:1  wrong',
    '  120 | x',
    '      | ^',
    '1 problem, nothing written.',
  ]);
});

test.each<[string, Problem, Source | undefined, string[]]>([
  [
    'no place',
    { path: 'outcome.0.log', message: 'is missing', expected: 'such as …' },
    { name: 'a.yaml', text: '' },
    ['a.yaml: outcome.0.log  is missing', '    such as …'],
  ],
  [
    'no source',
    { path: 'category', message: 'is unknown', nearest: 'smoke' },
    undefined,
    ['category  is unknown', '    did you mean "smoke"?'],
  ],
  ['nothing but a message', { path: '', message: 'is empty' }, undefined, ['is empty']],
  [
    'a line that does not exist',
    { path: 'x', message: 'wrong', line: 9 },
    { name: 'a.yaml', text: 'a' },
    ['a.yaml: x  wrong'],
  ],
  [
    'a message that would move the cursor',
    { path: '', message: 'x\u001b[2Jy\n  z' },
    undefined,
    ['x\\u001b[2Jy z'],
  ],
])('a problem with %s', (_, problem, source, shown) => {
  expect(formatProblems([problem], source).split('\n')).toEqual([
    ...shown,
    '1 problem, nothing written.',
  ]);
});

test('problems without a place come last, and too many are counted', () => {
  const placed = Array.from({ length: 24 }, (_, index) => ({
    path: '',
    message: `m${index}`,
    line: 1,
    column: 24 - index,
  }));
  const shown = lines([{ path: 'p', message: 'unplaced' }, ...placed], 'x'.repeat(30), {
    closing: 'nothing was changed',
  });
  expect(shown[0]).toBe('answers.yaml:1:1  m23');
  expect(shown.slice(-2)).toEqual(['… and 5 more', '25 problems, nothing was changed.']);
});

test('any line is shown within its width, on one line, without a control character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.nat(220),
      fc.nat(50),
      (text, column, length) => {
        const shown = lines(
          [{ path: '', message: 'wrong', line: 1, column: column + 1, length }],
          text.replaceAll('\n', ''),
          { width: 60 },
        );
        expect(shown).toHaveLength(4);
        expect(shown.join('')).not.toMatch(/\p{Cc}|\p{Cs}/u);
        expect(shown[2]?.length).toBeLessThanOrEqual(6 + 60 + 1);
      },
    ),
  );
});

function lines(problems: readonly Problem[], text: string, options?: ExcerptOptions): string[] {
  return formatProblems(problems, { name: 'answers.yaml', text }, options).split('\n');
}
