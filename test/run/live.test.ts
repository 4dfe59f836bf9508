import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { liveOn, momentInWords } from '../../src/run/live.ts';
import { cut, plain } from '../../src/run/paint.ts';

const scenario = {
  id: 'a/b',
  calibration: { seconds: { min: 36, typical: 60, max: 65.3 } },
} as Parameters<typeof liveOn>[0];

test('a moment in words has step, state, percentage and the calibrated range', () => {
  const moment = { step: 'Wait', state: 'running', percent: 52.7, elapsed: 12.2 };
  expect(momentInWords(moment, scenario)).toBe('Wait · running · 52 % · 12 s of 36–65 s');
});

test('without a terminal there is a line for each step and each red point, and no control character', () => {
  const stderr = new PassThrough();
  const live = liveOn(scenario, { stderr, env: {} });
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
  const live = liveOn(scenario, { stderr, env: {} });
  live.end();
  const text = String(stderr.read());
  expect(text).not.toContain('\n');
  expect(text.endsWith('\r\u001b[2K')).toBe(true);
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
