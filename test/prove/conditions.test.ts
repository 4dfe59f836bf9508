import { describe, expect, test } from 'vitest';
import { capturedBy, holds, lookOf } from '../../src/prove/conditions.ts';
import { valueAt, withValue } from '../../src/prove/json-path.ts';
import type { Reply } from '../../src/prove/reply.ts';
import { exampleOf } from '../../src/prove/wrong-values.ts';
import { that } from '../../src/scenario/condition.ts';
import type { Json } from '../../src/scenario/comparators.ts';
import type { CaptureAct, PollAct } from '../../src/scenario/acts.ts';

describe('paths', () => {
  const body = { a: { b: [1, { 'odd key': null }] } };

  test.each([
    ['.a.b[0]', 1],
    ['.a.b[1]["odd key"]', null],
    ['.a.b[2]', undefined],
    ['.a.b.length', undefined],
    ['.toString', undefined],
    ['not a path', undefined],
    ['.a | env', undefined],
  ])('%s is %j', (path, value) => {
    expect(valueAt(body, path)).toEqual(value);
  });

  test.each<[string, Json | undefined, Json]>([
    ['.a.b[0]', 2, { a: { b: [2, { 'odd key': null }] } }],
    ['.a.b[0]', undefined, { a: { b: [{ 'odd key': null }] } }],
    ['.a', undefined, {}],
    ['.a.c', true, { a: { b: [1, { 'odd key': null }], c: true } }],
    ['.x.y', 1, body],
  ])('%s set to %j', (path, value, after) => {
    expect(withValue(body, path, value)).toEqual(after);
  });
});

describe('conditions judge as the scripts do', () => {
  test.each<
    [string, 'equals' | 'matches' | 'gte' | 'exists' | 'contains' | 'in' | 'lacks', Json, boolean]
  >([
    ['.text', 'equals', 'ok', true],
    ['.number', 'equals', '1', false],
    ['.missing', 'equals', null, false],
    ['.none', 'exists', false, true],
    ['.missing', 'exists', false, true],
    ['.number', 'gte', 1, true],
    ['.text', 'gte', 1, false],
    ['.list', 'contains', 2, true],
    ['.text', 'in', ['ok', 'fine'], true],
    ['.text', 'matches', '^(?:ok|fine)$', true],
    ['.text', 'matches', '[[:digit:]]', false],
    ['body', 'lacks', 'Traceback', true],
    ['body', 'lacks', 'say "hi"', false],
    ['status', 'equals', 200, true],
    ['header:X-Id', 'equals', '7', true],
  ])('%s %s %j: %j', (field, name, value, expected) => {
    expect(holds(that(field, name, value), reply(), {})).toBe(expected);
  });

  const poll = {
    until: that('.text', 'equals', 'done'),
    ends: that('.text', 'in', ['done', 'failed', 'over']),
    early: that('.text', 'equals', 'over'),
  } as PollAct;

  test.each([
    ['done', 200, 'until'],
    ['failed', 200, 'ends'],
    ['over', 200, 'early'],
    ['running', 200, 'wait'],
    ['done', 500, 'bad'],
    [undefined, 200, 'bad'],
  ])('a poll that sees %j with %i: %s', (text, status, look) => {
    const json = JSON.stringify(text === undefined ? {} : { text });
    expect(lookOf(poll, { ...reply(), text: json, status }, {})).toBe(look);
  });

  test.each([
    ['.text', '^ok$', 'ok'],
    ['.text', '^no$', undefined],
    ['.number', undefined, 1],
    ['.none', undefined, undefined],
    ['.list', undefined, undefined],
  ])('a capture of %s that matches %s takes %j', (field, matches, value) => {
    const act = { field, ...(matches === undefined ? {} : { matches }) } as CaptureAct;
    expect(capturedBy(act, reply())).toBe(value);
  });
});

test.each([
  [
    String.raw`cannot be cancelled \(status: COMPLETED\)`,
    'cannot be cancelled (status: COMPLETED)',
  ],
  ['(a|b)[0-9]+|plain words', 'plain words'],
  ['[0-9]{3}', undefined],
])('a text that matches %s: %s', (pattern, text) => {
  expect(exampleOf(pattern)).toBe(text);
});

function reply(): Reply {
  return {
    status: 200,
    headers: { 'x-id': '7' },
    text: JSON.stringify({
      text: 'ok',
      number: 1,
      none: null,
      list: [1, 2],
      said: 'say "hi"',
    }),
    seconds: 0.1,
    elapsed: 0,
  };
}
