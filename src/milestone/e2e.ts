import { readMarkdown } from '../markdown/read.ts';
import type { Block, Code, Item, List, Section, Table } from '../markdown/tree.ts';
import type { Candidate } from './candidates.ts';
import { commandsOf } from './commands.ts';
import { gherkinIn, gherkinLanguages } from './gherkin.ts';
import type { E2e, Kind, Placed, PlanStep } from './model.ts';
import { agentLike, commandLike, partOf, programs, type Part } from './parts.ts';
import { shellLanguages } from '../shell/documented.ts';
import { labelled, oneLine, plain, saying } from './words.ts';

/** An E2E section, and what it holds that nothing was made of. */
export interface ReadE2e {
  readonly e2e: E2e;
  readonly notUnderstood: readonly Placed[];
}

/** Reads an E2E section; `lines` are those of the whole plan. */
export function readE2e(candidate: Candidate, lines: readonly string[]): ReadE2e {
  const reader = new Reader();
  reader.blocks(candidate.blocks, 'steps');
  reader.sections(candidate.sections);
  const raw = lines.slice(candidate.line - 1, candidate.endLine);
  return reader.result(candidate, raw);
}

class Reader {
  readonly #steps: PlanStep[] = [];
  readonly #criteria: Placed[] = [];
  readonly #sanity: Placed[] = [];
  readonly #prerequisites: Placed[] = [];
  readonly #left: Placed[] = [];
  readonly #bullets: PlanStep[] = [];
  readonly #kinds = new Set<Kind>();
  #purpose: Placed | undefined;
  #duration: Placed | undefined;
  #part: Part = 'steps';
  /** Lines of the plan before the first of a block of Markdown that is read within. */
  #before = 0;

  sections(sections: readonly Section[]): void {
    for (const section of sections) {
      this.blocks(section.blocks, partOf(saying(section.title)) ?? 'steps');
      this.sections(section.sections);
    }
  }

  blocks(blocks: readonly Block[], part: Part): void {
    this.#part = part;
    for (const block of blocks) this.#block(block);
  }

