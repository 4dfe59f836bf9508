/** How a pool goes about its items. */
interface PoolSetting<T> {
  /** No item is begun once this holds. */
  readonly stop?: () => boolean;
  /**
   * Which of those that wait, in their order, may begin while others go on; undefined: none yet. With none going on it must name
   * one, else those that wait are never begun.
   */
  readonly pick?: (waiting: readonly T[], going: readonly T[]) => number | undefined;
}

/**
 * Works on all items, so many at once: each worker takes the next one that may begin when it is done with the last. Results stand in
 * the order of the items; an item that was not begun because of `stop` has none.
 */
export async function pool<T, R>(
  items: readonly T[],
  workers: number,
  work: (item: T, index: number, worker: number) => Promise<R>,
  { stop = () => false, pick = () => 0 }: PoolSetting<T> = {},
): Promise<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined);
  const waiting = [...items.entries()];
  const free = Array.from({ length: Math.max(1, workers) }, (_, worker) => worker);
  const going = new Map<number, { readonly item: T; readonly done: Promise<void> }>();
  const through = async (index: number, item: T, worker: number): Promise<void> => {
    results[index] = await work(item, index, worker);
    going.delete(index);
    free.push(worker);
  };
  for (;;) {
    while (free.length > 0 && waiting.length > 0 && !stop()) {
      const at = pick(
        waiting.map(([, item]) => item),
        [...going.values()].map(({ item }) => item),
      );
      const [next] = at === undefined ? [] : waiting.splice(at, 1);
      if (next === undefined) break;
      const [index, item] = next;
      going.set(index, { item, done: through(index, item, free.shift() ?? 0) });
    }
    if (going.size === 0) return results;
    // oxlint-disable-next-line no-await-in-loop -- what begins next depends on what ended
    await Promise.race([...going.values()].map(({ done }) => done));
  }
}

/** A gate that lets so many through at once, first come first served. */
export function gate(width: number): <R>(work: () => Promise<R>) => Promise<R> {
  let free = Math.max(1, width);
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Hands things on in their order, each as soon as all before it are there. */
export function inOrder<T>(take: (item: T) => void): (index: number, item: T) => void {
  const early = new Map<number, T>();
  let next = 0;
  return (index, item) => {
    early.set(index, item);
    for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
      early.delete(next);
      next += 1;
      take(ready);
    }
  };
}
