import { readIsoDate } from '../backend/iso-date.ts';
import type { FieldProblem } from '../backend/problems.ts';
import { bodyProblem, optionalText, requiredText } from '../backend/start-request.ts';
import type { Json } from '../http.ts';
import { timeframes } from '../data/inventory.ts';

/** What a download was asked for, after validation. */
export interface DownloadOrder {
  /** As sent; nothing is looked up yet. */
  readonly symbol: string;
  readonly timeframe: string;
  readonly mode: string;
  /** As sent, for the log. */
  readonly startText: string | null;
  readonly endText: string | null;
  readonly start: Ends;
  readonly end: Ends;
}

/** A date in the two forms that are needed: for `metadata` and as a time; null where none was sent. */
type Ends = { readonly naive: string; readonly time: number } | null;

const modes = new Set(['local', 'tail', 'backfill', 'full']);

/** Checks the body of `POST /data/acquire/download` as pydantic does: all fields, then the dates together (recordings download-*). */
export function checkDownload(members: { readonly [key: string]: Json }): {
  readonly order: DownloadOrder;
  readonly problems: readonly FieldProblem[];
} {
  const problems: FieldProblem[] = [];
  const symbol = requiredText(members['symbol'], 'symbol', problems);
  const timeframe = timeframeOf(members['timeframe'], problems);
  const mode = modeOf(members['mode'] ?? 'local', problems);
  const startText = optionalText(members['start_date'], 'start_date', problems);
  const endText = optionalText(members['end_date'], 'end_date', problems);
  const whole: FieldProblem[] = [];
  const start = dateOf(startText, whole);
  const end = dateOf(endText, whole);
  if (start !== null && end !== null && start.time > end.time) {
    whole.push(dateProblem('start_date must be before end_date'));
  }
  return {
    order: { symbol, timeframe, mode, startText, endText, start, end },
    problems: problems.length > 0 ? problems : whole.slice(0, 1),
  };
}

function timeframeOf(value: Json | undefined, problems: FieldProblem[]): string {
  const before = problems.length;
  const text = requiredText(value, 'timeframe', problems);
  const ids = timeframes.map(({ id }) => id);
  if (problems.length === before && !ids.some((id) => id === text)) {
    const listed = ids.map((id) => `'${id}'`).join(', ');
    const message = `Value error, Timeframe must be one of [${listed}]`;
    problems.push(bodyProblem('timeframe', message, 'value_error'));
  }
  return text;
}

function modeOf(value: Json, problems: FieldProblem[]): string {
  if (typeof value === 'string' && modes.has(value)) return value;
  const message = "Input should be 'local', 'tail', 'backfill' or 'full'";
  problems.push(bodyProblem('mode', message, 'literal_error'));
  return '';
}

function dateOf(text: string | null, problems: FieldProblem[]): Ends {
  if (text === null || text === '') return null;
  const read = readIsoDate(text);
  if ('time' in read) return read;
  const message = `Invalid date format. Use YYYY-MM-DD or ISO format: ${read.error}`;
  problems.push(dateProblem(message));
  return null;
}

function dateProblem(message: string): FieldProblem {
  return { field: 'body', message: `Value error, ${message}`, type: 'value_error' };
}

/** The name of the operation, such as `Download EURUSD 1h (tail mode)`. */
export function nameOf({ symbol, timeframe, mode }: DownloadOrder): string {
  return `Download ${symbol} ${timeframe} (${mode} mode)`;
}
