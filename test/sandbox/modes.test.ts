import { expect, test } from 'vitest';
import { Told } from '../../src/errors.ts';
import { modesOf } from '../../src/sandbox/modes.ts';

test('where nothing is said everything is local and the IB host is up', () => {
  expect(modesOf({})).toEqual({ training: 'local', backtest: 'local', ib: 'up' });
});

test.each([
  [{ trainings: 'host' }, 'unknown mode "trainings"', 'training'],
  [{ ib: 'gateway' }, 'unknown value "gateway" of mode ib', 'gateway-down'],
])('%j is refused with the nearest valid name', (asked, message, close) => {
  expect(() => modesOf(asked)).toThrow(message);
  try {
    modesOf(asked);
  } catch (error) {
    expect(error).toBeInstanceOf(Told);
    expect(error).toMatchObject({ cure: expect.stringContaining(close) });
  }
});
