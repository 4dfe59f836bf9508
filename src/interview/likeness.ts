/** Texts that speak for a candidate: those that name it count three times as much as those that describe it. */
export interface Candidate {
  readonly key: string;
  readonly names: readonly string[];
  readonly descriptions?: readonly string[];
}

/** The candidate that a typed name speaks of most; undefined when it speaks of none. The first wins a tie. */
export function likest(name: string, candidates: readonly Candidate[]): string | undefined {
  const typed = wordsOf(name);
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

/** Words of four letters and more; shorter ones are in every sentence. */
function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? []).filter(
    (word) => word.length >= 4,
  );
}

/** `cancel` and `cancellation`, `train` and `trainings`, `fails` and `failure`: one begins nearly like the other. */
function alike(a: string, b: string): boolean {
  const shortest = Math.min(a.length, b.length);
  return commonStart(a, b) >= Math.max(4, shortest - 1);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
