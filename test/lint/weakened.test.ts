import { describe, expect, test } from 'vitest';
import { weakenings } from '../../src/lint/weakened/compare.ts';
import { pointsOf } from '../../src/lint/weakened/points.ts';

const poll = (words: string): string =>
  `poll watch completes 'it completes' GET a /x every=1 ${words} ends .s in '["done"]'`;

/** What was, what is, and what that is called; nothing where it is no weaker. */
const cases: readonly (readonly [what: string, before: string, now: string, codes: string])[] = [
  ['the same', `check a 'x' r .n gte 3`, `check a 'x' r .n gte 3`, ''],
  ['another text', `check a 'x' r .n gte 3`, `check a 'more' r .n gte 3 means='b'`, ''],
  ['gone', `check a 'x' r .n gte 3`, `check b 'x' r .n gte 3`, 'removed-check'],
  ['one more', `check a 'x' r .n gte 3`, `check a 'x' r .n gte 3 and .m exists true`, ''],
  [
    'a lower bound that is lower',
    `check a 'x' r .n gte 3`,
    `check a 'x' r .n gte 2`,
    'wider-bound',
  ],
  ['higher', `check a 'x' r .n gte 3`, `check a 'x' r .n gt 3`, ''],
  ['no longer strict', `check a 'x' r .n gt 3`, `check a 'x' r .n gte 3`, 'wider-bound'],
  [
    'an upper bound that is higher',
    `check a 'x' r seconds lte 5`,
    `check a 'x' r seconds lte 10`,
    'wider-bound',
  ],
  ['a value for a range', `check a 'x' r .n equals 3`, `check a 'x' r .n gte 3`, 'wider-bound'],
  ['a range for a value', `check a 'x' r .n gte 3`, `check a 'x' r .n equals 3`, ''],
  [
    'one more value',
    `check a 'x' r .s equals done`,
    `check a 'x' r .s in '["done","failed"]'`,
    'wider-bound',
  ],
  [
    'one value fewer',
    `check a 'x' r .s in '["done","failed"]'`,
    `check a 'x' r .s equals done`,
    '',
  ],
  ['only there', `check a 'x' r .s equals done`, `check a 'x' r .s exists true`, 'wider-bound'],
  [
    'one field fewer',
    `check a 'x' r status equals 200 and .s equals done`,
    `check a 'x' r status equals 200`,
    'wider-bound',
  ],
  [
    'one more way',
    `check a 'x' r .s equals done`,
    `check a 'x' r .s equals done or .t equals 1`,
    'wider-bound',
  ],
  ['a size', `check a 'x' r .l size gte 3`, `check a 'x' r .l size gte 1`, 'wider-bound'],
  [
    'some for every',
    `check a 'x' r .l every .s equals 1`,
    `check a 'x' r .l some .s equals 1`,
    'wider-bound',
  ],
  ['less near', `check a 'x' r .n near m 5%`, `check a 'x' r .n near m 9%`, 'wider-bound'],
  [
    'another pattern',
    `check a 'x' r .s matches '^a$'`,
    `check a 'x' r .s matches a`,
    'changed-check',
  ],
  ['a guard', `check a 'x' r .n gt 0`, `guard a 'x' r .n gt 0`, 'wider-bound'],
  [
    'a longer wait',
    poll('within=10 until .s equals done'),
    poll('within=20 until .s equals done'),
    'longer-timeout',
  ],
  [
    'a shorter one',
    poll('within=20 until .s equals done'),
    poll('within=10 until .s equals done'),
    '',
  ],
  [
    'another end of a wait',
    poll('within=9 until .n gte 50'),
    poll('within=9 until .n gte 40'),
    'wider-bound',
  ],
  [
    'a shorter hold',
    `hold h a 'x' GET a /x every=1 for=6 while .s equals b`,
    `hold h a 'x' GET a /x every=1 for=3 while .s equals b`,
    'wider-bound',
  ],
  [
    'fewer samples',
    `series a 'x' watch .p distinct 3`,
    `series a 'x' watch .p distinct 2`,
    'wider-bound',
  ],
  [
    'a restart',
    `series a 'x' watch .p never-falls`,
    `series a 'x' watch .p never-falls restart=5`,
    'wider-bound',
  ],
  [
    'another judgement',
    `series a 'x' watch .p never-falls`,
    `series a 'x' watch .p steady`,
    'changed-check',
  ],
  [
    'a log line waited for longer',
    `log a 'x' b present y`,
    `log a 'x' b present y within=20`,
    'longer-timeout',
  ],
  ['another log line', `log a 'x' b present y`, `log a 'x' b present z`, 'changed-check'],
  [
    'more noise',
    `log a 'x' b clean ids=id errors=E`,
    `log a 'x' b clean ids=id errors=E noise=E1`,
    'wider-bound',
  ],
  ['a smaller file', `file a 'x' f min-bytes 100`, `file a 'x' f min-bytes 10`, 'wider-bound'],
  [
    'a value in a file',
    `file a 'x' f value .n gte 3`,
    `file a 'x' f value .n gte 2`,
    'wider-bound',
  ],
  [
    'two at once',
    poll('within=9 until .n gte 50'),
    poll('within=99 until .n gte 5'),
    'longer-timeout wider-bound',
  ],
];

describe('what became weaker', () => {
  test.each(cases)('%s', (_what, before, now, codes) => {
    const found = weakenings(pointsOf(before), pointsOf(`\n${now}\n`));
    expect(found.map(({ code }) => code).join(' ')).toBe(codes);
    for (const { line, code, message } of found) {
      expect(line).toBe(code === 'removed-check' ? undefined : 2);
      expect(message).not.toContain('undefined');
    }
  });
});

test('what stands in functions, as in a runtime that is written into the script, is no point', () => {
  expect([
    ...pointsOf(`f() {\n  check a 'x' r .n gt 0\n}\ncheck b 'x' r .n gt 0\n`).keys(),
  ]).toEqual(['b']);
});
