/** What only one run at a time may touch. */
interface Locking {
  readonly locks: readonly string[];
}

/**
 * Which of those that wait may begin beside those that go on: the first, in their order, that shares no lock with any of these; one
 * that must wait does not hold up those behind it. Undefined: none.
 */
export function firstApart(
  waiting: readonly Locking[],
  going: readonly Locking[],
): number | undefined {
  const held = new Set(going.flatMap(({ locks }) => locks));
  const at = waiting.findIndex(({ locks }) => !locks.some((lock) => held.has(lock)));
  return at < 0 ? undefined : at;
}
