import { readMarkdown } from '../markdown/read.ts';
import type { Block, Document, Note, Section } from '../markdown/tree.ts';
import { candidatesIn } from './candidates.ts';
import { withHeadings } from './headless.ts';
import { capabilityOf, labelsOf } from './capability.ts';
import { readE2e, type ReadE2e } from './e2e.ts';
import type { Milestone, Placed } from './model.ts';
import { overviewRows } from './overview.ts';
import { withoutOwn } from './own-section.ts';
import { idIn, titleOf, titleOfAny, type Title } from './title.ts';
import { oneLine, saying } from './words.ts';

/** What a plan holds, and what was put right while reading it. */
export interface Plan {
  readonly document: Document;
  readonly milestones: readonly Milestone[];
  readonly notes: readonly Note[];
}

/** Reads a plan: a file that is one milestone, a document of several, or an overview that lists them. */
export function readPlan(path: string, text: string): Plan {
  const read = readMarkdown(withoutOwn(text));
  const document = { ...read, root: withHeadings(read.root) };
  const titled = titledSections(document.root);
  const sections = new Set(titled.map(([section]) => section));
  const found = titled.map(([section, title]) =>
    milestoneOf(path, document, { section, title, sections }),
  );
  const ids = new Set(found.map(({ id }) => id));
  const listed = overviewRows(path, document.root).filter(({ id }) => !ids.has(id));
  const milestones =
    titled.length === 1 && titled[0]?.[0].level === 1 ? found : [...found, ...listed];
  return {
    document,
    milestones: (milestones.length > 0 ? milestones : untitled(path, document)).map(
      (one, _at, { length }) => (length === 1 ? { ...one, id: one.id ?? idAbove(document) } : one),
    ),
    notes: document.notes,
  };
}

/** `milestone: 4.5` in the front matter. */
function idAbove({ frontMatter }: Document): string | null {
  const value = /^(?:milestone|milestone[-_]?id)\s*:\s*(.*)$/im.exec(frontMatter?.text ?? '')?.[1];
  return idIn(value?.replaceAll(/["']/g, '') ?? '') ?? null;
}

/** A section that is a milestone, among all that are. */
interface Titled {
  readonly section: Section;
  readonly title: Title;
  readonly sections: ReadonlySet<Section>;
}

/** The sections that are milestones: the outermost; of milestones in phases, the milestones. */
function titledSections(root: Section): readonly (readonly [Section, Title])[] {
  const all = root.sections.flatMap(below).flatMap((section) => {
    const title = titleOf(section);
    return title ? [[section, title] as const] : [];
  });
  const first = all[0];
  if (!first) return [];
  const family =
    first[0].level > 1 && all.some(([, title]) => title.family === 'milestone')
      ? 'milestone'
      : first[1].family;
  const alike = all.filter(([, title]) => title.family === family);
  const level = Math.min(...alike.map(([section]) => section.level));
  return alike.filter(([section]) => section.level === level && section.level <= 3);
}

function below(section: Section): readonly Section[] {
  return [section, ...section.sections.flatMap(below)];
}

/** A plan whose title has no id, but which says how to see it at work, is a milestone all the same. */
function untitled(path: string, document: Document): readonly Milestone[] {
  const section = document.root.sections[0];
  if (!section || candidatesIn(document.root, () => false).length === 0) return [];
  return [
    milestoneOf(path, document, { section, title: titleOfAny(section), sections: new Set() }),
  ];
}

function milestoneOf(
  path: string,
  document: Document,
  { section, title, sections }: Titled,
): Milestone {
  const whole = scopeOf(document.root, section, sections);
  const capability = capabilityOf(whole);
  const read = withoutRepeats(
    candidatesIn(whole, (inner) => sections.has(inner)).map((candidate) =>
      readE2e(candidate, document.lines),
    ),
  );
  const purpose = labelled(whole, /^purpose$/);
  const duration = labelled(whole, /duration|^estimated (?:time|effort)$|^effort$/);
  return {
    path,
    id: title.id,
    title: title.title,
    titleLine: title.line,
    endLine: whole.endLine,
    level: section.level,
    capability: capability?.text ?? null,
    capabilityLine: capability?.line ?? null,
    ...(purpose && { purpose }),
    ...(duration && { duration }),
    prerequisites: prerequisitesOf(whole),
    scenarios: read.map(({ e2e }) => e2e),
    notUnderstood: read
      .flatMap(({ notUnderstood }) => notUnderstood)
      .toSorted((one, other) => one.line - other.line),
  };
}

/** A title on level 1 stands for the file, also where later sections are on level 1 too. */
function scopeOf(root: Section, section: Section, titled: ReadonlySet<Section>): Section {
  if (section.level > 1) return section;
  const at = root.sections.indexOf(section);
  if (at === -1) return section;
  const rest = root.sections.slice(at + 1);
  const next = rest.findIndex((other) => titled.has(other));
  const followers = next === -1 ? rest : rest.slice(0, next);
  return followers.length === 0
    ? section
    : {
        ...section,
        endLine: followers.at(-1)?.endLine ?? section.endLine,
        sections: [...section.sections, ...followers],
      };
}

/** Sections whose steps and criteria the first holds already are the first one again. */
function withoutRepeats(read: readonly ReadE2e[]): readonly ReadE2e[] {
  const [first, ...rest] = read;
  if (!first) return [];
  const said = new Set([...first.e2e.steps, ...first.e2e.criteria].map(({ text }) => text));
  return [
    first,
    ...rest.filter(({ e2e }) => {
      const own = [...e2e.steps, ...e2e.criteria];
      return own.length === 0 || own.some(({ text }) => !said.has(text));
    }),
  ];
}

function labelled({ blocks }: Section, name: RegExp): Placed | undefined {
  for (const block of blocks)
    for (const { label, line, text } of labelsOf(block))
      if (name.test(label) && text.trim() !== '') return { line, text: oneLine(text) };
  return undefined;
}

function prerequisitesOf({ blocks, sections }: Section): readonly Placed[] {
  const name = /^(?:prerequisites?|builds? on|depends on|dependenc(?:y|ies)|requires?)\b/;
  const own = blocks.flatMap((block, at) =>
    labelsOf(block).flatMap(({ label, line, text }) => {
      if (!name.test(label)) return [];
      return text.trim() === '' ? itemsOf(blocks[at + 1]) : [{ line, text: oneLine(text) }];
    }),
  );
  const section = sections.find(({ title }) => name.test(saying(title)));
  return [...own, ...(section?.blocks ?? []).flatMap(itemsOf)];
}

function itemsOf(block: Block | undefined): readonly Placed[] {
  return block?.kind === 'list'
    ? block.items.map(({ line, text }) => ({ line, text: oneLine(text) }))
    : [];
}
