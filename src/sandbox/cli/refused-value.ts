import { Exit, type Io } from './io.ts';
import { complain } from './print.ts';

/** Ends the command where a value is not one that it takes: exit 1 (guide ktrdr-cli section 4). */
export function refuseValue(io: Io, message: string): never {
  complain(io, `Validation error: ${message}`);
  throw new Exit(1);
}

/** Refuses a text that does not look like what is asked for. */
export function mustMatch(io: Io, pattern: RegExp, ...texts: readonly string[]): void {
  if (!texts.every((text) => pattern.test(text)))
    refuseValue(io, 'String does not match required pattern');
}

/** Refuses a number below `min` or above `max`, each written as Python prints it. */
export function mustLie(
  io: Io,
  value: string,
  { min, max }: { readonly min: string; readonly max?: string },
): void {
  const number = Number(value);
  const shown = min.includes('.') && Number.isInteger(number) ? number.toFixed(1) : String(number);
  if (number < Number(min)) refuseValue(io, `Value ${shown} below minimum ${min}`);
  if (max !== undefined && number > Number(max))
    refuseValue(io, `Value ${shown} above maximum ${max}`);
}

/** What KTRDR takes as a symbol and as a timeframe. */
export const symbolForm = /^[A-Z0-9\-.]+$/i;
export const timeframeForm = /^\d+[mhdwM]$/;
