import type { Nodes } from 'mdast';

/** The characters of a Markdown tree, without its markup. */
export function toString(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('children' in node) return node.children.map((child) => toString(child)).join('');
  return '';
}
