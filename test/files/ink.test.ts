import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { ink } from '../../src/files/ink.ts';
import { seenIn } from '../support/markdown.ts';

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        ...'*_`#<>[](){}|\\!-+.:~&$=\'"1 ',
        'a',
        'B',
        '__init__',
        '---',
        '1.',
        'é',
        'http://',
        'www.',
      ),
      fc.string({ minLength: 1, maxLength: 4 }),
    ),
    minLength: 1,
    maxLength: 30,
  })
  .map((one) =>
    one
      .replaceAll(/[\p{Cc}\p{Surrogate}]/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  )
  .filter((one) => one !== '');

test('a typed text in a list item says in Markdown exactly what was typed', () => {
  fc.assert(
    fc.property(text, (typed) => {
      expect(seenIn(`- ${ink().inline(typed)}\n`)).toBe(typed);
      expect(seenIn(`# ${ink().inline(typed)}\n`)).toBe(typed);
    }),
    { numRuns: 2_000 },
  );
});

test('what is written without doubt is in the style of prettier already', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (typed) => {
      const pen = ink();
      const [written, code] = [pen.inline(typed), pen.code(typed)];
      const page = `# ${written}\n\n**Purpose**: ${written}\n\n**1. ${written}**\n\n- [ ] ${written} (else: ${written})\n- ${code}: ${written}\n`;
      const unsure = pen.unsure;
      if (!unsure) expect(await format(page, { parser: 'markdown' })).toBe(page);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['the training is accepted', 'the training is accepted', false],
  ['.data.status is cancelled or failed', '.data.status is cancelled or failed', false],
  ['epochs_trained', 'epochs_trained', false],
  ['__init__', String.raw`\_\_init\_\_`, false],
  ['a `b` c', String.raw`a \`b\` c`, false],
  ['<script>', String.raw`\<script\>`, false],
  ['1. first', String.raw`1\. first`, false],
  ['- item', String.raw`\- item`, false],
  ['in F #', String.raw`in F \#`, false],
  ['at http://a.b:80/c?d=1', 'at http://a.b:80/c?d=1', false],
  ['at http://a.b/$c', String.raw`at http://a.b/\$c`, true],
  [String.raw`a\b`, String.raw`a\\b`, false],
  [String.raw`a\_b`, String.raw`a\\\_b`, true],
  ['a\nb', 'a b', false],
])('%j is written %j', (typed, expected, unsure) => {
  const pen = ink();
  expect(pen.inline(typed)).toBe(expected);
  expect(pen.unsure).toBe(unsure);
});

test('a fence is longer than what it holds', () => {
  expect(ink().block('bash', 'a\n```\nb')).toBe('````bash\na\n```\nb\n````');
});
