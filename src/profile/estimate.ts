import { countBars } from './market-calendar.ts';
import { dayOf, withDefaults, type Parameters } from './parameters.ts';
import type { CalibrationModel, CalibrationRow } from './schema.ts';

export { checkParameters, withDefaults, type Parameters } from './parameters.ts';

/** Real seconds that something takes until its natural end. */
export interface SecondsRange {
  readonly min: number;
  readonly typical: number;
  readonly max: number;
}

/** What some data give: how many samples, and how long they take. */
export interface Estimate {
  readonly samples: number;
  readonly seconds: SecondsRange;
}

/** Samples and seconds of some parameters, which {@link checkParameters} found to be right; wrong ones give 0 samples. */
export function estimate(model: CalibrationModel, parameters: Parameters): Estimate {
  const samples = countSamples(model, withDefaults(model, parameters));
  return { samples, seconds: secondsOf(model, samples) };
}

/** The same of a row: its computed samples (a recorded count is only what they are compared with), and its own seconds, which were measured. */
export function estimateRow(row: CalibrationRow, model: CalibrationModel): Estimate {
  const { min, typical, max } = row.seconds;
  return { samples: estimate(model, row.parameters).samples, seconds: { min, typical, max } };
}

function countSamples({ estimator }: CalibrationModel, given: Parameters): number {
  switch (estimator.kind) {
    case 'constant':
      return estimator.samples;
    case 'rows':
      return Math.max(0, Number(given[estimator.parameter] ?? 0) || 0);
    case 'market-bars': {
      const start = dayOf(given[estimator.start] ?? '');
      const end = dayOf(given[estimator.end] ?? '');
      if (start === undefined || end === undefined) return 0;
      return countBars(estimator, String(given[estimator.timeframe]), start, end);
    }
  }
}

function secondsOf(
  { duration: { base, perThousand } }: CalibrationModel,
  samples: number,
): SecondsRange {
  const at = (key: keyof SecondsRange) => rounded(base[key] + (samples / 1000) * perThousand[key]);
  return { min: at('min'), typical: at('typical'), max: at('max') };
}

/** To hundredths below ten seconds, else to tenths. */
function rounded(seconds: number): number {
  const digits = seconds < 10 ? 100 : 10;
  return Math.round(seconds * digits) / digits;
}
