import type { Section, Table } from '../markdown/tree.ts';
import type { Milestone } from './model.ts';
import { idIn } from './title.ts';
import { oneLine, plain, saying } from './words.ts';

/** The milestones that an overview lists in tables: a column with ids, one with names. The first row of an id counts. */
export function overviewRows(path: string, root: Section): readonly Milestone[] {
  const rows = tablesIn(root).flatMap((table) => rowsOf(path, table));
  const first = new Map(rows.toReversed().map((row) => [row.id, row]));
  return rows.filter((row) => first.get(row.id) === row);
}

function tablesIn({ blocks, sections }: Section): readonly Table[] {
  return [
    ...blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])),
    ...sections.flatMap(tablesIn),
  ];
}

function rowsOf(path: string, { header, rows }: Table): readonly Milestone[] {
  const names = header.map((cell) => saying(cell));
  const id = names.findIndex((name) =>
    /^(?:milestones?|phase|project|stage|m|ms|id|no\.?|)$/.test(name),
  );
  const title = names.findIndex((name) => /^(?:name|title|milestone name)$/.test(name));
  const says = names.findIndex((name) =>
    /capabilit|jtbd|when someone can|goal|outcome|e2e|description|objective|delivers/.test(name),
  );
  if (id === -1 || (title === -1 && says === -1)) return [];
  return rows.flatMap(({ line, cells }) => {
    const own = cells[id] ?? '';
    const found = idIn(own);
    const name = plain(cells[title] ?? '') || nameAfterId(own) || plain(cells[says] ?? '');
    if (
      found === undefined ||
      !/^(?:m|milestone|phase|project|stage|\d)/i.test(plain(own)) ||
      !/\p{L}{3}/u.test(name)
    )
      return [];
    const said = says === -1 ? '' : oneLine(cells[says] ?? '');
    return [
      {
        path,
        id: found,
        title: name,
        titleLine: line,
        capability: said === '' ? null : said,
        capabilityLine: said === '' ? null : line,
        prerequisites: [],
        scenarios: [],
        notUnderstood: [],
      },
    ];
  });
}

/** `M1: Rename` in one cell. */
function nameAfterId(cell: string): string {
  return /^[^:—–]*[:—–]\s*(.+)$/.exec(plain(cell))?.[1] ?? '';
}
