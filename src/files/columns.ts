import { wrapped } from './wrap.ts';

/**
 * Rows as text columns, two spaces apart, in at most so many columns of a terminal: the last two share what the others leave, and go on
 * below where that is not enough. The first row is the header.
 */
export function inColumns(rows: readonly (readonly string[])[], limit: number): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const fixed = widths.slice(0, -2);
  const gaps = 2 * (widths.length - 1);
  const room = Math.max(30, limit - gaps - fixed.reduce((sum, width) => sum + width, 0));
  const [left = 0, right = 0] = widths.slice(-2);
  // Each gets what it needs where the other one leaves it, else half.
  const leftWidth = Math.min(left, Math.max(Math.floor(room / 2), room - right));
  const shown = [...fixed, leftWidth, Math.min(right, room - leftWidth)];
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => wrapped(cell, shown[column] ?? 0));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, column) => (cell[line] ?? '').padEnd(shown[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  });
}
