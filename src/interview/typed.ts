import type { Json } from '../scenario/comparators.ts';

/** Names in a line: `a → b → c`, `a -> b`, `a, b c`. */
export function namesIn(text: string): string[] {
  return text
    .split(/\s*(?:→|->|>|,)\s*|\s+/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** What a person means by a typed value: JSON where it is JSON (`3`, `true`, `"3"`, `{…}`), else the text. */
export function valueIn(text: string): Json {
  const trimmed = text.trim();
  try {
    return JSON.parse(trimmed) as Json;
  } catch {
    return trimmed;
  }
}

const symbols = {
  '>=': 'gte',
  '<=': 'lte',
  '>': 'gt',
  '<': 'lt',
  '~': 'matches',
  '=': 'equals',
} as const;

/**
 * A comparison typed in one line: `completed`, `cancelled or failed`, `>= 1`, `~ ^op_`, `exists`, `is not there`.
 * Anything else is the value that it must equal.
 */
export function comparisonIn(text: string): { readonly [name: string]: Json } {
  const trimmed = text.trim();
  if (/^(?:exists|is there)$/i.test(trimmed)) return { exists: true };
  if (/^(?:absent|is not there)$/i.test(trimmed)) return { exists: false };
  const [, symbol = '', rest = ''] = /^(>=|<=|>|<|~|=)\s*(.+)$/su.exec(trimmed) ?? [];
  if (symbol !== '') {
    const name = symbols[symbol as keyof typeof symbols];
    return { [name]: name === 'matches' ? rest : valueIn(rest) };
  }
  const several = trimmed.split(/\s+or\s+/u);
  return several.length > 1 ? { in: several.map(valueIn) } : { equals: valueIn(trimmed) };
}

/** The other direction, so that an answer can be edited: what {@link comparisonIn} would read. */
export function flowText(flow: readonly string[]): string {
  return flow.join(' → ');
}
