import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkParameters,
  estimate,
  estimateRow,
  type Parameters,
} from '../../src/profile/estimate.ts';
import { dataFits, fits, secondsText } from '../../src/profile/fits.ts';
import type { CalibrationModel } from '../../src/profile/schema.ts';
import { ktrdr } from './ktrdr.ts';

const bars = modelNamed('training-bars');

/** Recorded counts: timeframe, start, end, bars, where from. */
const recorded: readonly (readonly [string, string, string, number, string])[] = [
  ['1d', '2024-01-01', '2024-12-31', 258, 'train-smoke-1d-2024'],
  ['1d', '2024-01-01', '2024-01-31', 22, 'backtest-22bars-rsi-strategy'],
  ['1d', '2024-01-01', '2024-01-10', 7, 'data-eurusd-lower'],
  ['1d', '2022-01-01', '2023-12-31', 502, 'backtest-520bars: 452 points and 50 bars of warm-up'],
  ['1d', '2005-03-14', '2025-09-12', 4762, 'data-range-1d'],
  ['1h', '2024-01-01', '2024-12-31', 6265, 'data-eurusd-1h-2024, download-tail-ok'],
  ['1h', '2024-11-01', '2024-12-31', 1009, 'download-shrinks-cache'],
  ['1h', '2005-03-14', '2023-12-31', 104_469, 'download-tail-ok, cache before'],
  ['1h', '2005-03-14', '2025-09-12', 115_147, 'data-range-1h'],
  ['5m', '2023-01-01', '2025-01-01', 147_489, 'train-progress-5m'],
  ['5m', '2024-01-02', '2024-01-05', 854, 'backtest-5m-3days: 804 points and 50 bars of warm-up'],
  ['5m', '2024-01-01', '2024-03-01', 12_221, 'backtest-cancel-5m: steps of its percentage'],
];

describe('bars within 5 % of what was recorded', () => {
  test.each(recorded)('%s %s – %s: %i (%s)', (timeframe, start, end, wanted) => {
    const { samples } = estimate(bars, { timeframe, start, end });
    expect(Math.abs(samples / wanted - 1)).toBeLessThan(0.05);
  });

  test.each(Object.entries(ktrdr.calibrations))('%s', (_name, row) => {
    const { samples, seconds } = estimateRow(row, modelNamed(row.model));
    expect(Math.abs(samples / (row.recordedSamples ?? samples) - 1)).toBeLessThan(0.05);
    const computed = estimate(modelNamed(row.model), row.parameters).seconds;
    expect(computed.min).toBeLessThanOrEqual(seconds.max);
    expect(computed.max).toBeGreaterThanOrEqual(seconds.min);
  });
});

describe('laws of the estimator', () => {
  const day = fc.integer({ min: 0, max: 14_000 });
  const timeframe = fc.constantFrom('1m', '5m', '15m', '30m', '1h', '2h', '4h', '1d', '1w');

  test('a longer range never has fewer bars', () => {
    fc.assert(
      fc.property(timeframe, day, day, day, (frame, a, b, c) => {
        const [first, second, third] = [a, b, c].toSorted((x, y) => x - y);
        expect(count(frame, first, third)).toBeGreaterThanOrEqual(count(frame, first, second));
        expect(count(frame, first, third)).toBeGreaterThanOrEqual(count(frame, second, third));
      }),
    );
  });

  test('two halves make the whole, but for the bar in the middle', () => {
    fc.assert(
      fc.property(timeframe, day, day, day, (frame, a, b, c) => {
        const [first, second, third] = [a, b, c].toSorted((x, y) => x - y);
        const halves = count(frame, first, second) + count(frame, second, third);
        expect(Math.abs(halves - count(frame, first, third))).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('a finer timeframe never has fewer bars, and seconds rise', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 7, max: 4000 }), (start, length) => {
        const [fine, coarse] = ['5m', '1d'].map((frame) => range(frame, start, start + length));
        expect(fine?.samples).toBeGreaterThanOrEqual(coarse?.samples ?? 0);
        expect(fine?.seconds.min).toBeLessThanOrEqual(fine?.seconds.typical ?? 0);
        expect(fine?.seconds.typical).toBeLessThanOrEqual(fine?.seconds.max ?? 0);
      }),
    );
  });

  test('the whole range of dates is counted at once', () => {
    const { samples } = estimate(bars, { timeframe: '1m', start: '0001-01-01', end: '9999-12-31' });
    expect(samples).toBeGreaterThan(1e9);
  });
});

