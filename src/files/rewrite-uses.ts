import { isMap, isScalar, isSeq, parseDocument, type Node, type YAMLMap } from 'yaml';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The text of a scenario with one name in its `uses` replaced by another, every other character as it was. What it calls the steps of
 * the other begins with the other's slug unless it says `as`: then the old slug is kept so, else every name in it would change.
 */
export function rewrittenUses(text: string, from: string, to: string): string {
  const uses = parseDocument(text).get('uses');
  const items = isSeq(uses) ? (uses.items as readonly Node[]) : [];
  const kept = slugIn(from) === slugIn(to) ? undefined : slugIn(from);
  return items
    .flatMap((item) => editOf(item, text, { from, to, kept }))
    .reduceRight(
      (whole, edit) => whole.slice(0, edit.from) + edit.text + whole.slice(edit.to),
      text,
    );
}

function slugIn(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function editOf(
  item: Node,
  text: string,
  names: { readonly from: string; readonly to: string; readonly kept: string | undefined },
): readonly Edit[] {
  const { from, to, kept } = names;
  if (isScalar(item) && item.value === from)
    return replaced(item, kept === undefined ? to : `{ scenario: ${to}, as: ${kept} }`);
  if (!isMap(item) || item.get('scenario') !== from) return [];
  const value = item.get('scenario', true);
  if (kept === undefined || item.has('as')) return replaced(value, to);
  const between = item.flow === true ? ', ' : `\n${' '.repeat(columnOf(item, text))}`;
  return replaced(value, `${to}${between}as: ${kept}`);
}

function replaced(node: Node | undefined, text: string): readonly Edit[] {
  const range = node?.range;
  return range ? [{ from: range[0], to: range[1], text }] : [];
}

/** The column at which the keys of a map stand. */
function columnOf(map: YAMLMap, text: string): number {
  const begin = map.range?.[0] ?? 0;
  return begin - (text.lastIndexOf('\n', begin - 1) + 1);
}
