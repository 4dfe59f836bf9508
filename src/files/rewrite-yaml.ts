import { parseDocument, stringify, visit, isPair, isScalar, type Node } from 'yaml';

/** Keys and indexes from the top to a value. */
type Path = readonly (string | number)[];

/**
 * The text with some of its scalars replaced, every other character as it was: comments, order and layout are a person's. `edit` gets
 * each text with its path and gives the new one, or undefined to leave it.
 */
export function rewrittenYaml(
  text: string,
  edit: (path: Path, value: string) => string | undefined,
): string {
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  visit(parseDocument(text), {
    Scalar(key, node, ancestors) {
      if (key === 'key' || node.range === null || node.range === undefined) return;
      const value = edit(
        pathOf(ancestors as readonly Node[], node),
        String(node.source ?? node.value),
      );
      if (value === undefined) return;
      const [from, to] = node.range;
      // A block's range takes the line break after it.
      const end = text.slice(from, to).endsWith('\n') ? to - 1 : to;
      edits.push({ from, to: end, text: scalarOf(value) });
    },
  });
  return edits.reduceRight(
    (whole, { from, to, text: next }) => `${whole.slice(0, from)}${next}${whole.slice(to)}`,
    text,
  );
}

/** On one line: what YAML would fold or write as a block is written as JSON, which is YAML too. */
function scalarOf(value: string): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return plain.includes('\n') || /[#,[\]{}]|: /.test(value) ? JSON.stringify(value) : plain;
}

function pathOf(ancestors: readonly Node[], node: Node): Path {
  const chain = [...ancestors, node];
  return chain.flatMap((one, index): Path => {
    const parent: unknown = chain[index - 1];
    if (isPair(one)) return [isScalar(one.key) ? String(one.key.value) : ''];
    if (parent !== null && typeof parent === 'object' && 'items' in parent && !isPair(one)) {
      const at = (parent.items as readonly unknown[]).indexOf(one);
      return at < 0 ? [] : [at];
    }
    return [];
  });
}
