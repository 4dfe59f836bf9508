import MarkdownIt, { type Token } from 'markdown-it';
import { repair, type Repaired } from './repair.ts';
import type { Block, Document, Item, Row, Section } from './tree.ts';

/**
 * Blocks alone: texts stay as they were written, and what is bold or code is for the reader of a text to say. A link's
 * address below the text is text too.
 */
const blocksOnly = new MarkdownIt({ html: true }).disable([
  'inline',
  'linkify',
  'replacements',
  'smartquotes',
  'text_join',
  'reference',
]);

/** Reads a Markdown text into sections. Never throws; what was put right or left out is in `notes`. */
export function readMarkdown(text: string): Document {
  const repaired = repair(text);
  return {
    ...(repaired.frontMatter && { frontMatter: repaired.frontMatter }),
    root: new Reader(repaired).root(),
    notes: repaired.notes,
    lines: repaired.lines,
  };
}

/** A section that still grows. */
interface Growing {
  title: string;
  level: number;
  line: number;
  endLine: number;
  blocks: Block[];
  sections: Growing[];
}

/** Where something stands; both lines 1-based. */
interface Place {
  readonly line: number;
  readonly endLine: number;
}

/** Goes through the parser's tokens once, from the first to the last. */
class Reader {
  readonly #repaired: Repaired;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(repaired: Repaired) {
    this.#repaired = repaired;
    this.#tokens = blocksOnly.parse(repaired.text.join('\n'), {});
  }

  root(): Section {
    const top: Growing = {
      title: '',
      level: 0,
      line: 1,
      endLine: this.#repaired.lines.length,
      blocks: [],
      sections: [],
    };
    const open = [top];
    while (this.#at < this.#tokens.length) {
      const token = this.#next();
      if (token.type === 'heading_open') this.#openSection(open, token);
      else open.at(-1)?.blocks.push(...this.#block(token));
    }
    return top;
  }

  #openSection(open: Growing[], token: Token): void {
    const { line } = this.#place(token);
    const level = Number(token.tag.slice(1));
    while ((open.at(-1)?.level ?? 0) >= level) {
      const ended = open.pop();
      if (ended) ended.endLine = line - 1;
    }
    const section = {
      title: this.#text(),
      level,
      line,
      endLine: this.#repaired.lines.length,
      blocks: [],
      sections: [],
    };
    open.at(-1)?.sections.push(section);
    open.push(section);
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('bug: the parser left a block open');
    this.#at += 1;
    return token;
  }

  /** The blocks of one token, which is taken already; what it opened is closed afterwards. */
  #block(token: Token): readonly Block[] {
    const place = this.#place(token);
    switch (token.type) {
      case 'paragraph_open':
      case 'heading_open':
        return [{ kind: 'paragraph', text: this.#text(), ...place }];
      case 'fence':
      case 'code_block':
        return [this.#code(token, place)];
      case 'html_block':
        return [{ kind: 'html', text: token.content.trimEnd(), ...place }];
      case 'blockquote_open':
        return [{ kind: 'quote', blocks: this.#blocksUntil('blockquote_close'), ...place }];
      case 'table_open':
        return [this.#table(place)];
      case 'bullet_list_open':
        return [{ kind: 'list', ordered: false, items: this.#items(), ...place }];
      case 'ordered_list_open': {
        const start = Number(token.attrGet('start') ?? 1);
        const items = this.#items().map((item, at) => ({ ...item, number: start + at }));
        return [{ kind: 'list', ordered: true, items, ...place }];
      }
      default:
        return [];
    }
  }

  #blocksUntil(end: string): readonly Block[] {
    const blocks: Block[] = [];
    for (let token = this.#next(); token.type !== end; token = this.#next())
      blocks.push(...this.#block(token));
    return blocks;
  }

  /** The text of a paragraph or a heading, up to its end. */
  #text(): string {
    const { content } = this.#next();
    this.#next();
    return content.replaceAll(/[ \t]*\n[ \t]*/g, '\n').trim();
  }

  #code({ content }: Token, place: Place): Block {
    const block = this.#repaired.blocks.get(place.line);
    return block
      ? {
          kind: 'code',
          language: block.language,
          text: block.text,
          textLine: place.line + 1,
          ...place,
        }
      : {
          kind: 'code',
          language: '',
          text: content.replace(/\n$/, ''),
          textLine: place.line,
          ...place,
        };
  }

  /** The parser fills short rows and cuts long ones; nothing that somebody wrote is cut here. */
  #table(place: Place): Block {
    const header: string[] = [];
    const rows: Row[] = [];
    let isHead = true;
    for (let token = this.#next(); token.type !== 'table_close'; token = this.#next()) {
      if (token.type === 'thead_close') isHead = false;
      else if (isHead && token.type === 'inline') header.push(token.content);
      else if (!isHead && token.type === 'tr_open')
        rows.push({
          line: this.#place(token).line,
          cells: cellsOf(this.#repaired.text[token.map?.[0] ?? 0] ?? ''),
        });
    }
    return { kind: 'table', header, rows, ...place };
  }

  #items(): readonly Item[] {
    const items: Item[] = [];
    for (let token = this.#next(); token.type === 'list_item_open'; token = this.#next())
      items.push(this.#item(token));
    return items;
  }

  #item(token: Token): Item {
    const blocks = this.#blocksUntil('list_item_close');
    const [first, ...rest] = blocks;
    const text = first?.kind === 'paragraph' ? first.text : '';
    const box = /^\[([ x])\]\s+(?=\S)/i.exec(text);
    return {
      text: text.slice(box?.[0].length ?? 0),
      ...(box && { checked: box[1] !== ' ' }),
      blocks: first?.kind === 'paragraph' ? rest : blocks,
      ...this.#place(token),
    };
  }

  /** From its first line to its last that is not empty. */
  #place({ map }: Token): Place {
    const { origin, text, lines } = this.#repaired;
    const [start = 0, end = start + 1] = map ?? [];
    let last = end - 1;
    while (last > start && text[last]?.trim() === '') last -= 1;
    const lineAt = (at: number): number => origin[at] ?? lines.length;
    return { line: lineAt(start), endLine: lineAt(last) };
  }
}

/** The cells of a row below its header; a bar with a backslash before it is text. */
function cellsOf(row: string): readonly string[] {
  return row
    .replace(/^[\s>]*\|?/, '')
    .replace(/(?<!\\)\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll(String.raw`\|`, '|').trim());
}
