import { refused } from '../backend/answer.ts';
import type { Answer } from '../backend/answer.ts';
import type { BackendState } from '../backend/state.ts';
import type { FieldProblem } from '../backend/problems.ts';
import { requiredText } from '../backend/start-request.ts';
import { withBody } from '../backend/with-body.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest } from '../http.ts';
import { entry } from '../log-entry.ts';
import { stampSecond } from '../python-text.ts';
import { cachedBars } from './cache.ts';
import { rangeLog } from './inventory.ts';
import { dataService, dataServiceLog, endpoint } from './service-log.ts';

/** `POST /api/v1/data/range`: what one file holds (recordings data-range-*). */
export function dataRange(state: BackendState, request: SandboxRequest, moment: Moment): Answer {
  const answer = withBody(request, moment, (members) => {
    const problems: FieldProblem[] = [];
    const symbol = requiredText(members['symbol'], 'symbol', problems);
    const timeframe = requiredText(members['timeframe'], 'timeframe', problems);
    return problems.length > 0
      ? refused(moment, problems)
      : rangeOf(state, symbol, timeframe, moment.now);
  });
  return { ...answer, entries: [...dataServiceLog(moment.now), ...(answer.entries ?? [])] };
}

function rangeOf({ cache }: BackendState, symbol: string, timeframe: string, now: number): Answer {
  const asked = entry(now, 'INFO', endpoint, `Getting date range for ${symbol} (${timeframe})`);
  const entries = [asked, ...rangeLog(cache, symbol, timeframe, now)];
  const file = cache[`${symbol}_${timeframe}`];
  if (file === undefined) {
    const text = `Data not found for ${symbol} (${timeframe})`;
    const service = entry(now, 'ERROR', dataService, text);
    const told = entry(now, 'ERROR', endpoint, `Data not found: ${text}`);
    return { response: detail(404, text), entries: [...entries, service, told] };
  }
  const data = {
    symbol,
    timeframe,
    start_date: stampSecond(file.first),
    end_date: stampSecond(file.last),
    point_count: cachedBars(cache, symbol, timeframe),
  };
  return {
    response: ok({ success: true, data, error: null }),
    entries: [
      ...entries,
      entry(now, 'INFO', dataService, `Retrieved date range for ${symbol} (${timeframe})`),
      entry(now, 'INFO', endpoint, `Successfully retrieved date range for ${symbol}`),
    ],
  };
}
