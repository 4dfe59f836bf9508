import type { Block, Document, Section } from '../markdown/tree.ts';
import type { Placed } from '../milestone/model.ts';

/** A block of code in a plan. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  readonly textLine: number;
  readonly line: number;
  readonly endLine: number;
}

/** All sections of a document, outer ones first. */
export function sectionsOf({ root }: Document): readonly Section[] {
  const below = (section: Section): readonly Section[] => [
    section,
    ...section.sections.flatMap(below),
  ];
  return below(root);
}

/** The blocks of code of a document. */
export function codeOf(document: Document): readonly CodeBlock[] {
  return sectionsOf(document).flatMap(({ blocks }) => blocks.flatMap(codeIn));
}

function codeIn(block: Block): readonly CodeBlock[] {
  if (block.kind === 'code') return [block];
  if (block.kind === 'quote') return block.blocks.flatMap(codeIn);
  return block.kind === 'list' ? block.items.flatMap(({ blocks }) => blocks.flatMap(codeIn)) : [];
}

/** A line that is longer is data, not prose. */
const longest = 20_000;

/** The lines of a document that are no code. */
export function proseOf(document: Document): readonly Placed[] {
  const code = new Set<number>();
  for (const { line, endLine } of codeOf(document))
    for (let at = line; at <= endLine; at += 1) code.add(at);
  return document.lines.flatMap((text, index) =>
    code.has(index + 1) || text.length > longest ? [] : [{ line: index + 1, text }],
  );
}
