import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { ink } from '../../src/files/ink.ts';
import { seenIn } from '../support/markdown.ts';

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'*_`#<>[](){}|\\!-+.:~&$=\'"1 ', 'a', 'B', '__init__', '---', '1.', 'é'),
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
    }),
    { numRuns: 2_000 },
  );
});

test('what is written without doubt is in the style of prettier already', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (typed) => {
      const pen = ink();
      const page = `**Purpose**: ${pen.inline(typed)}\n\n- [ ] ${pen.inline(typed)}\n\n${pen.code(typed)}\n`;
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
  ['__init__', String.raw`\_\_init\_\_`, true],
  ['a `b` c', String.raw`a \`b\` c`, true],
  ['<script>', String.raw`\<script\>`, true],
  ['1. first', String.raw`1\. first`, true],
  ['- item', String.raw`\- item`, true],
  ['a\nb', 'a b', false],
])('%j is written %j', (typed, expected, unsure) => {
  const pen = ink();
  expect(pen.inline(typed)).toBe(expected);
  expect(pen.unsure).toBe(unsure);
});

test('a fence is longer than what it holds', () => {
  expect(ink().block('bash', 'a\n```\nb')).toBe('````bash\na\n```\nb\n````');
});
