/** One measured figure. */
export interface Figure {
  readonly what: string;
  /** In words: `310 ms`. */
  readonly ours: string;
  /** What it is compared with, in words. */
  readonly other?: string;
  /** Ours divided by the other, both measured in turn. */
  readonly ratio?: number;
  /** What it should be, and whether it is. */
  readonly target?: { readonly text: string; readonly met: boolean };
}

/** Figures that belong together, with the commands that were measured. */
export interface Section {
  readonly name: string;
  readonly commands: readonly string[];
  readonly figures: readonly Figure[];
}

/** What all measurements are told. */
export interface BenchOptions {
  /** How often each side is measured; the median counts. */
  readonly rounds: number;
  /** Also 10,000 scenarios. */
  readonly large: boolean;
  /** Tells a person what is going on. */
  readonly say: (text: string) => void;
}

/** A target that is met by being small enough. */
export function atMost(value: number, limit: number, unit = ''): Required<Figure>['target'] {
  return { text: `≤ ${limit}${unit}`, met: value <= limit };
}

/** Two sides measured in turn. */
export function compared(
  what: string,
  [ours, other]: readonly [number, number],
  unit: 'ms' | 'MB' | 's',
  limit?: number,
): Figure {
  const ratio = ours / other;
  return {
    what,
    ours: shown(ours, unit),
    other: shown(other, unit),
    ratio,
    ...(limit === undefined ? {} : { target: atMost(ratio, limit) }),
  };
}

/** A value with its unit. */
export function shown(value: number, unit: string): string {
  return `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${unit}`;
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/** The section as a table for people. */
export function table({ name, commands, figures }: Section): string {
  const rows = [
    ['', 'ours', 'other', 'ratio', 'target', ''],
    ...figures.map(({ what, ours, other = '', ratio, target }) => [
      what,
      ours,
      other,
      ratio === undefined ? '' : ratio.toFixed(2),
      target?.text ?? '',
      target === undefined ? '' : target.met ? 'met' : 'NOT MET',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[`== ${name}`, ...lines, ...commands.map((command) => `$ ${command}`)].join('\n')}\n`;
}
