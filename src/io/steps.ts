/** Work that names each step before it takes it: run to its end in real life; stopped, failed or killed anywhere in tests. */
export type Steps<T = void> = Generator<string, T, void>;

/** Takes all steps at once; nothing else of this process, not even a signal's handler, runs in between. */
export function takeAll<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
