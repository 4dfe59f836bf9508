import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { IndexRow } from '../files/index-page.ts';

/** Which scenarios a command works on. */
export interface Selection {
  readonly ids: readonly string[];
  readonly all?: boolean;
  readonly category?: string;
  readonly domain?: string;
}

/**
 * The ids that are selected, sorted, each once. Throws when an id isn't there (with the nearest), when nothing is selected,
 * or when category and domain select nothing.
 */
export function selectIds(
  selection: Selection,
  known: readonly string[],
  rows: () => readonly IndexRow[],
): readonly string[] {
  for (const id of selection.ids.filter((one) => !known.includes(one))) {
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
  if (selection.all) {
    if (known.length > 0) return known;
    throw new Told('there is no scenario in this project', {
      code: 'nothing-selected',
      cure: 'make one with `scenario new`, or name the project with --cwd',
    });
  }
  const { category, domain } = selection;
  if (category === undefined && domain === undefined) {
    if (selection.ids.length > 0) return [...new Set(selection.ids)].toSorted();
    throw new Told('no scenario is named', {
      code: 'usage',
      cure: 'name ids, or use --all, --category or --domain',
    });
  }
  const chosen = rows().filter(
    (row) =>
      (category === undefined || row.category === category) &&
      (domain === undefined || row.domain === domain),
  );
  if (chosen.length === 0) {
    throw new Told(
      `no scenario has ${[category && `category ${category}`, domain && `domain ${domain}`].filter(Boolean).join(' and ')}`,
      {
        code: 'nothing-selected',
        cure: 'see `scenario list`',
      },
    );
  }
  return [...new Set([...selection.ids, ...chosen.map(({ id }) => id)])].toSorted();
}
