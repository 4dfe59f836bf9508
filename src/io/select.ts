import picomatch from 'picomatch';
import { Told } from '../errors.ts';
import { shortHash } from '../files/hash.ts';
import { nearest } from '../nearest.ts';
import type { IndexRow } from '../files/index-page.ts';

/** Which scenarios a command works on. */
export interface Selection {
  readonly ids: readonly string[];
  readonly all?: boolean;
  readonly category?: string;
  readonly domain?: string;
  readonly milestone?: string;
  /** Only those that are among each of these, such as the ones that failed. */
  readonly among?: readonly (readonly string[])[];
}

/**
 * The ids that are selected, sorted, each once: those that are named, by id or by a pattern such as `orders/*`, and those that have
 * all that is asked for. Throws when an id isn't there (with the nearest), or when nothing is selected, unless what is `among` others
 * is just none.
 */
export function selectIds(
  selection: Selection,
  known: readonly string[],
  rows: () => readonly IndexRow[],
): readonly string[] {
  const named = selection.ids.flatMap((id) => matching(id, known));
  for (const id of named.filter((one) => !known.includes(one))) {
    const close = nearest(id, known) ?? known.find((one) => one.endsWith(`/${id}`));
    throw new Told(`there is no scenario ${JSON.stringify(id)}`, {
      code: 'unknown-scenario',
      cure: close === undefined ? 'see `scenario list`' : `did you mean ${close}?`,
      issues: [
        {
          path: 'id',
          message: `unknown scenario ${JSON.stringify(id)}`,
          ...(close === undefined ? {} : { nearest: close }),
        },
      ],
    });
  }
  const { all, category, domain, milestone, among = [] } = selection;
  const amongAll = (id: string): boolean => among.every((ids) => ids.includes(id));
  const asked = Object.entries({ category, domain, milestone }).filter(
    ([, value]) => value !== undefined,
  );
  if (all && known.length === 0)
    throw new Told('there is no scenario in this project', {
      code: 'nothing-selected',
      cure: 'make one with `scenario new`, or name the project with --cwd',
    });
  if (all && asked.length === 0) return known.filter(amongAll);
  if (asked.length === 0) {
    if (named.length > 0) return [...new Set(named)].filter(amongAll).toSorted();
    if (among.length > 0) return known.filter(amongAll);
    throw new Told('no scenario is named', {
      code: 'usage',
      cure: 'name ids, or use --all, --category, --domain or --milestone',
    });
  }
  const chosen = rows().filter(
    (row) =>
      (category === undefined || row.category === category) &&
      (domain === undefined || row.domain === domain) &&
      (milestone === undefined || row.milestone === milestone),
  );
  if (chosen.length === 0) {
    throw new Told(
      `no scenario has ${asked.map(([name, value]) => `${name} ${String(value)}`).join(' and ')}`,
      {
        code: 'nothing-selected',
        cure: 'see `scenario list`',
      },
    );
  }
  return [...new Set([...named, ...chosen.map(({ id }) => id)])].filter(amongAll).toSorted();
}

/** So many of the ids, by a hash of each: always the same ones, and of one that is added or removed the others hang little. */
export function sampleOf(ids: readonly string[], count: number): readonly string[] {
  return ids
    .map((id) => ({ id, hash: shortHash(`sample ${id}`) }))
    .toSorted((left, right) => (left.hash < right.hash ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id)
    .toSorted();
}

/** An id as it is; for a pattern, the ids that it matches, at least one. */
function matching(id: string, known: readonly string[]): readonly string[] {
  if (!/[*?[{]/.test(id)) return [id];
  const found = known.filter((one) => picomatch.isMatch(one, id));
  if (found.length > 0) return found;
  throw new Told(`no scenario matches ${id}`, {
    code: 'nothing-selected',
    cure: 'see `scenario list`; `*` stands for a part of a name, `**` for several',
  });
}
