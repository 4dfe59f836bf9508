/**
 * Works on all items, so many at once: each worker takes the next one when it is done with the last. Results stand in the order of
 * the items; an item that was not begun because of `stop` has none.
 */
export async function pool<T, R>(
  items: readonly T[],
  workers: number,
  work: (item: T, index: number, worker: number) => Promise<R>,
  stop: () => boolean = () => false,
): Promise<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined);
  const queue = items.entries();
  const one = async (_: unknown, worker: number): Promise<void> => {
    for (const [index, item] of queue) {
      if (stop()) return;
      // oxlint-disable-next-line no-await-in-loop -- a worker does one thing at a time
      results[index] = await work(item, index, worker);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, items.length)) }, one));
  return results;
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
