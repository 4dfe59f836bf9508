import { distance } from 'fastest-levenshtein';

/** The valid name that the given one is most likely a slip of; undefined when none is near. */
export function nearest(given: string, valid: readonly string[]): string | undefined {
  const typed = given.trim().toLowerCase();
  if (typed === '' || typed.length > 100) return undefined;
  const ranked = valid
    .map((name) => ({ name, off: distance(typed, name.toLowerCase()) }))
    .toSorted((a, b) => a.off - b.off);
  const [best] = ranked;
  if (best !== undefined && best.off <= slips(typed.length)) return best.name;
  return onlyOneBeginningWith(typed, valid);
}

/** One slip in a short word, two in a usual one (a swap counts as two), a third of a long one. */
function slips(length: number): number {
  return length <= 3 ? 1 : Math.max(2, Math.floor(length / 3));
}

/** `cancel` for `cancellation` is not near, but clear when nothing else begins so. */
function onlyOneBeginningWith(typed: string, valid: readonly string[]): string | undefined {
  const matches = valid.filter((name) => name.toLowerCase().startsWith(typed));
  return typed.length >= 3 && matches.length === 1 ? matches[0] : undefined;
}
