import type { Json } from './http.ts';
import { isList } from './json.ts';

/**
 * Fields that are floats in KTRDR: Python writes a whole float as `100.0`, and jq 1.7 keeps the
 * spelling (content-length of recording operations-list-active-only).
 */
const floats = new RegExp(
  `^(${[
    'percentage|progress_percentage|progress_percent|duration|duration_seconds',
    'training_time|learning_rate|precision|recall|f1_score|.*_loss|.*_accuracy',
    // recording backtest-good-520bars
    'initial_capital|commission|slippage|execution_time_seconds|(total|annualized)_return(_pct)?',
    'volatility|(sharpe|calmar|sortino)_ratio|max_drawdown(_pct)?|win_rate|profit_factor',
    // recordings ib-status-backend, ibhost-health-detailed, download-*
    'success_rate|uptime_seconds|step_(start|end)_percentage|range_(start|end)|step_progress_ratio',
    'avg_(win_|loss_)?holding_period|(avg|largest)_win|recovery_factor',
    // recording cli-data-show-1d-json
    'Open|High|Low|Close|Volume',
  ].join('|')})$`,
);

/** JSON text as Python writes it: no blanks, unicode as is, whole floats with `.0`. */
export function renderJson(value: Json, key = ''): string {
  if (typeof value === 'number') return numberText(value, key);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => renderJson(item, key)).join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${renderJson(member, name)}`,
  );
  return `{${members.join(',')}}`;
}

/** A number as Python writes it: a whole one with `.0` where the field `key` is a float. */
export function numberText(value: number, key: string): string {
  return floats.test(key) && Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A string as Python's `repr` shows it in a log line. */
export function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** A flat object as Python's `repr` of a dictionary, which data/info shows (recording data-info). */
export function pythonDict(value: { readonly [key: string]: string | readonly string[] }): string {
  const members = Object.entries(value).map(([name, member]) => {
    const shown =
      typeof member === 'string'
        ? repr(member)
        : `[${member.map((each) => repr(each)).join(', ')}]`;
    return `${repr(name)}: ${shown}`;
  });
  return `{${members.join(', ')}}`;
}

/** UTC with microseconds and `Z`, as pydantic writes `created_at`. */
export function stampZ(milliseconds: number): string {
  return `${isoMicros(milliseconds)}Z`;
}

/** UTC with microseconds and `+00:00`, as `isoformat()` writes `cancelled_at`. */
export function stampOffset(milliseconds: number): string {
  return `${isoMicros(milliseconds)}+00:00`;
}

/** UTC with microseconds and no zone, as `utcnow().isoformat()` writes the hosts' timestamps. */
export function stampNaive(milliseconds: number): string {
  return isoMicros(milliseconds);
}

/** UTC to the second with `Z`, as the trainer stamps an epoch. */
export function stampSecond(milliseconds: number): string {
  return `${isoMicros(milliseconds).slice(0, 19)}Z`;
}

/** UTC to the second without a zone, as the index of a price file is shown. */
export function isoSecond(milliseconds: number): string {
  return isoMicros(milliseconds).slice(0, 19);
}

/** `20261122_125911`, the middle of an operation's id. */
export function stampId(milliseconds: number): string {
  return isoMicros(milliseconds).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}

/** `2026-11-22 12:59:11,507`, the head of a log line. */
export function stampLog(milliseconds: number): string {
  const iso = isoMicros(milliseconds);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)},${iso.slice(20, 23)}`;
}

/** `2022-08-19 00:00:00+00:00`, as pandas shows the time of a bar. */
export function stampSpace(milliseconds: number): string {
  return `${isoMicros(milliseconds).slice(0, 19).replace('T', ' ')}+00:00`;
}

/** `2022-08-19 00:00`, as a log line names a bar. */
export function stampMinute(milliseconds: number): string {
  return isoMicros(milliseconds).slice(0, 16).replace('T', ' ');
}

function isoMicros(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const micros = Math.floor((milliseconds - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}`;
}

/** Seconds between two times in milliseconds, to the microsecond as Python's timedelta. */
export function secondsBetween(from: number, to: number): number {
  return Math.round((to - from) * 1000) / 1e6;
}
