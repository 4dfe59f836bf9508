import type { Instrument } from './instruments.ts';

/** Open, high, low, close. */
export type Prices = readonly [number, number, number, number];

/**
 * The prices of the bar that starts at `time` (milliseconds): made up, the same at each call, around
 * the instrument's usual price; high and low enclose open and close. Real ones were synthetic as
 * well (guide ktrdr-real section 0).
 */
export function pricesAt({ price, market }: Instrument, time: number): Prices {
  const digits = market === 'forex' && price < 10 ? 5 : 2;
  const open = price * wave(time);
  const close = open * (1 + 0.002 * noise(time));
  const high = Math.max(open, close) * (1 + 0.0008 * Math.abs(noise(time + 1)));
  const low = Math.min(open, close) * (1 - 0.0008 * Math.abs(noise(time + 2)));
  return [
    rounded(open, digits),
    rounded(high, digits),
    rounded(low, digits),
    rounded(close, digits),
  ];
}

/** Shares traded in the bar; currencies have none, which Interactive Brokers tells as -1 and the cache as 0. */
export function volumeAt({ market }: Instrument, time: number): number {
  return market === 'forex' ? 0 : Math.round(40_000_000 * (1 + 0.5 * noise(time + 3)));
}

const dayMs = 86_400_000;

/** Between 0.9 and 1.1, from slow and quick waves. */
function wave(time: number): number {
  const days = time / dayMs;
  return 1 + 0.06 * Math.sin(days / 310) + 0.03 * Math.sin(days / 41) + 0.01 * Math.sin(days / 3.7);
}

/** A number from -1 to 1 that looks like chance and depends on its argument only. */
function noise(seed: number): number {
  const mixed = Math.imul((seed / 1000) | 0, 0x9e37_79b1) ^ Math.imul(seed % 1000, 0x85eb_ca6b);
  const spread = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2_ae35);
  return ((spread ^ (spread >>> 13)) | 0) / 0x8000_0000;
}

function rounded(value: number, digits: number): number {
  const unit = 10 ** digits;
  return Math.round(value * unit) / unit;
}
