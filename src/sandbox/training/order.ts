import { readIsoDate } from '../backend/iso-date.ts';
import type { Cache } from '../data/cache.ts';
import { loadBars } from '../data/load.ts';
import { planFailure, planTraining } from './plan.ts';
import type { Plan, TrainingOrder } from './plan.ts';

/** What is ordered, before its dates are read. */
export type RawOrder = Omit<TrainingOrder, 'startDate' | 'endDate'>;

/** The order with its dates read, or the text of Python's ValueError for a date that is none. */
export function readOrder(raw: RawOrder): TrainingOrder | { readonly error: string } {
  const from = dateOf(raw.startText);
  const to = dateOf(raw.endText);
  const error = errorOf(from) ?? errorOf(to);
  if (error !== undefined) return { error };
  return { ...raw, startDate: naiveOf(from), endDate: naiveOf(to) };
}

/** When everything happens in a training on the price files that there are; `isCold` for the first one of a process. */
export function planOf(order: TrainingOrder, cache: Cache, isCold: boolean): Plan {
  const [symbol = '', timeframe = ''] = [order.symbols[0], order.timeframes[0]];
  const [first, last] = [timeOf(dateOf(order.startText)), timeOf(dateOf(order.endText))];
  const loaded = loadBars(cache, symbol, timeframe, { first, last });
  return 'bars' in loaded
    ? planTraining(order.strategy, loaded.bars, isCold)
    : planFailure(order.strategy, symbol, timeframe, loaded.fault);
}

type Dated = ReturnType<typeof readIsoDate> | null;

function dateOf(text: string | null): Dated {
  return text === null || text === '' ? null : readIsoDate(text);
}

function errorOf(date: Dated): string | undefined {
  return date !== null && 'error' in date ? date.error : undefined;
}

function naiveOf(date: Dated): string | null {
  return date !== null && 'naive' in date ? date.naive : null;
}

function timeOf(date: Dated): number | undefined {
  return date !== null && 'naive' in date ? date.time : undefined;
}
