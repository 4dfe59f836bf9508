import { cachedBars, hasFile } from './cache.ts';
import type { Cache, Wanted } from './cache.ts';

/** Why there are no data: no such file, a name that can be none, a reversed or an empty range. */
export type LoadFault = 'file' | 'pattern' | 'dates' | 'empty';

/** What the loader finds. */
export type Loaded = { readonly bars: number } | { readonly fault: LoadFault };

/** Loads from a price file as far as the order of the loader's checks goes: names, order of the dates, file (logs-data-get). */
export function loadBars(cache: Cache, symbol: string, timeframe: string, wanted: Wanted): Loaded {
  if (!/^[A-Za-z0-9_.-]+$/.test(symbol) || !/^\d+[mhdwM]$/.test(timeframe))
    return { fault: 'pattern' };
  if ((wanted.first ?? -Infinity) > (wanted.last ?? Infinity)) return { fault: 'dates' };
  if (!hasFile(cache, symbol, timeframe)) return { fault: 'file' };
  const bars = cachedBars(cache, symbol, timeframe, wanted);
  return bars > 0 ? { bars } : { fault: 'empty' };
}
