/**
 * Widths of columns that fit into `room`, narrowed as rich does it: the widest give way first, evenly
 * (rich.table.Table._collapse_widths, rich._ratio.ratio_reduce). `rigid` columns stay as they are.
 */
export function narrowed(
  widths: readonly number[],
  room: number,
  rigid: readonly number[] = [],
): readonly number[] {
  let now = [...widths];
  for (let over = sum(now) - room; over > 0; over = sum(now) - room) {
    const free = now.map((width, index) => (rigid.includes(index) ? 0 : width));
    const widest = Math.max(...free);
    const next = Math.max(...free.map((width) => (width === widest ? 0 : width)));
    if (widest === next) return now;
    now = reduced(now, free, widest, Math.min(over, widest - next), over);
  }
  return now;
}

function reduced(
  now: readonly number[],
  free: readonly number[],
  widest: number,
  most: number,
  over: number,
): number[] {
  let left = over;
  let columns = free.filter((width) => width === widest).length;
  return now.map((width, index) => {
    if (free[index] !== widest) return width;
    const share = Math.min(most, evenly(left / columns));
    left -= share;
    columns -= 1;
    return width - share;
  });
}

/** Python rounds a half to the even number. */
function evenly(value: number): number {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
