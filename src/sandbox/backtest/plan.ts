import { strategyFiles } from '../training/strategies.ts';
import type { Cache } from '../data/cache.ts';
import { loadBars } from '../data/load.ts';
import type { LoadFault } from '../data/load.ts';
import { barsOf } from './bars.ts';
import type { Bars } from './bars.ts';
import { hasModel } from './models.ts';
import { configPath } from './order.ts';
import type { BacktestOrder } from './order.ts';

/** When everything happens: offsets from the start in milliseconds of KTRDR's own time. */
export interface Plan {
  readonly bars: Bars;
  /** When the price file is read, when the indicators are computed, and when the first bar is judged. */
  readonly loadsAt: number;
  readonly computesAt: number;
  readonly loopsAt: number;
  readonly barMs: number;
  readonly endsAt: number;
  readonly hasModel: boolean;
  readonly failure: Failure | undefined;
}

/** A backtest that cannot be run: at which step, and the message of its record. */
export interface Failure {
  readonly step: 'strategy' | 'file' | 'range' | 'indicators' | 'model' | 'bars';
  readonly message: string;
  /** What the loader found fault with, at step `file`. */
  readonly fault?: LoadFault;
}

/** Bars that only warm the indicators up: they are not judged. */
export const warmUp = 50;

/** Progress is announced at the first judged bar and every fiftieth after it (recordings backtest-*). */
export const announcedEvery = 50;

/**
 * Recorded durations: 0.02 s to load 4,762 rows and 0.98–1.2 s for 184,617; indicators 0.12 s of
 * 502 bars and 3.4 s of 12,221; a bar takes 2.6 ms while its model is read in vain (0.66 s of 208
 * bars, 3.2 s of 804) and 1.05 ms where there is no model (3,800 bars in 4.0 s: backtest-cancel-5m).
 */
const cost = {
  strategyMs: 2.4,
  engineMs: 9,
  perRow: 0.0053,
  perBar: 0.27,
  barInVain: 2.57,
  barWithoutModel: 1.05,
  end: 4,
};

/** Bars that the indicators of a strategy need (recording backtest-missing-model-seed). */
const needed: Readonly<Record<string, { readonly bars: number; readonly message: string }>> = {
  neuro_mean_reversion: {
    bars: 35,
    message:
      'Failed to compute indicator MACDIndicator: MACD requires at least 35 data points for accurate calculation',
  },
};

/** The timeline of a backtest on a cache; `models` are the folders of models that were trained since the start. */
export function planBacktest(order: BacktestOrder, cache: Cache, models: readonly string[]): Plan {
  const path = configPath(order);
  if (!strategyFiles.includes(order.strategy)) {
    return failingAtOnce({ step: 'strategy', message: `Strategy config not found: ${path}` });
  }
  return planOnBars(order, cache, 'No data loaded for', (found, loaded) => {
    const limit = needed[order.strategy];
    if (limit !== undefined && found.count < limit.bars) {
      const { message } = limit;
      return failing(found, { step: 'indicators', message }, loaded + 5);
    }
    return running(found, hasModel(order, models));
  });
}

const none: Bars = { count: 0, rows: 0, timeOf: () => 0 };

/** The timeline of a backtest that fails before it looks for data. */
export function failingAtOnce(failure: Failure): Plan {
  return failing(none, failure, cost.strategyMs);
}

/** The timeline as far as the data go, then as `next` says; `emptyRange` begins the message of a range without bars. */
export function planOnBars(
  order: BacktestOrder,
  cache: Cache,
  emptyRange: string,
  next: (found: Bars, loadedAt: number) => Plan,
): Plan {
  const { symbol, timeframe } = order;
  const file = loadBars(cache, symbol, timeframe, {});
  if ('fault' in file) {
    const message = `No data found in cache for ${symbol} ${timeframe}`;
    return failing(none, { step: 'file', message, fault: file.fault }, cost.engineMs + 13);
  }
  const found = barsOf(cache, order, file.bars);
  const loaded = cost.engineMs + found.rows * cost.perRow;
  if (found.count === 0) {
    const message = `${emptyRange} ${symbol} ${timeframe}`;
    return failing(found, { step: 'range', message }, loaded + 2);
  }
  return next(found, loaded);
}

/** The timeline of a backtest that walks through all its bars. */
export function running(bars: Bars, modelIsThere: boolean): Plan {
  const computesAt = cost.engineMs + bars.rows * cost.perRow;
  const loopsAt = computesAt + bars.count * cost.perBar;
  const barMs = modelIsThere ? cost.barInVain : cost.barWithoutModel;
  return {
    bars,
    loadsAt: cost.engineMs,
    computesAt,
    loopsAt,
    barMs,
    endsAt: loopsAt + judged(bars) * barMs + cost.end,
    hasModel: modelIsThere,
    failure: undefined,
  };
}

/** The timeline of a backtest that fails at `endsAt`. */
export function failing(bars: Bars, failure: Failure, endsAt: number): Plan {
  return {
    bars,
    loadsAt: failure.step === 'strategy' ? Infinity : cost.engineMs,
    computesAt: failure.step === 'indicators' ? endsAt - 3 : Infinity,
    loopsAt: Infinity,
    barMs: cost.barInVain,
    endsAt,
    hasModel: false,
    failure,
  };
}

/** How many bars are left after the warm-up. */
export function judged(bars: Bars): number {
  return Math.max(0, bars.count - warmUp);
}

/** Judged bars that have begun at an offset. */
export function begunAt(plan: Plan, offset: number): number {
  if (offset < plan.loopsAt) return 0;
  return Math.min(judged(plan.bars), Math.floor((offset - plan.loopsAt) / plan.barMs) + 1);
}

/** When a judged bar (from 0) begins. */
export function beginsAt(plan: Plan, bar: number): number {
  return plan.loopsAt + bar * plan.barMs;
}

/**
 * The engine looks for a cancel at every hundredth judged bar, and before that while it loads and
 * computes not at all (logs-backtest-cancel-5m: cancelled after bar 3,750, stopped at 3,850).
 */
export function noticingBar(plan: Plan, offset: number): number {
  const begun = begunAt(plan, offset);
  return Math.min(judged(plan.bars), Math.ceil(begun / 100) * 100);
}
