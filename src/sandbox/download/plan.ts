import { cachedBars, hasFile } from '../data/cache.ts';
import type { Cache } from '../data/cache.ts';
import { instrumentOf, seriesFor } from '../data/instruments.ts';
import type { Series, Span } from '../data/series.ts';
import type { Json } from '../http.ts';
import type { Modes } from '../modes.ts';
import { attemptEvents, cacheEvents, noGapLines, validatedEvent } from './events.ts';
import type { Event } from './event.ts';
import { pushLine } from './event.ts';
import { analyse, segmentLimit, segmentsOf } from './gap.ts';
import type { DownloadOrder } from './order.ts';
import { fetchEvents } from './segments.ts';
import { stepProgress } from './shown.ts';

/** What becomes of a download: everything that happens, and how it ends. */
export interface Plan {
  readonly events: readonly Event[];
  /** Milliseconds of KTRDR's own time. */
  readonly endsAt: number;
  /** Why it fails; undefined when it completes. */
  readonly failure: string | undefined;
  readonly result: { readonly [key: string]: Json };
  /** What the price file then holds, if it is written at all. */
  readonly saved: Span | undefined;
  /** Between which offsets segments are fetched, one after the other; empty when none are. */
  readonly fetching: readonly number[];
}

/** What a download finds when it starts. */
export interface Surroundings {
  readonly cache: Cache;
  readonly ib: Modes['ib'];
  readonly now: number;
}

/** The connection pool is set up before the first request (logs-download-tail-ib-absent). */
const poolAt = 30;

/** The whole course of a download (recordings download-*, logs-download-*). */
export function planDownload(order: DownloadOrder, around: Surroundings): Plan {
  const start: Event = {
    at: 0,
    shown: stepProgress(order, 0),
    lines: [pushLine(stepProgress(order, 0)), pushLine(stepProgress(order, 0))],
  };
  if (around.ib !== 'up') return unreachable(start, around.ib);
  const instrument = instrumentOf(order.symbol);
  const series = instrument && seriesFor(order.symbol, order.timeframe);
  if (series === undefined) {
    const events = [start, ...attemptEvents(poolAt, 1)];
    return failing(events, poolAt + 27, `Symbol ${order.symbol} not found`);
  }
  return reachable(order, around, series, [start, ...attemptEvents(poolAt, 1)]);
}

/** The IB host is not there: 34 ms. Its Gateway refuses: four attempts of 30 s each, 127.2 s (download-tail-gateway-down). */
function unreachable(start: Event, ib: 'host-down' | 'gateway-down'): Plan {
  if (ib === 'host-down') {
    const text =
      'Host service connection failed: HTTP error for POST /data/validate: All connection attempts failed';
    return failing([start, ...attemptEvents(poolAt, 1)], poolAt + 4, text);
  }
  const text = 'Host service timeout: Request timed out after 4 attempts: ';
  return failing([start, ...attemptEvents(97, 4)], 127_231, text);
}

function failing(events: readonly Event[], endsAt: number, failure: string): Plan {
  return { events, endsAt, failure, result: {}, saved: undefined, fetching: [] };
}

function reachable(
  order: DownloadOrder,
  around: Surroundings,
  series: Series,
  before: readonly Event[],
): Plan {
  const { symbol, timeframe } = order;
  const analysis = analyse(order, around.cache, series, around.now);
  const found = analysis.cached === undefined ? 0 : series.count(analysis.cached);
  const fileBars = cachedBars(around.cache, symbol, timeframe);
  const validatedAt = poolAt + 15;
  // 0.53–0.93 s for 104,469 rows, 41 ms for 6,265 (logs-download-*).
  const loadedAt = validatedAt + 10 + fileBars * 0.006;
  const events = [
    ...before,
    validatedEvent(order, validatedAt),
    ...cacheEvents(order, loadedAt, {
      found,
      hasFile: hasFile(around.cache, symbol, timeframe),
      movedFrom: analysis.movedFrom,
    }),
  ];
  const [gap] = analysis.gaps;
  if (gap === undefined) {
    const endsAt = loadedAt + 20 + found * 0.016;
    const analysed: Event = { at: endsAt, lines: noGapLines(order, analysis.cached) };
    const result = { symbol, timeframe, rows_downloaded: 0, cache_hit: true, gaps_filled: 0 };
    return { ...failing([...events, analysed], endsAt, ''), failure: undefined, result };
  }
  const segments = analysis.gaps
    .toReversed()
    .flatMap((each) => segmentsOf(each, segmentLimit(timeframe) ?? Infinity));
  const fetched = fetchEvents(order, {
    at: loadedAt,
    gaps: analysis.gaps,
    segments,
    series,
    found,
    fileBars,
  });
  const held = joined([
    ...(analysis.cached === undefined ? [] : [analysis.cached]),
    ...analysis.gaps,
  ]);
  return {
    events: [...events, ...fetched.events],
    endsAt: fetched.endsAt,
    failure: undefined,
    result: {
      symbol,
      timeframe,
      rows_downloaded: fetched.bars,
      cache_hit: fetched.bars === 0,
      gaps_filled: analysis.gaps.length,
      mode: order.mode,
    },
    saved: fetched.bars === 0 ? undefined : barsOnly(held, series),
    fetching: fetched.fetching,
  };
}

function joined(spans: readonly Span[]): Span {
  return {
    first: Math.min(...spans.map(({ first }) => first)),
    last: Math.max(...spans.map(({ last }) => last)),
  };
}

/** A span from its first to its last bar: what a file of it says of its range. */
function barsOnly(span: Span, series: Series): Span {
  const times = series.times(span);
  return { first: times[0] ?? span.first, last: times.at(-1) ?? span.last };
}
