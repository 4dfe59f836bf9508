import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Keyboard } from '../../src/interview/keyboard.ts';

const begins = '\u001b[200~';
const ends = '\u001b[201~';

test.each<[what: string, chunks: readonly (string | Buffer)[], lines: readonly string[]]>([
  ['one line for each question', ['a\rb\rc'], ['a\r', 'b\r', 'c']],
  ['what comes later', ['a', 'b\r', 'c\r'], ['ab\r', 'c\r']],
  ['line breaks of any kind', ['a\r\nb\nc\r'], ['a\r\n', 'b\n', 'c\r']],
  ['a paste with line breaks', [`${begins}a\n\nb\tc\r${ends}\r`], ['a b c \r']],
  ['a paste in pieces', [`${begins}a\r`, `b${ends}`, '\r'], ['a b\r']],
  ['an escape in a paste', [`${begins}a\u001bb${ends}\r`], ['ab\r']],
  ['arrows', ['\u001b[B\u001b[B\r'], ['\u001b[B\u001b[B\r']],
  ['a letter cut in two', [Buffer.from([0xc3]), Buffer.from([0xa9, 0x0d])], ['é\r']],
])('%s', (_what, chunks, lines) => {
  const input = new PassThrough();
  const keyboard = new Keyboard(input, new PassThrough());
  for (const chunk of chunks) input.write(chunk);
  const heard = lines.map(() => {
    keyboard.listen();
    return String(keyboard.read() ?? '');
  });
  keyboard.close();
  expect(heard).toEqual(lines);
});

test('nothing is handed on before somebody listens', () => {
  const input = new PassThrough();
  const keyboard = new Keyboard(input, new PassThrough());
  input.write('a\r');
  expect(keyboard.read()).toBeNull();
  keyboard.close();
});

test('the terminal is raw from the first question to the last, and then as before', () => {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
  const screen = new PassThrough();
  const keyboard = new Keyboard(input, screen);
  keyboard.setRawMode();
  keyboard.close();
  expect(raw).toEqual([true, false]);
  expect(String(screen.read())).toBe('\u001b[?2004h\u001b[?2004l\u001b[?25h');
  expect(input.listenerCount('data')).toBe(0);
});
