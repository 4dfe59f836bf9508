import type { Block, Section } from '../markdown/tree.ts';
import { titleOf } from './title.ts';

/** A document whose headings are bold lines, as sections; any other as it is. */
export function withHeadings(root: Section): Section {
  const [first, ...rest] = root.blocks;
  const title = first && boldOf(first);
  if (root.sections.length > 0 || first === undefined || title === undefined) return root;
  const { endLine } = root;
  const whole = { title, level: 1, line: first.line, endLine, blocks: [], sections: [] };
  if (titleOf(whole) === undefined) return root;
  const blocks: Block[] = [];
  const sections: (Section & { readonly blocks: Block[] })[] = [];
  for (const block of rest) {
    const heading = boldOf(block);
    if (heading === undefined) (sections.at(-1)?.blocks ?? blocks).push(block);
    else sections.push({ ...whole, title: heading, level: 2, line: block.line, blocks: [] });
  }
  const ended = sections.map((section, at) => ({
    ...section,
    endLine: (sections[at + 1]?.line ?? endLine + 1) - 1,
  }));
  return { ...root, blocks: [], sections: [{ ...whole, blocks, sections: ended }] };
}

/** The text of a line that is bold as a whole. */
function boldOf(block: Block): string | undefined {
  return block.kind === 'paragraph' ? /^\*\*([^*\n]+)\*\*$/.exec(block.text)?.[1] : undefined;
}
