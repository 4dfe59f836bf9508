import type { Market } from './calendar.ts';
import { seriesOf } from './series.ts';
import type { Series } from './series.ts';

/** What Interactive Brokers knows of a symbol (guide ktrdr-api section 4.6; field values of D2.3's actual results). */
export interface Instrument {
  /** As it is asked for, such as `EURUSD`. */
  readonly name: string;
  /** As the contract has it, such as `EUR`. */
  readonly symbol: string;
  readonly market: Market;
  readonly assetType: 'CASH' | 'STK';
  readonly exchange: string;
  readonly currency: string;
  /** Roughly what it costs; prices wander around it. */
  readonly price: number;
}

/** The symbols that our Interactive Brokers knows: those of the recordings and guides, and two that no cache holds. */
const instruments: readonly Instrument[] = [
  pair('EURUSD', 1.13),
  pair('GBPUSD', 1.31),
  pair('USDJPY', 129.4),
  stock('AAPL', 174),
  stock('MSFT', 312),
];

/** The instrument of a symbol; undefined for one that Interactive Brokers does not know. */
export function instrumentOf(symbol: string): Instrument | undefined {
  return instruments.find((each) => each.name === symbol);
}

/** All bars of a symbol in a timeframe; undefined when there is no such symbol or timeframe. */
export function seriesFor(symbol: string, timeframe: string): Series | undefined {
  const instrument = instrumentOf(symbol);
  return instrument && seriesOf(symbol, timeframe, instrument.market);
}

function pair(name: string, price: number): Instrument {
  const symbol = name.slice(0, 3);
  return {
    name,
    symbol,
    market: 'forex',
    assetType: 'CASH',
    exchange: 'IDEALPRO',
    currency: name.slice(3),
    price,
  };
}

function stock(name: string, price: number): Instrument {
  return {
    name,
    symbol: name,
    market: 'stock',
    assetType: 'STK',
    exchange: 'NASDAQ',
    currency: 'USD',
    price,
  };
}
