import { completedLoad, loadFaultLog } from '../data/load-log.ts';
import { openingLog, repository } from '../data/service-log.ts';
import type { Span } from '../data/series.ts';
import { stampSpace } from '../python-text.ts';
import { info, pushLine, warning } from './event.ts';
import type { Event } from './event.ts';
import type { DownloadOrder } from './order.ts';
import { stepProgress } from './shown.ts';

export const acquisition = 'ktrdr.data.acquisition.acquisition_service';
export const analyser = 'ktrdr.data.acquisition.gap_analyzer';
const adapter = 'ktrdr.async_infrastructure.service_adapter';
const loop = 'event_loop_id=140228640879440';

/** Where the backend expects the IB host (recording ib-status-backend). */
const host = 'http://127.0.0.1:5001';

/** The client's line about a request that the IB host answered. */
export function answeredLine(path: string): Event['lines'][number] {
  return info('httpx', `HTTP Request: POST ${host}${path} "HTTP/1.1 200 OK"`);
}

/** The line about a request to the IB host. */
export function requestLine(path: string, attempt = 1): Event['lines'][number] {
  const client = `client_exists=True, client_closed=False, ${loop}`;
  return info(adapter, `🌐 IB Data Service: POST ${path} attempt ${attempt}, ${client}`);
}

/** How long an attempt waits that is never answered (logs-download-tail-gateway-down). */
const timeoutMs = 30_033;

/** The connection pool, and `count` attempts to have the symbol validated; all but the last time out. */
export function attemptEvents(at: number, count: number): readonly Event[] {
  const pool = '✅ IB Data Service: Connection pool initialized (max_connections=10, timeout=30s)';
  const events: Event[] = [{ at, lines: [info(adapter, pool), requestLine('/data/validate')] }];
  let next = at;
  for (let attempt = 1; attempt < count; attempt += 1) {
    const wait = 2 ** (attempt - 1);
    const text = `IB Data Service: POST /data/validate timeout (attempt ${attempt}/${count}), retrying in ${wait}s`;
    next += timeoutMs;
    events.push({ at: next, lines: [warning(adapter, text)] });
    next += wait * 1000;
    events.push({ at: next, lines: [requestLine('/data/validate', attempt + 1)] });
  }
  return events;
}

/** The symbol is valid, and the cache is looked at. */
export function validatedEvent(order: DownloadOrder, at: number): Event {
  const { symbol, timeframe, startText, endText } = order;
  const shown = stepProgress(order, 1);
  const range = `(start=${startText ?? 'None'}, end=${endText ?? 'None'})`;
  return {
    at,
    shown,
    lines: [
      answeredLine('/data/validate'),
      info(acquisition, `✅ Symbol ${symbol} validated successfully`),
      info('ktrdr.data.components.symbol_cache', `💾 Cached validation result for ${symbol}`),
      pushLine(shown),
      info(repository, `Loading data from cache: ${symbol} ${timeframe} ${range}`),
      ...openingLines(symbol, timeframe),
    ],
  };
}

function openingLines(symbol: string, timeframe: string): Event['lines'] {
  return openingLog(0, symbol, timeframe).map(
    (_, index) => (at) => openingLog(at, symbol, timeframe)[index] ?? { at, line: '' },
  );
}

/** What the cache held, and the steps up to the analysis of gaps, which take no time that was seen. */
export function cacheEvents(
  order: DownloadOrder,
  at: number,
  cache: {
    readonly found: number;
    readonly hasFile: boolean;
    readonly movedFrom: number | undefined;
  },
): readonly Event[] {
  const { symbol, timeframe } = order;
  const shown = stepProgress(order, 3);
  return [
    {
      at,
      shown,
      lines: [
        ...loadedLines(symbol, timeframe, cache.found, cache.hasFile),
        pushLine(stepProgress(order, 2)),
        ...(cache.movedFrom === undefined ? [] : movedLines(cache.movedFrom)),
        pushLine(shown),
      ],
    },
  ];
}

function loadedLines(
  symbol: string,
  timeframe: string,
  found: number,
  isThere: boolean,
): Event['lines'] {
  if (!isThere) {
    return loadFaultLog(0, symbol, timeframe, 'file').map(
      (_, index) => (at) => loadFaultLog(at, symbol, timeframe, 'file')[index] ?? { at, line: '' },
    );
  }
  const loaded: Event['lines'] = [(at) => completedLoad(at, found)];
  if (found === 0) return loaded;
  const where = `cache for ${symbol} ${timeframe}`;
  return [
    ...loaded,
    info(repository, `Successfully loaded ${found} rows from ${where}`),
    info(acquisition, `Found ${found} rows in ${where}`),
  ];
}

/** The start lies before the first bar there is (logs-download-backfill-1d-stubbed-ib). */
function movedLines(from: number): Event['lines'] {
  const head = '2005-03-09 22:15:00+00:00';
  const asked = stampSpace(from);
  return [
    warning(
      acquisition,
      `📅 HEAD TIMESTAMP VALIDATION FAILED: Requested start date ${asked} is before earliest available data ${head}`,
    ),
    warning(acquisition, `Adjusting start date from ${asked} to ${head}`),
  ];
}

const weekMs = 7 * 86_400_000;

/** Nothing is missing (logs-download-tail-nothing-to-do-stubbed-ib). */
export function noGapLines({ mode }: DownloadOrder, cached: Span | undefined): Event['lines'] {
  const skipped = cached === undefined || mode === 'backfill' ? 1 : weekends(cached);
  return [
    info(
      analyser,
      `🔍 INTELLIGENT GAP ANALYSIS COMPLETE: Found 0 unexpected gaps to fill (filtered out ${skipped} expected gaps)`,
    ),
    info(acquisition, `Gap analysis found 0 gaps to fill in ${mode} mode`),
    info(acquisition, 'No gaps to fill, using cached data'),
  ];
}

function weekends({ first, last }: Span): number {
  return Math.floor((last - first) / weekMs);
}
