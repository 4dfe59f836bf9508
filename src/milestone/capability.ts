import type { Block, Section } from '../markdown/tree.ts';
import type { Placed } from './model.ts';
import { labelled, oneLine, saying } from './words.ts';

/** Words for what someone can do when a milestone is done; of those of one line, what the plan says first counts. */
const names: readonly RegExp[] = [
  /^(?:user )?capabilit(?:y|ies)\b|^(?:jtbd|job[- ]to[- ]be[- ]done|user story)\b|^when (?:this|it) works\b|^goals?\b|^objectives?\b/,
  /^(?:outcome|end state|what (?:you|people|someone|(?:the |an? )?(?:users?|operators?|traders?)) (?:can|will be able to) do|when someone can|what works when (?:this is )?done|deliverable|value|definition of done|demo)\b/,
  /^(?:purpose|summary|overview|description)\b/,
];

/** What someone can do when the milestone is done: by a label, by a section, else the first paragraph. */
export function capabilityOf(section: Section): Placed | undefined {
  for (const name of names) {
    const found = byLabel(section, name) ?? bySection(section, name);
    if (found) return found;
  }
  return firstParagraph(section.blocks);
}

function byLabel({ blocks }: Section, name: RegExp): Placed | undefined {
  for (const [at, block] of blocks.entries())
    for (const { label, text, line } of labelsOf(block)) {
      if (!name.test(label)) continue;
      if (text.trim() !== '') return { line, text: oneLine(text) };
      const next = blocks[at + 1];
      if (next) return textOf([next]) ?? { line, text: '' };
    }
  return undefined;
}

function bySection({ sections }: Section, name: RegExp): Placed | undefined {
  const section = sections.find(({ title }) => name.test(saying(title)));
  const text = section && textOf(section.blocks);
  // The heading says where it stands.
  return section && text ? { line: section.line, text: text.text } : undefined;
}

/** Labels in a paragraph, a quote, or at the start of a list's items. */
export function labelsOf(block: Block): readonly (Placed & { readonly label: string })[] {
  switch (block.kind) {
    case 'paragraph':
      return labelled(block.text, block.line);
    case 'quote':
      return block.blocks.flatMap(labelsOf);
    case 'list':
      return block.items.flatMap(({ text, line }) => labelled(text, line));
    default:
      return [];
  }
}

/** A paragraph; one that ends in a colon, with the items of the list below it. */
function textOf(blocks: readonly Block[]): Placed | undefined {
  const at = blocks.findIndex(({ kind }) => kind !== 'html');
  const first = blocks[at];
  const next = blocks[at + 1];
  if (first?.kind === 'quote') return textOf(first.blocks);
  if (first?.kind === 'list')
    return { line: first.line, text: first.items.map(({ text }) => oneLine(text)).join('; ') };
  if (first?.kind !== 'paragraph') return undefined;
  const text = oneLine(first.text.replace(/^\*\*[^*]{1,60}:\*\*\s*/, ''));
  if (!text.endsWith(':') || next?.kind !== 'list') return { line: first.line, text };
  return {
    line: first.line,
    text: `${text} ${next.items.map((item) => oneLine(item.text)).join('; ')}`,
  };
}

function firstParagraph(blocks: readonly Block[]): Placed | undefined {
  for (const block of blocks) {
    if (block.kind !== 'paragraph') continue;
    const free = labelled(block.text, block.line).find(
      ({ label, text }) => label === '' && text !== '',
    );
    if (free) return { line: free.line, text: oneLine(free.text) };
  }
  return undefined;
}
