/** Texts that speak for a candidate: those that name it count three times as much as those that describe it. */
export interface Candidate {
  readonly key: string;
  readonly names: readonly string[];
  readonly descriptions?: readonly string[];
}

/**
 * The candidate that a typed name speaks of most; undefined when it speaks of none. The first wins a tie. Words of the
 * ignored texts say nothing.
 */
export function likest(
  name: string,
  candidates: readonly Candidate[],
  ignored: readonly string[] = [],
): string | undefined {
  const typed = wordsOf(name).filter((word) => shared([word], ignored) === 0);
  const ranked = candidates
    .map(({ key, names, descriptions = [] }) => ({
      key,
      score: 3 * shared(typed, names) + shared(typed, descriptions),
    }))
    .toSorted((a, b) => b.score - a.score);
  const [best] = ranked;
  return best && best.score > 0 ? best.key : undefined;
}

function shared(typed: readonly string[], texts: readonly string[]): number {
  const known = texts.flatMap(wordsOf);
  return typed.filter((word) => known.some((other) => alike(word, other))).length;
}

/** Words of four letters and more, and abbreviations such as IB; other short ones are in every sentence. */
function wordsOf(text: string): readonly string[] {
  return (text.match(/[\p{Letter}\p{Number}]+/gu) ?? [])
    .filter((word) => word.length >= 4 || /^\p{Lu}{2,}$/u.test(word))
    .map((word) => word.toLowerCase());
}

/** `cancelled` and `cancellation`, `order` and `orders`, `fails` and `failure`: they begin alike. */
function alike(a: string, b: string): boolean {
  const start = commonStart(a, b);
  return a === b || (start >= 4 && start >= 0.6 * Math.min(a.length, b.length));
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
