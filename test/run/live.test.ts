import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { boardOn, momentInWords } from '../../src/run/live.ts';
import { cut, plain } from '../../src/run/paint.ts';

const scenario = {
  id: 'a/b',
  calibration: { seconds: { min: 36, typical: 60, max: 65.3 } },
} as Parameters<ReturnType<typeof boardOn>['begin']>[0];

test('a moment in words has step, state, percentage and the calibrated range', () => {
  const moment = { step: 'Wait', state: 'running', percent: 52.7, elapsed: 12.2 };
  expect(momentInWords(moment, scenario)).toBe('Wait · running · 52 % · 12 s of 36–65 s');
});

test('without a terminal there is a line for each step and each red point, and no control character', () => {
  const stderr = new PassThrough();
  const live = boardOn({ stderr, env: {} }, false).begin(scenario);
  live.see({ event: 'step', title: 'Start \u001b[2Jit' });
  live.see({ event: 'point', id: 'x', ok: true, text: 'green' });
  live.see({ event: 'point', id: 'y', ok: false, text: 'red', actual: '3\u0007' });
  live.see({ event: 'point', id: 'z', ok: false, text: 'later', reason: 'not-reached' });
  live.see({ event: 'step', title: 'Never', acts: false });
  live.end();
  expect(String(stderr.read())).toBe('a/b\n  Start  [2Jit\n  ✗ red: 3\n');
});

test('on a terminal one line is drawn over, and taken away at the end', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  const live = boardOn({ stderr, env: {} }, false).begin(scenario);
  live.end();
  const text = String(stderr.read());
  expect(text).not.toContain('\n');
  expect(text.endsWith('\r\u001b[2K')).toBe(true);
});

test('of several at once, each line says whose it is', () => {
  const stderr = new PassThrough();
  const board = boardOn({ stderr, env: {} }, true);
  const lives = ['a/b', 'c/d'].map((id) => board.begin({ ...scenario, id }));
  for (const live of lives) live.see({ event: 'step', title: 'Start' });
  expect(String(stderr.read())).toBe('a/b: begins\nc/d: begins\na/b: Start\nc/d: Start\n');
});

test('on a terminal several have a line each, which give way to what is printed', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  const board = boardOn({ stderr, env: { NO_COLOR: '1' } }, true);
  const lives = ['a/b', 'c/d'].map((id) => board.begin({ ...scenario, id }));
  board.aside(() => stderr.write('printed\n'));
  for (const live of lives) live.end();
  const text = String(stderr.read());
  const [, last = ''] = text.split('a/b  preflight\n').slice(-2);
  expect(last.slice(1)).toBe(' c/d  preflight\r\u001b[1A\u001b[Jprinted\n');
});

test.each([
  ['a\nb', 'a b'],
  ['\u001b]0;x\u0007', ']0;x'],
  ['\u202eabc', 'abc'],
])('%j is shown as %j', (text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('what is too long is cut', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
});
