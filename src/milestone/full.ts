import { posix } from 'node:path';
import type { Milestone } from './model.ts';

/**
 * The milestone that says in full what a row of an overview only names: of the same id, with E2E sections, in a file of the same folder.
 * Undefined for one that has sections itself, and where there is none.
 */
export function inFull<
  M extends Pick<Milestone, 'path' | 'id'> & { readonly scenarios: readonly unknown[] },
>({ path, id, scenarios }: M, all: readonly M[]): M | undefined {
  if (id === null || scenarios.length > 0) return undefined;
  return all.find(
    (other) =>
      other.id === id &&
      other.scenarios.length > 0 &&
      posix.dirname(other.path) === posix.dirname(path),
  );
}
