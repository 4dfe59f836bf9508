import { completedLoad } from '../data/load-log.ts';
import type { Series, Span } from '../data/series.ts';
import { loader, repository } from '../data/service-log.ts';
import { stampMinute, stampSpace } from '../python-text.ts';
import { info, printed, pushLine, warning } from './event.ts';
import type { Event } from './event.ts';
import { acquisition, analyser, answeredLine, requestLine } from './events.ts';
import type { DownloadOrder } from './order.ts';
import { spotProgress, stepProgress } from './shown.ts';

const manager = 'ktrdr.data.acquisition.segment_manager';

/** A segment: the stub's 1.3 s and the fixed half second of the IB host (logs-download-tail-ok-stubbed-ib). */
const segmentMs = 1845;

/** What is fetched. */
export interface Fetch {
  readonly at: number;
  readonly gaps: readonly Span[];
  /** In the order in which they are fetched. */
  readonly segments: readonly Span[];
  readonly series: Series;
  /** Bars of the request that are in the cache. */
  readonly found: number;
  /** Bars in the whole file. */
  readonly fileBars: number;
}

/** The download of the segments, and the merge with the cache. */
export function fetchEvents(
  order: DownloadOrder,
  fetch: Fetch,
): {
  readonly events: readonly Event[];
  readonly endsAt: number;
  /** New bars, without those that two segments share. */
  readonly bars: number;
  readonly fetching: readonly number[];
} {
  const { at, segments, series } = fetch;
  const total = segments.length;
  const events: Event[] = [{ at, lines: planLines(order, fetch) }];
  let [next, items, successes] = [at, 0, 0];
  segments.forEach((segment, index) => {
    const current = index + 1;
    const count = series.count(segment);
    const detail = `Segment ${current}/${total}: ${stampMinute(segment.first)} to ${stampMinute(segment.last)}`;
    const shown = spotProgress(order, 5, { current, total, detail, items: 0 });
    events.push({
      at: next,
      shown,
      lines: [...asking(order, segment, current, total), pushLine(shown)],
    });
    next += segmentMs;
    items += count;
    successes += count > 0 ? 1 : 0;
    events.push(received(order, { at: next, current, total, count, items }));
  });
  const fetching = segments.map((_, index) => at + index * segmentMs);
  const bars = fetch.gaps.reduce((sum, gap) => sum + series.count(gap), 0);
  const end =
    bars === 0 ? nothing(order, fetch, next) : saved(order, fetch, { at: next, bars, successes });
  return { events: [...events, ...end.events], endsAt: end.endsAt, bars, fetching };
}

function planLines(order: DownloadOrder, { gaps, segments, found }: Fetch): Event['lines'] {
  const gapLines = gaps.map((gap) =>
    info(
      analyser,
      found === 0
        ? `No existing data found - entire range is a gap: ${between(gap, ' to ')}`
        : `📍 LARGE HISTORICAL GAP TO FILL: ${between(gap, ' → ')} (duration: ${duration(gap)})`,
    ),
  );
  const count = segments.length;
  return [
    ...gapLines,
    info(acquisition, `Gap analysis found ${gaps.length} gaps to fill in ${order.mode} mode`),
    info(manager, `⚡ SEGMENTATION: Split ${gaps.length} gaps into ${count} IB-compliant segments`),
    pushLine(stepProgress(order, 4)),
    info(acquisition, `Created ${count} segments from ${gaps.length} gaps`),
    info(manager, `Fetching ${count} segments with failure resilience`),
    info(manager, '💾 Periodic saves enabled: every 0.5 minutes'),
    pushLine(stepProgress(order, 5)),
  ];
}

function asking(
  { symbol, timeframe }: DownloadOrder,
  segment: Span,
  current: number,
  total: number,
): Event['lines'] {
  const what = `Fetching ${symbol} ${timeframe} from ${between(segment, ' to ')} (duration: ${duration(segment)})`;
  return [
    info(manager, `🚀 IB REQUEST ${current}/${total}: ${what}`),
    requestLine('/data/historical'),
  ];
}

function received(
  order: DownloadOrder,
  {
    at,
    current,
    total,
    count,
    items,
  }: {
    readonly at: number;
    readonly current: number;
    readonly total: number;
    readonly count: number;
    readonly items: number;
  },
): Event {
  const answered = [answeredLine('/data/historical'), ...futureWarning.map(printed)];
  if (count === 0) {
    const failure = warning(manager, `❌ IB FAILURE ${current}: No data returned from IB`);
    return { at, lines: [...answered, failure] };
  }
  const detail = `✅ Loaded ${count} bars from segment ${current}/${total}`;
  const shown = spotProgress(order, 5, { current, total, detail, items });
  const success = info(manager, `✅ IB SUCCESS ${current}: Received ${count} bars from IB`);
  return { at, shown, lines: [...answered, success, pushLine(shown)] };
}