  result(candidate: Candidate, raw: readonly string[]): ReadE2e {
    if (this.#steps.length === 0 && this.#bullets.length > 0) {
      this.#steps.push(...this.#bullets);
      this.#kinds.add('bullets');
    }
    if (this.#steps.length === 0 && this.#criteria.length > 0) this.#kinds.add('bullets');
    this.#sweep(candidate, raw);
    return {
      e2e: {
        heading: plain(candidate.heading),
        line: candidate.line,
        endLine: candidate.endLine,
        kind: this.#kind(raw),
        steps: this.#steps,
        criteria: this.#criteria.toSorted((one, other) => one.line - other.line),
        sanityChecks: this.#sanity,
        ...(this.#purpose && { purpose: this.#purpose }),
        ...(this.#duration && { duration: this.#duration }),
        prerequisites: this.#prerequisites,
      },
      notUnderstood: this.#left,
    };
  }

  /** What carries the steps; an agent that is handed the test beats all but commands and tables. */
  #kind(raw: readonly string[]): Kind {
    if (agentLike.test(raw.join('\n')) && !this.#kinds.has('bash') && !this.#kinds.has('table'))
      return 'handoff';
    const order: readonly Kind[] = ['bash', 'table', 'python', 'numbered', 'bullets'];
    return order.find((kind) => this.#kinds.has(kind)) ?? 'none';
  }

  /** Boxes that Markdown does not see (in code, in quotes of quotes) are listed, so that none is lost. */
  #sweep({ line }: Candidate, raw: readonly string[]): void {
    const known = new Set(this.#criteria.map((criterion) => criterion.line));
    for (const [at, text] of raw.entries())
      if (/^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/.test(text) && !known.has(line + at))
        this.#left.push({ line: line + at, text: text.trim() });
  }

  #at(line: number): number {
    return this.#before + line;
  }

  #block(block: Block): void {
    switch (block.kind) {
      case 'paragraph':
        this.#paragraph(block.text, block.line);
        break;
      case 'code':
        this.#code(block);
        break;
      case 'list':
        this.#list(block);
        break;
      case 'table':
        this.#table(block);
        break;
      case 'quote':
        for (const inner of block.blocks) this.#block(inner);
        break;
      default:
        break;
    }
  }

  #paragraph(text: string, line: number): void {
    for (const part of labelled(text, line)) {
      if (part.label === '') {
        if (this.#part === 'purpose') this.#keep('purpose', part);
        continue;
      }
      this.#part = partOf(part.label) ?? (part.text.trim() === '' ? 'other' : this.#part);
      if (part.text.trim() !== '') this.#keep(partOf(part.label) ?? 'other', part);
    }
  }

  #keep(part: Part, { line, text }: Placed): void {
    const placed = { line: this.#at(line), text: oneLine(text) };
    if (part === 'purpose') this.#purpose ??= placed;
    else if (part === 'duration') this.#duration ??= placed;
    else if (part === 'prerequisites') this.#prerequisites.push(placed);
    if (part === 'purpose' || part === 'duration') this.#part = 'steps';
  }

  #code({ language, text, textLine, line }: Code): void {
    if (
      shellLanguages.has(language) ||
      (language === '' && text.split('\n').some((part) => commandLike.test(part.trim())))
    ) {
      const { steps, notUnderstood } = commandsOf(text, this.#at(textLine));
      this.#steps.push(...steps);
      this.#left.push(...notUnderstood);
      if (steps.length > 0) this.#kinds.add('bash');
    } else if (gherkinLanguages.has(language)) {
      for (const { part, ...said } of gherkinIn(text, this.#at(textLine))) {
        if (part === 'criteria') this.#criteria.push(said);
        else if (part === 'prerequisites') this.#prerequisites.push(said);
        else this.#steps.push({ ...said, kind: 'prose', endLine: said.line, expected: [] });
      }
      this.#kinds.add('numbered');
    } else if (programs.has(language)) {
      const lines = text.split('\n').length;
      this.#steps.push({
        kind: 'prose',
        text,
        line: this.#at(textLine),
        endLine: this.#at(textLine + lines - 1),
        expected: [],
      });
      this.#kinds.add('python');
    } else if (
      ['markdown', 'md', 'text', ''].includes(language) &&
      /^\s*(?:\d+[.)]|[-*+]) /m.test(text)
    ) {
      const outer = { before: this.#before, part: this.#part };
      this.#before = this.#at(textLine) - 1;
      const { root } = readMarkdown(text);
      this.blocks(root.blocks, outer.part);
      this.sections(root.sections);
      this.#before = outer.before;
      this.#part = outer.part;
    } else
      this.#left.push({
        line: this.#at(line),
        text: `a block of ${language || 'text'}: ${(text.split('\n')[0] ?? '').trim()}`,
      });
  }

  #list(list: List): void {
    for (const item of list.items) this.#item(item, list.ordered);
  }

  #item(item: Item, ordered: boolean): void {
    const placed = { line: this.#at(item.line), text: oneLine(item.text) };
    const [label] = labelled(item.text, item.line);
    const own = label && label.label !== '' && !ordered ? partOf(label.label) : undefined;
    if (item.checked !== undefined) this.#criteria.push(placed);
    else if (own === 'purpose' || own === 'duration') this.#keep(own, label ?? placed);
    else if (this.#part === 'criteria') this.#criteria.push(placed);
    else if (this.#part === 'prerequisites') this.#prerequisites.push(placed);
    else if (item.text !== '') {
      const step: PlanStep = { ...placed, kind: 'prose', endLine: placed.line, expected: [] };
      if (ordered) {
        this.#steps.push(step);
        this.#kinds.add('numbered');
      } else this.#bullets.push(step);
    }
    for (const block of item.blocks) this.#block(block);
  }

  #table({ header, rows }: Table): void {
    const names = header.map((cell) => saying(cell));
    const action = names.findIndex((name) =>
      /^(?:action|command|what|do|step description|operation)/.test(name),
    );
    const step =
      action === -1 ? names.findIndex((name) => /^(?:test )?steps?$/.test(name)) : action;
    const expected = names.findIndex((name) => /expect|result/.test(name));
    const isSanity =
      this.#part === 'sanity' || names.some((name) => /failure indicates|threshold/.test(name));
    for (const { line, cells } of rows) {
      const at = this.#at(line);
      const all = { line: at, text: cells.filter((cell) => cell !== '').join(' | ') };
      if (isSanity) this.#sanity.push(all);
      else if (step === -1) this.#left.push(all);
      else {
        const said = cells[expected];
        this.#steps.push({
          kind: 'prose',
          text: oneLine(cells[step] ?? ''),
          line: at,
          endLine: at,
          expected: said === undefined || said === '' ? [] : [{ line: at, text: said }],
        });
        this.#kinds.add('table');
      }
    }
  }
}
