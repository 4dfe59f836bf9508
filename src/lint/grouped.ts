/** Lists by name, where many things have few names. */
export function grouped<T>(all: Iterable<readonly [string, T]>): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, one] of all) {
    const alike = groups.get(name);
    if (alike === undefined) groups.set(name, [one]);
    else alike.push(one);
  }
  return groups;
}
