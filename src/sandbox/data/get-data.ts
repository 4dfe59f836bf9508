import { readIsoDate } from '../backend/iso-date.ts';
import type { FieldProblem } from '../backend/problems.ts';
import { refused } from '../backend/answer.ts';
import type { Answer } from '../backend/answer.ts';
import { parseBoolean } from '../backend/start-request.ts';
import type { BackendState } from '../backend/state.ts';
import { ok } from '../http.ts';
import type { Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { isoSecond, renderJson } from '../python-text.ts';
import { cachedSpan } from './cache.ts';
import { badDateLog } from './bad-date-log.ts';
import { instrumentOf, seriesFor } from './instruments.ts';
import { symbolsLog } from './inventory.ts';
import { completedLoad, loadFaultLog } from './load-log.ts';
import { loadBars } from './load.ts';
import type { Loaded } from './load.ts';
import { renderBars } from './render-bars.ts';
import type { Span } from './series.ts';
import {
  dataService,
  dataServiceLog,
  endpoint,
  loader,
  openingLog,
  repository,
} from './service-log.ts';

/** What a request asks the cache for. */
interface Question {
  /** As it stands in the path. */
  readonly typed: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly start: Given;
  readonly end: Given;
  readonly tradingHours: boolean;
}

type Given = { readonly text: string; readonly read: ReturnType<typeof readIsoDate> } | undefined;

/** `GET /api/v1/data/{symbol}/{timeframe}`: the cache only; what is not there is an empty answer (recordings data-*). */
export function getData(
  state: BackendState,
  name: string,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  const { now } = moment;
  const [typed = '', timeframe = ''] = name.split('/');
  const query = new URLSearchParams(request.query);
  const problems: FieldProblem[] = [];
  const tradingHours = flag(query, 'trading_hours_only', problems);
  const extended = flag(query, 'include_extended', problems);
  if (problems.length > 0) return refused(moment, problems);
  const question: Question = {
    typed,
    symbol: typed.trim().toUpperCase(),
    timeframe,
    start: dateOf(query, 'start_date'),
    end: dateOf(query, 'end_date'),
    tradingHours,
  };
  const asked =
    `Getting cached data for ${typed} (${timeframe}) - frontend request, ` +
    `trading_hours_only=${python(tradingHours)}, include_extended=${python(extended)}`;
  const entries = [...dataServiceLog(now), entry(now, 'INFO', endpoint, asked)];
  for (const [field, date] of [
    ['start_date', question.start],
    ['end_date', question.end],
  ] as const) {
    if (date !== undefined && 'error' in date.read) {
      const lines = badDateLog(now, question.symbol, field, date.read.error);
      return { response: badDate(field, date.text), entries: [...entries, ...lines] };
    }
  }
  return answered(state, question, now, entries);
}

function answered(
  state: BackendState,
  question: Question,
  now: number,
  entries: readonly LogEntry[],
): Answer {
  const { symbol, timeframe } = question;
  const wanted = { first: timeOf(question.start), last: timeOf(question.end) };
  const loaded = loadBars(state.cache, symbol, timeframe, wanted);
  const span = cachedSpan(state.cache, symbol, timeframe, wanted);
  const bars = 'bars' in loaded && span !== undefined;
  return {
    response: bars ? filled(symbol, timeframe, span) : empty(symbol, timeframe),
    entries: [
      ...entries,
      ...loadLog(now, question, loaded),
      ...(bars && question.tradingHours ? tradingHoursLog(state, symbol, now) : []),
      ...(bars ? [entry(now, 'INFO', endpoint, retrieved(loaded.bars, symbol))] : []),
    ],
  };
}

function loadLog(now: number, question: Question, loaded: Loaded): readonly LogEntry[] {
  const { symbol, timeframe, start, end } = question;
  const range = `(start=${shown(start)}, end=${shown(end)})`;
  const load = `Loading data from cache: ${symbol} ${timeframe} ${range}`;
  const begun = entry(now, 'INFO', repository, load);
  if ('bars' in loaded) {
    const text = `Successfully loaded ${loaded.bars} rows from cache for ${symbol} ${timeframe}`;
    return [
      begun,
      ...openingLog(now, symbol, timeframe),
      completedLoad(now, loaded.bars),
      entry(now, 'INFO', repository, text),
    ];
  }
  const none = `No data found in cache for ${symbol} ${timeframe}`;
  const hasPath = loaded.fault === 'file' || loaded.fault === 'empty';
  return [
    begun,
    ...(hasPath
      ? openingLog(now, symbol, timeframe)
      : [entry(now, 'INFO', loader, 'Started load of price data')]),
    ...loadFaultLog(now, symbol, timeframe, loaded.fault),
    entry(now, 'ERROR', dataService, `Error in DataService.load_cached_data after 0.001s: ${none}`),
    entry(now, 'WARNING', endpoint, `No cached data found for ${symbol} (${timeframe}): ${none}`),
  ];
}

/** The filter looks up trading hours, which the symbols do not have, and lets everything through (data-trading-hours). */
function tradingHoursLog(state: BackendState, symbol: string, now: number): readonly LogEntry[] {
  const text = `No trading hours info found for ${symbol}, skipping trading hours filter`;
  return [...symbolsLog(state.cache, now), entry(now, 'WARNING', endpoint, text)];
}

function retrieved(bars: number, symbol: string): string {
  return `Retrieved ${bars} cached data points for ${symbol}`;
}

/** The last texts that were made: most readers ask for the same again, and 115,147 bars take a while. */
const latest = new Map<string, string>();

function filled(symbol: string, timeframe: string, span: Span): SandboxResponse {
  const key = [symbol, timeframe, span.first, span.last].join(' ');
  const text = latest.get(key) ?? priceText(symbol, timeframe, span);
  latest.delete(key);
  latest.set(key, text);
  for (const oldest of [...latest.keys()].slice(0, -4)) latest.delete(oldest);
  return { status: 200, headers: {}, body: undefined, text };
}

function priceText(symbol: string, timeframe: string, span: Span): string {
  const instrument = instrumentOf(symbol);
  const times = seriesFor(symbol, timeframe)?.times(span) ?? [];
  const { dates, rows } =
    instrument === undefined ? { dates: '', rows: '' } : renderBars(instrument, times);
  const metadata = renderJson({
    symbol,
    timeframe,
    start_date: `${isoSecond(times[0] ?? 0)}+00:00`,
    end_date: `${isoSecond(times.at(-1) ?? 0)}+00:00`,
    point_count: times.length,
  });
  const data = `{"dates":[${dates}],"ohlcv":[${rows}],"points":null,"metadata":${metadata}}`;
  return `{"success":true,"data":${data},"error":null}`;
}

function empty(symbol: string, timeframe: string): SandboxResponse {
  const metadata = { symbol, timeframe, start: '', end: '', points: 0 };
  const data = { dates: [], ohlcv: [], points: null, metadata };
  return ok({ success: true, data, error: null });
}

function badDate(field: string, text: string): SandboxResponse {
  const error = {
    code: 'DATA-InvalidDate',
    message: `Invalid ${field} format. Use YYYY-MM-DD`,
    details: { [field]: text },
  };
  return { status: 400, headers: {}, body: { success: false, error } };
}

function flag(query: URLSearchParams, name: string, problems: FieldProblem[]): boolean {
  const parsed = parseBoolean(query.getAll(name).at(-1) ?? false);
  if (typeof parsed === 'boolean') return parsed;
  problems.push({ field: `query -> ${name}`, ...parsed });
  return false;
}

function dateOf(query: URLSearchParams, name: string): Given {
  const text = query.getAll(name).at(-1);
  return text === undefined || text === '' ? undefined : { text, read: readIsoDate(text) };
}

function timeOf(date: Given): number | undefined {
  return date !== undefined && 'time' in date.read ? date.read.time : undefined;
}

/** A date as Python's `str` shows it; None where there is none. */
function shown(date: Given): string {
  return date !== undefined && 'naive' in date.read ? date.read.naive.replace('T', ' ') : 'None';
}

function python(value: boolean): string {
  return value ? 'True' : 'False';
}
