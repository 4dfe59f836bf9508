import { STATUS_CODES } from 'node:http';
import type { Json } from '../../src/sandbox/http.ts';
import type { Wire } from '../../src/sandbox/service.ts';
import type { RecordedPoll, RecordedResponse, Trimmed } from './recording.ts';

/** Where a recorded value and the sandbox's differ. */
export type Differences = string[];

/** A response of the sandbox against a recorded one: status line, headers, and the body leaf by leaf. */
export function compareResponse(
  recorded: RecordedResponse,
  wire: Wire,
  at: string,
  trimmed?: Trimmed,
): Differences {
  const statusLine = `HTTP/1.1 ${wire.status} ${STATUS_CODES[wire.status] ?? ''}`;
  return [
    ...compareValue(recorded.status, wire.status, `${at}.status`),
    ...compareValue(recorded.status_line, statusLine, `${at}.status_line`),
    ...compareHeaders(recorded.headers, wire.headers, `${at}.headers`),
    ...compareValue(recorded.body, trimmedAs(trimmed, bodyOf(wire)), `${at}.body`),
  ];
}

/** A body with its lists of prices cut as the recorder cut its own: the first five, the last two, if there were as many. */
function trimmedAs(trimmed: Trimmed | undefined, body: Json): Json {
  const data = member(body, 'data');
  if (trimmed === undefined || !isMembers(body) || !isMembers(data)) return body;
  const cut = (name: string, length: number): Json => {
    const list = data[name];
    if (list === undefined || !isList(list)) return `no list ${name}`;
    if (list.length !== length) return `${list.length} items`;
    return [...list.slice(0, 5), '…', ...list.slice(-2)];
  };
  const dates = cut('dates', trimmed.dates_length);
  const ohlcv = cut('ohlcv', trimmed.ohlcv_length);
  return { ...body, data: { ...data, dates, ohlcv } };
}

/** A response of the sandbox against a recorded poll. */
export function comparePoll(recorded: RecordedPoll, wire: Wire, at: string): Differences {
  const { t, body, ...shown } = recorded;
  const got = bodyOf(wire);
  const summary = { http: wire.status, ...summaryOf(got) };
  return [
    ...(typeof t === 'number' ? [] : [`${at}.t is no number`]),
    ...compareValue(toJson(shown), summary, at),
    ...compareValue(toJson(body), got, `${at}.body`),
  ];
}

/** What the recorder copied out of a poll's body. */
function summaryOf(body: Json): { readonly [key: string]: Json } {
  // The backtest worker answers with the bare record.
  const data = member(body, 'data') ?? body;
  const progress = member(data, 'progress');
  return {
    status: member(data, 'status'),
    percentage: member(progress, 'percentage'),
    current_step: member(progress, 'current_step'),
    steps: [member(progress, 'steps_completed'), member(progress, 'steps_total')],
    items_processed: member(progress, 'items_processed'),
    error_message: member(data, 'error_message'),
  };
}

function member(value: Json, name: string): Json {
  return isMembers(value) ? (value[name] ?? null) : null;
}

/** The body as a client reads it. */
export function bodyOf(wire: Wire): Json {
  const value: Json = wire.text === '' ? '' : JSON.parse(wire.text);
  return value;
}

function toJson(value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(value));
  return copy;
}

function compareHeaders(
  recorded: Readonly<Record<string, string>>,
  got: Readonly<Record<string, string>>,
  at: string,
): Differences {
  // Node adds the date; the others come from the sandbox.
  const { date, ...others } = recorded;
  const names = [...new Set([...Object.keys(others), ...Object.keys(got)])];
  const differences = names.flatMap((name) =>
    compareValue(headerShape(name, others[name]), headerShape(name, got[name]), `${at}.${name}`),
  );
  const isDate = date !== undefined && !Number.isNaN(Date.parse(date));
  return isDate ? differences : [...differences, `${at}.date is no date`];
}

/** Lengths follow from volatile values, durations are volatile: of both only the form is compared. */
function headerShape(name: string, value: string | undefined): string {
  if (value === undefined) return 'absent';
  if (name === 'content-length') return value.replace(/^\d+$/, '<number>');
  if (name === 'x-process-time') return value.replace(/^\d+\.\d\dms$/, '<duration>');
  return value;
}

/** Names of leaves whose value is volatile, with the form that stands in for it. */
const volatileTime =
  /^(created_at|started_at|completed_at|cancelled_at|timestamp|last_check|start_time|end_time|last_updated)$/;
const volatileNumber =
  /^(duration|duration_seconds|training_time|execution_time_seconds|precision|recall|f1_score|ohlcv|([a-z]+_)*(loss|accuracy))$/;

/**
 * Two JSON values, leaf by leaf and key by key in order. Of volatile leaves (ids, times, durations,
 * losses and accuracies) the type and the form are compared.
 */
function compareValue(recorded: Json, got: Json, at: string): Differences {
  if (isMembers(recorded) && isMembers(got)) return compareMembers(recorded, got, at);
  if (isList(recorded) && isList(got)) return compareLists(recorded, got, at);
  const expected = shapeOf(recorded, at);
  const actual = shapeOf(got, at);
  return expected === actual
    ? []
    : [`${at}: recorded ${expected.slice(0, 300)}, sandbox ${actual.slice(0, 300)}`];
}

function compareMembers(
  recorded: { readonly [key: string]: Json },
  got: { readonly [key: string]: Json },
  at: string,
): Differences {
  const keys = Object.keys(recorded).join(',');
  const gotKeys = Object.keys(got).join(',');
  if (keys !== gotKeys) return [`${at}: recorded keys ${keys}, sandbox ${gotKeys}`];
  return Object.entries(recorded).flatMap(([key, value]) =>
    compareValue(value, got[key] ?? null, `${at}.${key}`),
  );
}

function compareLists(recorded: readonly Json[], got: readonly Json[], at: string): Differences {
  if (recorded.length !== got.length) {
    return [`${at}: recorded ${recorded.length} items, sandbox ${got.length}`];
  }
  return recorded.flatMap((value, index) =>
    compareValue(value, got[index] ?? null, `${at}[${index}]`),
  );
}

function shapeOf(value: Json, at: string): string {
  const name =
    at
      .replaceAll(/\[\d+\]/g, '')
      .split('.')
      .at(-1) ?? '';
  if (typeof value === 'number' && volatileNumber.test(name)) return '<number>';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (volatileTime.test(name)) return value.replaceAll(/\d/g, '0');
  return JSON.stringify(
    value
      .replaceAll(/\d{8}_\d{6}_[0-9a-f]{8}/g, '<id>')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>'),
  );
}

function isMembers(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