/** What pandas prints at each answer (logs-download-tail-ok-stubbed-ib). */
const futureWarning = [
  "ktrdr/data/acquisition/ib_data_provider.py:294: FutureWarning: Passing literal json to 'read_json' is deprecated and will be removed in a future version. To read from a literal string, wrap it in a 'StringIO' object.",
  '  result = pd.read_json(response["data"], orient="index")',
];

type End = { readonly events: readonly Event[]; readonly endsAt: number };

/** No segment had data: the file stays as it is (recording download-tail-no-dates). */
function nothing(order: DownloadOrder, { segments }: Fetch, at: number): End {
  const total = segments.length;
  const last = segments.at(-1) ?? { first: 0, last: 0 };
  const detail = `Segment ${total}/${total}: ${stampMinute(last.first)} to ${stampMinute(last.last)}`;
  const shown = spotProgress(order, 6, { current: total, total, detail, items: 0 });
  const lines = [
    info(manager, `Segment fetching complete: 0 successful, ${total} failed`),
    info(acquisition, `Downloaded 0 rows across 0/${total} segments (${total} failed)`),
    pushLine(shown),
  ];
  return { events: [{ at: at + 2, shown, lines }], endsAt: at + 4 };
}

/** The whole file is merged and saved, then the request alone: what else was in it is lost (ktrdr-real 23). */
function saved(
  order: DownloadOrder,
  fetch: Fetch,
  {
    at,
    bars,
    successes,
  }: { readonly at: number; readonly bars: number; readonly successes: number },
): End {
  const { symbol, timeframe } = order;
  const { fileBars, found, segments } = fetch;
  const total = segments.length;
  const detail = `💾 Saved ${bars.toLocaleString('en-US')} bars to CSV`;
  const spot = { current: total, total, detail, items: bars };
  const merging = spotProgress(order, 6, spot);
  const loadedAt = at + 5 + fileBars * 0.0065;
  const mergedAt = loadedAt + (fileBars + bars) * 0.0094;
  const endsAt = mergedAt + (found + bars) * 0.0094 + 2;
  const count = bars.toLocaleString('en-US');
  const minutes = ((at - fetch.at) / 60_000).toFixed(1);
  const load = `Loading data from cache: ${symbol} ${timeframe} (start=None, end=None)`;
  const opened =
    fileBars === 0 ? [] : [info(repository, load), info(loader, 'Started load of price data')];
  const loaded: Event['lines'] =
    fileBars === 0
      ? []
      : [
          (time) => completedLoad(time, fileBars),
          info(
            repository,
            `Successfully loaded ${fileBars} rows from cache for ${symbol} ${timeframe}`,
          ),
        ];
  return {
    endsAt,
    events: [
      { at, lines: opened },
      { at: loadedAt, lines: [...loaded, ...saving(order, fileBars + bars)] },
      {
        at: mergedAt,
        shown: merging,
        lines: [
          ...savedLines(order),
          info(
            manager,
            `💾 Progress saved: ${count} new bars (${count} total) after ${minutes} minutes`,
          ),
          info(
            manager,
            `Segment fetching complete: ${successes} successful, ${total - successes} failed`,
          ),
          pushLine(spotProgress(order, 5, spot)),
          pushLine(merging),
          ...saving(order, found + bars),
        ],
      },
      {
        at: endsAt,
        lines: [
          ...savedLines(order),
          info(
            acquisition,
            `Downloaded ${bars} rows across ${successes}/${total} segments (${total - successes} failed)`,
          ),
        ],
      },
    ],
  };
}

function saving({ symbol, timeframe }: DownloadOrder, rows: number): Event['lines'] {
  const path = `data/${symbol}_${timeframe}.csv`;
  return [
    info(repository, `Saving ${rows} rows to cache: ${symbol} ${timeframe}`),
    info(loader, 'Started save of price data'),
    info(loader, `Saving data for ${symbol} (${timeframe}) to ${path}`),
  ];
}

function savedLines({ symbol, timeframe }: DownloadOrder): Event['lines'] {
  return [
    info(loader, 'Completed save of price data in 0.059s'),
    info(repository, `Successfully saved data to cache: data/${symbol}_${timeframe}.csv`),
  ];
}

function between({ first, last }: Span, word: string): string {
  return `${stampSpace(first)}${word}${stampSpace(last)}`;
}

/** A duration as Python's timedelta shows it: `30 days, 0:00:00`. */
function duration({ first, last }: Span): string {
  const seconds = Math.floor((last - first) / 1000);
  const days = Math.floor(seconds / 86_400);
  const rest = [Math.floor((seconds % 86_400) / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = `${rest[0]}:${String(rest[1]).padStart(2, '0')}:${String(rest[2]).padStart(2, '0')}`;
  if (days === 0) return clock;
  return `${days} day${days === 1 ? '' : 's'}, ${clock}`;
}
