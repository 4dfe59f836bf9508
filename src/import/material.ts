import type { Material } from '../draft/material.ts';
import type { Block, Code, Document, Item, Section } from '../markdown/tree.ts';
import { shellLanguages } from '../shell/documented.ts';
import { readShell } from '../shell/read.ts';
import type { NotRead, Read } from '../shell/command.ts';

/** A scenario of a document, before anything is made of it. */
export interface Found extends Material {
  /** What the document says of earlier runs: told on, never believed. */
  readonly history: readonly { readonly line: number; readonly text: string }[];
}

/** What a document holds. */
export interface FoundIn {
  readonly found: readonly Found[];
  readonly notUnderstood: readonly NotRead[];
}

/** Sections of a scenario whose commands are no steps of it. */
const beside =
  /\b(?:troubleshoot\w*|evidence|known (?:quirks?|issues?|limitations?)|notes?|references?|pre-?flight(?: checks?)?|prerequisites?|requirements?|error cases|setup|cleanup|clean ?up|history)\b/i;
const past = /\b(?:actual results?|test results?|last run|results? \(\d{4})/i;
const expecting = /\b(?:expected|success criteria|acceptance|sanity|validation|verify|should)\b/i;
const labels = /^\*\*(category|duration|purpose|status)\*?\*?\s*:/im;

/** Finds the scenarios of a document: sections that say their category, duration or purpose, or that hold steps. */
export function scenariosIn(document: Document, own: readonly string[]): FoundIn {
  const notUnderstood: NotRead[] = [];
  const found: Found[] = [];
  const visit = (section: Section): void => {
    if (isScenario(section)) found.push(materialOf(section, own, notUnderstood));
    else {
      for (const code of within(section.blocks).filter(isShell))
        notUnderstood.push({
          line: code.textLine,
          text: code.text.split('\n')[0] ?? '',
          why: 'commands outside of any scenario',
        });
      for (const { line, text } of boxesIn(section.blocks))
        notUnderstood.push({ line, text, why: 'a box outside of any scenario' });
      section.sections.forEach(visit);
    }
  };
  visit(document.root);
  for (const { line, text } of document.notes)
    notUnderstood.push({ line, text, why: 'while reading' });
  return { found, notUnderstood };
}

function isScenario(section: Section): boolean {
  if (section.level === 0 || section.title === '') return false;
  if (beside.test(section.title) && !/^test\b/i.test(section.title)) return false;
  const isLabelled = section.blocks.some(
    (one) => one.kind === 'paragraph' && labels.test(one.text),
  );
  const hasSteps = section.sections.some(({ title }) =>
    /^(?:commands?|(?:execution |test )?steps?|execution|procedure)\b/i.test(title),
  );
  return (isLabelled || hasSteps) && holdsShell(section);
}

function holdsShell(section: Section): boolean {
  return within(section.blocks).some(isShell) || section.sections.some(holdsShell);
}

function isShell(block: Block): block is Code {
  return block.kind === 'code' && shellLanguages.has(block.language);
}

/** The blocks with those that stand in items and quotes; lists within lists are left to the outer one. */
function within(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((one) =>
    one.kind === 'quote'
      ? within(one.blocks)
      : one.kind === 'list'
        ? [one, ...one.items.flatMap((item) => within(item.blocks)).filter(isNoList)]
        : [one],
  );
}

function isNoList({ kind }: Block): boolean {
  return kind !== 'list';
}

function materialOf(section: Section, own: readonly string[], notUnderstood: NotRead[]): Found {
  const commands: Read[] = [];
  const expectations: { line: number; text: string }[] = [];
  const history: { line: number; text: string }[] = [];
  const needs: string[] = [];
  const visit = (one: Section, inherited: 'steps' | 'beside' | 'past' | 'expected'): void => {
    const role =
      one === section
        ? inherited
        : past.test(one.title)
          ? 'past'
          : beside.test(one.title)
            ? 'beside'
            : expecting.test(one.title)
              ? 'expected'
              : inherited;
    let isExpected = role === 'expected';
    for (const block of within(one.blocks)) {
      if (role === 'past') history.push(...linesOf(block));
      if (/prerequisite|requirement|pre-?flight/i.test(one.title))
        needs.push(...linesOf(block).map(({ text }) => text));
      if (role === 'beside') notUnderstood.push(...leftAside(block, one.title, own));
      if (role === 'past' || role === 'beside') continue;
      if (isShell(block)) {
        const read = readShell(block.text, block.textLine, { own });
        commands.push(...read.commands);
        notUnderstood.push(...read.notUnderstood);
      }
      if (block.kind === 'paragraph') {
        const said = /^\*\*(?:expected[^*:]*|should)\s*:?\*\*:?\s*(.*)$/is.exec(block.text.trim());
        if (said) {
          isExpected = true;
          if (said[1] !== undefined && said[1].trim() !== '')
            expectations.push({ line: block.line, text: said[1] });
        } else if (block.text.startsWith('**')) isExpected = role === 'expected';
      }
      if (block.kind === 'list')
        expectations.push(
          ...block.items
            .flatMap(itemsOf)
            .filter(({ isBox }) => isExpected || isBox)
            .map(({ line, text }) => ({ line, text })),
        );
    }
    for (const inner of one.sections) visit(inner, role);
  };
  visit(section, 'steps');
  for (const { kind, text, line } of commands) {
    const said =
      kind === 'note'
        ? /#\s*(?:expected?|should be|→|->)\s*:?\s*(.+)$/i.exec(text)?.[1]
        : undefined;
    if (said !== undefined) expectations.push({ line, text: said });
  }
  const { name, ref } = nameOf(section.title);
  const [purpose, category] = ['purpose', 'category'].map((label) => labelled(section, label));
  return {
    name,
    line: section.line,
    ...(ref === undefined ? {} : { ref }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(category === undefined ? {} : { category }),
    ...(needs.length > 0 && { prerequisites: needs.join('\n') }),
    commands,
    expectations: expectations.toSorted((a, b) => a.line - b.line),
    history,
  };
}

/** What stands where nothing is a step: its commands and boxes are told, for nothing may be lost without a word. */
function leftAside(block: Block, title: string, own: readonly string[]): readonly NotRead[] {
  const why = `stands under "${title}", so it is no step`;
  if (block.kind === 'list') return boxesIn([block]).map(({ line, text }) => ({ line, text, why }));
  if (!isShell(block)) return [];
  const { commands, notUnderstood } = readShell(block.text, block.textLine, { own });
  return [
    ...commands
      .filter(({ text }) => !text.startsWith('#'))
      .map(({ line, text }) => ({ line, text, why })),
    ...notUnderstood,
  ];
}

interface Said {
  readonly line: number;
  readonly text: string;
  /** It has a checkbox. */
  readonly isBox: boolean;
}

function itemsOf({ text, line, checked, blocks }: Item): readonly Said[] {
  const inner = blocks.flatMap((one) => (one.kind === 'list' ? one.items.flatMap(itemsOf) : []));
  return text.trim() === '' ? inner : [{ line, text, isBox: checked !== undefined }, ...inner];
}

function boxesIn(blocks: readonly Block[]): readonly Said[] {
  return within(blocks)
    .flatMap((block) => (block.kind === 'list' ? block.items.flatMap(itemsOf) : []))
    .filter(({ isBox }) => isBox);
}

function linesOf(block: Block): readonly Pick<Said, 'line' | 'text'>[] {
  if (block.kind === 'paragraph') return [{ line: block.line, text: block.text }];
  if (block.kind === 'list') return block.items.flatMap(itemsOf);
  return block.kind === 'code' ? [{ line: block.line, text: block.text }] : [];
}

function labelled(section: Section, label: string): string | undefined {
  for (const block of section.blocks) {
    if (block.kind !== 'paragraph') continue;
    const found = new RegExp(`^\\*\\*${label}:?\\*\\*:?\\s*(.+)$`, 'im').exec(block.text);
    if (found) return found[1]?.trim();
  }
  return undefined;
}

/** `1.2: Rye Bread` has the id 1.2; `Test: orders/rye` is named by its place. */
function nameOf(title: string): { readonly name: string; readonly ref?: string } {
  const plain = title.replaceAll(/[*`]/g, '').trim();
  const [, ref, rest] =
    /^(?:scenario\s+)?([A-Z]{0,3}\d+(?:\.\d+)*[a-z]?)\s*[:.–—-]\s+(.+)$/i.exec(plain) ?? [];
  const words = (rest ?? plain).replace(/^(?:test|scenario|recipe)\s*:\s*/i, '').trim();
  const name = /^[\w-]+(?:\/[\w-]+)+$/.test(words)
    ? words
        .split(/[/_-]/)
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(' ')
    : words;
  return { name, ...(ref === undefined ? {} : { ref }) };
}
