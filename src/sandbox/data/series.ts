import { slotsOf } from './calendar.ts';
import type { Market, Slots } from './calendar.ts';

/** Bars of a market in a timeframe, from `first` to `last`, both included (milliseconds, UTC). */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** All bars that the market ever had in one symbol and timeframe. */
export interface Series {
  /** How many bars lie in a span. */
  count(span: Span): number;
  /** Their times, ascending. */
  times(span: Span): readonly number[];
}

/**
 * Part of a recorded price file: the slots from `first` to `last`, of which `bars` are there, spread
 * evenly with the first one among them. Without `bars` all are there; slots between parts are empty.
 */
interface Part {
  readonly first: string;
  readonly last: string;
  readonly bars?: number;
}

/** The parts of the recorded files, so chosen that every count that was recorded comes out exactly. */
const recorded: Readonly<Record<string, readonly Part[]>> = {
  // data-range-1d: 4,762; download-backfill-1d: 4,753 until 2025-09-01; backtest-good-520bars: 502 of
  // 2022 and 2023 (452 after a warm-up of 50); backtest-22bars: 22 of January 2024; train-smoke: 258 of 2024.
  // Where a part begins, a step of a backtest or its log names that bar (backtest-*, logs-backtest-good-520bars).
  EURUSD_1d: [
    { first: '2005-03-14', last: '2021-12-31', bars: 3820 },
    { first: '2022-01-03', last: '2022-03-16', bars: 50 },
    { first: '2022-03-17', last: '2022-08-18', bars: 100 },
    { first: '2022-08-19', last: '2023-12-27', bars: 350 },
    { first: '2023-12-28', last: '2023-12-29' },
    { first: '2024-01-02', last: '2024-01-31' },
    { first: '2024-02-01', last: '2024-05-21', bars: 78 },
    { first: '2024-05-22', last: '2024-06-28' },
    { first: '2024-07-01', last: '2024-12-17', bars: 122 },
    { first: '2024-12-18', last: '2024-12-31', bars: 8 },
    { first: '2025-01-02', last: '2025-12-31' },
  ],
  // data-range-1h: 115,147; download-shrinks-cache: 104,469 before 2024; cli-data-load-full: 12,482 of 2022 and 2023;
  // data-eurusd-1h-2024: 6,265, every hour in which the market is open.
  EURUSD_1h: [
    { first: '2005-03-14', last: '2021-12-31', bars: 91_987 },
    { first: '2022-01-02', last: '2025-12-31T21:00:00Z' },
  ],
  // train-progress-5m: 147,489 of 2023 and 2024; backtest-5m-3days: 854; backtest-cancel-5m: 12,221; logs-worker-direct: 184,617 in all.
  // When the file ends was not recorded.
  EURUSD_5m: [
    { first: '2023-01-01', last: '2023-12-29T21:55:00Z', bars: 73_481 },
    { first: '2024-01-01T22:00:00Z', last: '2024-01-03T22:15:00Z', bars: 574 },
    { first: '2024-01-03T22:20:00Z', last: '2024-01-04T13:00:00Z', bars: 176 },
    { first: '2024-01-04T13:05:00Z', last: '2024-01-04T23:35:00Z', bars: 124 },
    { first: '2024-01-04T23:40:00Z', last: '2024-01-05', bars: 4 },
    { first: '2024-01-05T00:05:00Z', last: '2024-01-05T14:25:00Z', bars: 172 },
    { first: '2024-01-05T14:30:00Z', last: '2024-01-10T02:10:00Z', bars: 700 },
    { first: '2024-01-10T02:15:00Z', last: '2024-01-11T03:50:00Z', bars: 300 },
    { first: '2024-01-11T03:55:00Z', last: '2024-01-15T15:10:00Z', bars: 700 },
    { first: '2024-01-15T15:15:00Z', last: '2024-01-16T16:30:00Z', bars: 300 },
    { first: '2024-01-16T16:35:00Z', last: '2024-01-19T03:45:00Z', bars: 700 },
    { first: '2024-01-19T03:50:00Z', last: '2024-03-01', bars: 8471 },
    { first: '2024-03-01T00:05:00Z', last: '2025-01-01', bars: 61_787 },
    { first: '2025-01-01T00:05:00Z', last: '2025-07-04T21:55:00Z', bars: 37_128 },
    { first: '2025-07-06', last: '2025-12-31T21:55:00Z' },
  ],
  // logs-data-get: 1,737; guide ktrdr-api section 8: 251 of 2024.
  AAPL_1d: [
    { first: '2019-01-02', last: '2023-12-29' },
    { first: '2024-01-02', last: '2024-12-31', bars: 251 },
    { first: '2025-01-01', last: '2025-12-31' },
  ],
};

/** The first bar that Interactive Brokers has (head timestamp in logs-download-backfill-1d). */
export const headTime = Date.UTC(2005, 2, 9, 22, 15);

/** Where what our Interactive Brokers has ends: some time after the recorded files, so that there is something to download. */
const marketEnd = Date.UTC(2025, 11, 31, 21);

/** The series of a symbol in a timeframe; undefined for timeframes that no calendar is known for. */
export function seriesOf(symbol: string, timeframe: string, market: Market): Series | undefined {
  const slots = slotsOf(market, timeframe);
  if (slots === undefined) return undefined;
  const parts = (recorded[`${symbol}_${timeframe}`] ?? whole(timeframe, market)).map((part) =>
    laid(part, slots),
  );
  const upTo = (time: number): number =>
    parts.reduce((sum, part) => sum + kept(part, slots.before(time + 1)), 0);
  return {
    count: ({ first, last }) => Math.max(0, upTo(last) - upTo(first - 1)),
    times: (span) => parts.flatMap((part) => timesIn(part, slots, span)),
  };
}

/** Symbols without a recorded file have a bar in every slot; of stocks' days, 251 of the 262 of 2024. */
function whole(timeframe: string, market: Market): readonly Part[] {
  const end = new Date(marketEnd).toISOString();
  if (market === 'forex' || timeframe !== '1d')
    return [{ first: '2005-03-09T22:15:00Z', last: end }];
  return [
    { first: '2005-03-09T22:15:00Z', last: '2023-12-29' },
    { first: '2024-01-02', last: '2024-12-31', bars: 251 },
    { first: '2025-01-02', last: end },
  ];
}

/** A part in slots: `from` until before `to`, `bars` of them there. */
interface Laid {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

function laid({ first, last, bars }: Part, slots: Slots): Laid {
  const [from, to] = [slots.before(Date.parse(first)), slots.before(Date.parse(last) + 1)];
  return { from, to, bars: bars ?? to - from };
}

/** How many bars of a part lie before a slot. */
function kept({ from, to, bars }: Laid, before: number): number {
  const passed = Math.min(Math.max(0, before - from), to - from);
  return Math.ceil((passed * bars) / (to - from));
}

function timesIn(part: Laid, slots: Slots, { first, last }: Span): readonly number[] {
  const from = Math.max(part.from, slots.before(first));
  const to = Math.min(part.to, slots.before(last + 1));
  const times: number[] = [];
  let before = kept(part, from);
  for (let slot = from; slot < to; slot += 1) {
    const after = kept(part, slot + 1);
    if (after > before) times.push(slots.at(slot));
    before = after;
  }
  return times;
}
