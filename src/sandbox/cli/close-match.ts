/** The names that are like `given` as Python's difflib finds them (cutoff 0.6), best first: click's "Did you mean". */
export function closeMatches(given: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, ratio: ratio(name, given) }))
    .filter((one) => one.ratio >= 0.6)
    .toSorted((a, b) => b.ratio - a.ratio)
    .slice(0, 3)
    .map(({ name }) => name);
}

function ratio(a: string, b: string): number {
  return (2 * matching(a, b)) / (a.length + b.length);
}

/** Characters in common: the longest common run, and the same left and right of it. */
function matching(a: string, b: string): number {
  let best = { a: 0, b: 0, length: 0 };
  for (let i = 0; i < a.length; i += 1)
    for (let j = 0; j < b.length; j += 1) {
      let length = 0;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length])
        length += 1;
      if (length > best.length) best = { a: i, b: j, length };
    }
  if (best.length === 0) return 0;
  return (
    best.length +
    matching(a.slice(0, best.a), b.slice(0, best.b)) +
    matching(a.slice(best.a + best.length), b.slice(best.b + best.length))
  );
}
