import { readIsoDate } from '../backend/iso-date.ts';
import { instrumentOf, seriesFor } from '../data/instruments.ts';
import type { Instrument } from '../data/instruments.ts';
import { pricesAt, volumeAt } from '../data/prices.ts';
import { float } from '../data/render-bars.ts';
import { ok } from '../http.ts';
import type { Json, SandboxRequest, SandboxResponse } from '../http.ts';
import { textProblems, withHostBody } from './body.ts';
import type { HostProblem } from './body.ts';

/** 1.33 s for 454 bars, half a second of it a fixed wait (guide ktrdr-api section 4.6; D2.2's actual results). */
const answersAfter = 1300;

/**
 * `POST /data/historical`: always 200, the bars as a JSON text (guide ktrdr-api section 4.6; recorded
 * are only ibhost-historical-invalid and -gateway-down).
 */
export function historical(
  request: SandboxRequest,
  hasGateway: boolean,
  speed: number,
): SandboxResponse {
  return withHostBody(request, problemsOf, (members) => {
    if (!hasGateway) return { ...ok(null), never: true };
    return { ...found(members), delayMs: answersAfter / speed };
  });
}

function problemsOf(members: { readonly [key: string]: Json }): readonly HostProblem[] {
  return [
    ...textProblems(members, 'symbol'),
    ...textProblems(members, 'timeframe'),
    ...timeProblems(members, 'start'),
    ...timeProblems(members, 'end'),
  ];
}

/** The text of a wrong date was not recorded; its type is pydantic's. */
function timeProblems(
  members: { readonly [key: string]: Json },
  name: string,
): readonly HostProblem[] {
  const value = members[name];
  const loc = ['body', name];
  if (value === undefined) return [{ type: 'missing', loc, msg: 'Field required', input: members }];
  if (typeof value === 'string' && 'time' in readIsoDate(value)) return [];
  const msg = 'Input should be a valid datetime or date';
  return [{ type: 'datetime_from_date_parsing', loc, msg, input: value }];
}

function found(members: { readonly [key: string]: Json }): SandboxResponse {
  const [symbol, timeframe] = [String(members['symbol']), String(members['timeframe'])];
  const instrument = instrumentOf(symbol);
  if (instrument === undefined) {
    return answer(null, `Symbol validation failed: Symbol ${symbol} not found`, 0);
  }
  const span = { first: timeOf(members['start']), last: timeOf(members['end']) };
  const times = seriesFor(symbol, timeframe)?.times(span) ?? [];
  const bars = times.map((time) => bar(instrument, time));
  return answer(`{${bars.join(',')}}`, null, times.length);
}

function answer(data: string | null, error: string | null, rows: number): SandboxResponse {
  return ok({ success: error === null, data, error, rows });
}

/** One bar as pandas writes it; currencies have volume -1. */
function bar(instrument: Instrument, time: number): string {
  const [open, high, low, close] = pricesAt(instrument, time).map(float);
  const volume = instrument.market === 'forex' ? '-1.0' : float(volumeAt(instrument, time));
  const prices = `"open":${open},"high":${high},"low":${low},"close":${close}`;
  return `"${new Date(time).toISOString()}":{${prices},"volume":${volume}}`;
}

function timeOf(value: Json | undefined): number {
  const read = readIsoDate(String(value));
  return 'time' in read ? read.time : NaN;
}
