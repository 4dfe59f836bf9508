import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folder, printed, recorded, recordings, shown } from './recorded.ts';
import { left, served } from './served.ts';

describe.skipIf(!existsSync(folder))('the command prints what was recorded (shared)', () => {
  test.each(Object.entries(served))('%s', async (name, one) => {
    const recording = recorded(name);
    expect(await printed(recording, one)).toBe(shown(recording));
  });

  test('each other recording has a reason', () => {
    const open = recordings().filter(
      (name) => !(name in served) && !left.some(([pattern]) => pattern.test(name)),
    );
    expect(open).toEqual([]);
  });
});
