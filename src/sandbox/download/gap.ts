import { cachedSpan } from '../data/cache.ts';
import type { Cache } from '../data/cache.ts';
import { headTime } from '../data/series.ts';
import type { Series, Span } from '../data/series.ts';
import type { DownloadOrder } from './order.ts';

/** What the analysis of gaps finds: what is cached of the request, and what is missing. */
export interface Analysis {
  /** The cached part of the request, or of all when no start was given. */
  readonly cached: Span | undefined;
  readonly gaps: readonly Span[];
  /** The start was before the first bar that there is, and was moved there. */
  readonly movedFrom: number | undefined;
}

const dayMs = 86_400_000;

/** How far back a tail goes that has no start (recording download-tail-no-dates). */
const tailMs = 30 * dayMs;

/**
 * The gaps of a request (logs-download-*): the whole range when nothing of it is cached, else what is
 * missing after the cached bars (tail), before them (backfill), or on both sides (full). Gaps in which the
 * market has no bar, such as weekends, are expected and not filled.
 */
export function analyse(order: DownloadOrder, cache: Cache, series: Series, now: number): Analysis {
  const { symbol, timeframe, mode } = order;
  const asked = order.start?.time;
  const movedFrom = asked !== undefined && asked < headTime ? asked : undefined;
  const first = Math.max(asked ?? now - tailMs, headTime);
  // The end is the time a little after the start was reckoned: one segment more (logs-download-tail-no-dates).
  const last = order.end?.time ?? now + 0.025;
  const wanted = asked === undefined ? {} : { first, last };
  const cached = cachedSpan(cache, symbol, timeframe, wanted);
  if (cached === undefined) return { cached, gaps: [{ first, last }], movedFrom };
  const before = { first, last: Math.min(cached.first - 1, last) };
  const after = { first: Math.max(cached.last + 1, first), last };
  const gaps = [...(mode === 'tail' ? [] : [before]), ...(mode === 'backfill' ? [] : [after])];
  return { cached, gaps: gaps.filter((gap) => isUnexpected(gap, series)), movedFrom };
}

/** Whether the market was open in between; what lies after everything that is known counts as open. */
function isUnexpected(gap: Span, series: Series): boolean {
  return gap.last > gap.first && (series.count(gap) > 0 || gap.last - gap.first > 7 * dayMs);
}

/** How much Interactive Brokers gives at once, in days (guide ktrdr-api section 4.4). */
const segmentDays: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 7,
  '15m': 14,
  '30m': 30,
  '1h': 30,
  '4h': 120,
  '1d': 365,
  '1w': 730,
};

/** The longest segment of a timeframe in milliseconds; undefined where none is known. */
export function segmentLimit(timeframe: string): number | undefined {
  const days = segmentDays[timeframe];
  return days === undefined ? undefined : days * dayMs;
}

/** The segments of a gap, the newest first; the short one is the newest (recording download-tail-ok). */
export function segmentsOf(gap: Span, limit: number): readonly Span[] {
  const segments: Span[] = [];
  for (let first = gap.first; first < gap.last; first += limit) {
    segments.push({ first, last: Math.min(first + limit, gap.last) });
  }
  return segments.toReversed();
}
