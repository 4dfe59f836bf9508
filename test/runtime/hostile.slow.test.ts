import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sweep, verbs, word } from './harness.ts';

afterAll(sweep);

/** What people type, by accident or not. */
const nasty = [
  '$(touch canary)',
  '`touch canary`',
  '${HOME}',
  '"; touch canary; "',
  "'; touch canary; '",
  "'",
  '"',
  '\\',
  '\\\\',
  "\\'",
  '%s%s%n',
  '%(x)T',
  '-e',
  '--help',
  '-',
  '|',
  '|| true',
  '#',
  '# TODO',
  '# SKIP',
  ' # TODO later',
  '\\# TODO',
  '{',
  '}',
  '{id}',
  '{nonce}',
  '{}',
  'x {',
  '{{x}}',
  '__init__',
  '<',
  '>',
  '---',
  '...',
  'ok 1',
  'not ok 2 - x',
  '1..0',
  'Bail out!',
  'TAP version 13',
  'a\nok 99 - forged',
  'a\nBail out! x',
  'a\n1..0 # SKIP',
  '\n  ---\n  x: y\n  ...\n',
  '\t',
  ' ',
  '',
  '  two  ',
  '*',
  '?',
  '[a-z]',
  '~',
  '!!',
  '&',
  '&&',
  '$1',
  '$@',
  '$$',
  '\u00e9t\u00e9',
  '日本語',
  '👩‍👩‍👧',
  'İı',
  '\u202e',
  '\u2028',
  '\u0085',
  '\ufeff',
  'means=x',
  'at=y',
  'and',
  'or',
  'equals',
  'until',
  'a=b',
  'null',
  'true',
  '010',
  '1e5',
  '.5',
  'nan',
  '@file',
  '@/etc/passwd',
  '\\(1+1)',
  '"\\(env)"',
  '.a|env',
  'JSON',
  'EOF',
  'x'.repeat(300),
  '\u001b[31mred',
  '\r',
  '\r\n',
  'a\rb',
  '\u0007',
  '\u007f',
  '& & &',
  '/',
  '..',
  '../../etc',
  'http://x',
  'K: v\r\nEvil: 1',
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);
const hostile = fc
  .array(piece, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('').replaceAll('\0', ''));

/** What a description comes to: line breaks and other control characters are spaces. */
function flat(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ').replace(/ +$/, '');
}

const shown = (text: string): string => flat(text).replace(/\{$/, '{ .').trim();

async function survives(strings: string[]): Promise<void> {
  const lines = strings.flatMap((s, i) => [
    `step ${word(s)} component=${word(s)}`,
    `request r${i} POST backend ${word(`/echo?q=${s}`)} json header=${word(`X-Typed: ${s}`)} <<'JSON'`,
    JSON.stringify({ v: s }),
    'JSON',
    `check ${word(s)} ${word(s)} r${i} status equals 200 means=${word(s)} at=${word(s)}`,
    `manual m${i} ${word(s)}`,
    `cleanup ${word(s)} DELETE backend ${word(`/c/${s}`)}`,
  ]);
  // As values of a condition: all in one question.
  lines.push(
    "request all POST backend /echo json <<'JSON'",
    JSON.stringify(strings),
    'JSON',
    `check all 'all' all ${strings.map((s, i) => `.[${i}] equals ${word(JSON.stringify(s))}`).join(' and ')}`,
  );
  // The last one is red, so that its words are printed in full.
  const last = strings.at(-1) ?? '';
  lines.push(
    `request z POST backend /echo json <<'JSON'`,
    '{}',
    'JSON',
    `check z ${word(last)} z .v equals ${word(JSON.stringify(last))} means=${word(last)} at=${word(last)}`,
  );
  const result = await verbs(
    { 'POST /echo': (r) => ({ body: r.body }), DELETE: { status: 500 } },
    strings.length + 2,
    [
      `secret NOT_SET`,
      `variable TYPED default=${word(strings[0] ?? '')}`,
      `tool bash cure=${word(last)}`,
      `classify misconfigured 'no such pattern' cure=${word(last)}`,
      'preflight',
      ...lines,
    ],
  );
  const posts = result.received.filter((r) => r.method === 'POST').slice(0, -2);
  expect(posts.map((r) => r.body.toString())).toEqual(strings.map((s) => JSON.stringify({ v: s })));
  expect(result.received.every((r) => r.headers['evil'] === undefined)).toBe(true);
  expect(result.points.map((p) => [p.id, p.ok])).toEqual([
    ...[...strings, 'all'].map((_, i) => [i + 1, true]),
    [strings.length + 2, false],
  ]);
  expect(result.points.map((p) => p.name)).toEqual([...strings, 'all', last].map((s) => shown(s)));
  expect([result.code, result.bailout, result.lines.slice(0, 2)]).toEqual([
    1,
    false,
    ['TAP version 14', `1..${strings.length + 2}`],
  ]);
  expect(result.points.at(-1)?.diag).toMatchObject({
    verdict: 'failed',
    expected: expect.any(String),
    means: expect.any(String),
  });
  expect(result.lines.at(-1)).toMatch(/^# ❌ Issue: /);
  await Promise.all(
    [result.folder, join(result.folder, 'generated/demo/case')].map((f) =>
      expect(access(join(f, 'canary'))).rejects.toThrow(),
    ),
  );
}

describe('what a person typed is text, wherever it lands', () => {
  test('everything on the list', async () => {
    await survives(nasty);
  }, 180_000);

  test('and what chance makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 50, maxLength: 50 }), (strings) =>
        survives(strings),
      ),
      { numRuns: 1, endOnFailure: true },
    );
  }, 180_000);

  test('text for logs, files and commands', async () => {
    const strings = nasty.filter((s) => s !== '' && !/\n/.test(s) && !s.includes('{nonce}'));
    const result = await verbs({}, 1, [
      "step 's'",
      `cli c within=20 -- printf '%s|' ${strings.map((s) => word(s)).join(' ')}`,
      `check c c c stdout equals ${word(JSON.stringify(strings.map((s) => `${s}|`).join('')))}`,
    ]);
    expect([result.code, result.points.filter((p) => !p.ok)]).toEqual([0, []]);
  });
});
