import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { LoadFault } from './load.ts';

const loader = 'ktrdr.data.local_data_loader';

/** The loader's line at the end of a load (logs-data-get). */
export function completedLoad(at: number, bars: number): LogEntry {
  const seconds = (bars * 0.000_007_32 + 0.012).toFixed(3);
  const text = `Completed load of price data in ${seconds}s (${bars} items)`;
  return entry(at, 'INFO', loader, text);
}

/** What the loader says when it finds no data (logs-train-async-failures, logs-data-get). */
export function loadFaultLog(
  at: number,
  symbol: string,
  timeframe: string,
  fault: LoadFault,
): readonly LogEntry[] {
  if (fault === 'empty') return [completedLoad(at, 0)];
  const { first, text, kind } = faultTexts(`data/${symbol}_${timeframe}.csv`)[fault];
  const say = (level: string, line: string): LogEntry => entry(at, level, loader, line);
  return [
    say('ERROR', first),
    say('ERROR', `Error in LocalDataLoader.load after 0.007s: ${text}`),
    say('ERROR', `Failed load of price data after 0.008s: ${text}`),
    say(
      'WARNING',
      `Function load failed with ${kind}: ${text}. Applying fallback strategy: LAST_KNOWN_GOOD`,
    ),
    say('WARNING', 'No last known good result available for load, returning default value'),
  ];
}

function faultTexts(
  file: string,
): Record<Exclude<LoadFault, 'empty'>, { first: string; text: string; kind: string }> {
  const pattern = 'String does not match required pattern';
  const dates = 'End date must be after start date';
  return {
    file: {
      first: `Data file not found: ${file}`,
      text: `Data file not found: ${file}`,
      kind: 'DataNotFoundError',
    },
    pattern: {
      first: `File path validation failed: ${pattern}`,
      text: pattern,
      kind: 'ValidationError',
    },
    dates: {
      first: `Date validation error: ${dates}`,
      text: `Invalid date parameter: ${dates}`,
      kind: 'DataValidationError',
    },
  };
}