describe('other estimators', () => {
  const rows: CalibrationModel = {
    ...bars,
    parameters: { loaves: { kind: 'number', title: 'Loaves', default: 3 } },
    estimator: { kind: 'rows', parameter: 'loaves', source: 'made up' },
  };
  test('rows', () => expect(estimate(rows, { loaves: 12 }).samples).toBe(12));
  test('rows by default', () => expect(estimate(rows, {}).samples).toBe(3));
  test('constant', () => {
    const constant: CalibrationModel = {
      ...rows,
      estimator: { kind: 'constant', samples: 7, source: 'made up' },
    };
    expect(estimate(constant, {}).samples).toBe(7);
  });
});

const good = { symbol: 'EURUSD', timeframe: '5m', start: '2023-01-01', end: '2025-01-01' };

describe('parameters', () => {
  test('good ones', () => expect(checkParameters(bars, good)).toEqual([]));

  const wrong: readonly (readonly [Parameters, string, string, string])[] = [
    [{ timeframe: '5min' }, 'timeframe', 'there is no 5min here', '5m'],
    [{ timeframe: '7x' }, 'timeframe', 'there is no 7x here', ''],
    [{ start: '2024-02-30' }, 'start', 'there is no day 2024-02-30', ''],
    [{ start: '2023-02-29' }, 'start', 'there is no day 2023-02-29', ''],
    [{ end: '31.12.2024' }, 'end', 'there is no day 31.12.2024', ''],
    [{ end: 2025 }, 'end', 'there is no day 2025', ''],
    [{ end: '2022-12-31' }, 'end', 'end 2022-12-31 does not come after start 2023-01-01', ''],
    [{ end: '2023-01-01' }, 'end', 'end 2023-01-01 does not come after start 2023-01-01', ''],
    [{ symbol: ' ' }, 'symbol', 'a text is needed', ''],
    [{ strat: 'x' }, 'strat', 'there is no parameter strat', ''],
    [{ timefame: '5m' }, 'timefame', 'there is no parameter timefame', 'timeframe'],
  ];
  test.each(wrong)('%o', (change, path, message, near) => {
    const [problem, ...more] = checkParameters(bars, { ...good, ...change });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ path, message, ...(near ? { nearest: near } : {}) });
    expect(problem?.expected).toBeTruthy();
  });

  test('all at once', () => {
    const problems = checkParameters(bars, { timeframe: '5n', start: 'x' });
    expect(problems.map(({ path }) => path)).toEqual(['timeframe', 'start', 'end']);
  });
});

describe('data that are too small', () => {
  const [smoke, progress] = ['training/smoke', 'training/progress'].map(
    (name) => ktrdr.calibrations[name]?.seconds ?? { min: 0, typical: 0, max: 0 },
  );
  if (!smoke || !progress) throw new Error('the rows are there');

  test.each(['cancellation', 'progress'] as const)('%s needs more than smoke data', (category) => {
    expect(fits(category, smoke, ktrdr).ok).toBe(false);
    expect(fits(category, progress, ktrdr)).toEqual({ ok: true, message: '' });
  });

  test('says so, and what would do', () => {
    expect(dataFits('cancellation', { seconds: smoke }, ktrdr, 'training.start')).toEqual({
      ok: false,
      message:
        'this training ends in ~2 s: nothing to cancel; training/cancellation (two years of 5-minute bars) takes 36–65 s',
      better: 'training/cancellation',
    });
  });

  test.each(['smoke', 'error', 'integration'] as const)('%s takes any', (category) => {
    expect(fits(category, smoke, ktrdr).ok).toBe(true);
  });

  test.each(Object.entries(ktrdr.calibrations))(
    '%s fits the categories that it names',
    (_name, row) => {
      for (const category of row.fits) expect(fits(category, row.seconds, ktrdr).ok).toBe(true);
    },
  );

  test.each([
    [{ min: 0.14, typical: 0.4, max: 2.6 }, '~2 s'],
    [{ min: 0.1, typical: 0.2, max: 0.4 }, '~1 s'],
    [{ min: 36, typical: 60, max: 65.3 }, '36–65 s'],
    [{ min: 59.6, typical: 60, max: 60.4 }, '~60 s'],
  ])('%o is %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));
});

function modelNamed(name: string): CalibrationModel {
  const model = ktrdr.calibrationModels[name];
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

function range(timeframe: string, start = 0, end = 0) {
  const [first, last] = [start, end].map((days) =>
    new Date(Date.UTC(1990, 0, 1) + days * 86_400_000).toISOString().slice(0, 10),
  );
  return estimate(bars, { timeframe, start: first ?? '', end: last ?? '' });
}

function count(timeframe: string, start = 0, end = 0): number {
  return range(timeframe, start, end).samples;
}
