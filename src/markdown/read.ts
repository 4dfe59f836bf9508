import type { Heading, ListItem, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import type { Piece } from './pieces.ts';
import { repair, type Repaired } from './repair.ts';
import type { Block, Document, Item, Row, Section } from './tree.ts';

/**
 * Texts stay as they were written: what is bold or code is for the reader of a text to say. It also keeps bottomless
 * brackets and stars from costing the square of their number.
 */
const asWritten = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'definition',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

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

class Reader {
  readonly #repaired: Repaired;
  readonly #lines: readonly string[];
  /** The piece that is being read. */
  #piece: Piece = { text: '', before: 0 };

  constructor(repaired: Repaired) {
    this.#repaired = repaired;
    this.#lines = repaired.lines;
  }

  root(): Section {
    const top: Growing = {
      title: '',
      level: 0,
      line: 1,
      endLine: this.#lines.length,
      blocks: [],
      sections: [],
    };
    const open = [top];
    for (const piece of this.#repaired.pieces) {
      this.#piece = piece;
      for (const node of parsed(piece.text).children) {
        if (node.type === 'heading') this.#openSection(open, node);
        else open.at(-1)?.blocks.push(...this.#block(node));
      }
    }
    return top;
  }

  #openSection(open: Growing[], node: Heading): void {
    const line = this.#line(node);
    while ((open.at(-1)?.level ?? 0) >= node.depth) {
      const ended = open.pop();
      if (ended) ended.endLine = line - 1;
    }
    const section = {
      title: this.#inner(node),
      level: node.depth,
      line,
      endLine: this.#lines.length,
      blocks: [],
      sections: [],
    };
    open.at(-1)?.sections.push(section);
    open.push(section);
  }

  #block(node: RootContent): readonly Block[] {
    const placed = { line: this.#line(node), endLine: this.#endLine(node) };
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        return [{ kind: 'paragraph', text: this.#inner(node), ...placed }];
      case 'code': {
        const block = this.#repaired.blocks.get(placed.line);
        return block
          ? [
              {
                kind: 'code',
                language: block.language,
                text: block.text,
                textLine: placed.line + 1,
                ...placed,
              },
            ]
          : [{ kind: 'code', language: '', text: node.value, textLine: placed.line, ...placed }];
      }
      case 'html':
        return [{ kind: 'html', text: node.value, ...placed }];
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.#blocks(node.children), ...placed }];
      case 'table': {
        const [header, ...rows] = node.children.map((row): Row => ({
          line: this.#line(row),
          cells: row.children.map((cell) => this.#inner(cell).replaceAll(String.raw`\|`, '|')),
        }));
        return [{ kind: 'table', header: header?.cells ?? [], rows, ...placed }];
      }
      case 'list': {
        const start = node.start ?? 1;
        const items = node.children.map((item, at): Item => ({
          ...this.#item(item),
          ...(node.ordered === true && { number: start + at }),
        }));
        return [{ kind: 'list', ordered: node.ordered === true, items, ...placed }];
      }
      default:
        return [];
    }
  }

  #blocks(nodes: readonly RootContent[]): readonly Block[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #item(node: ListItem): Item {
    const [first, ...rest] = node.children;
    const isText = first?.type === 'paragraph' || first?.type === 'heading';
    return {
      text: isText ? this.#inner(first) : '',
      ...(typeof node.checked === 'boolean' && { checked: node.checked }),
      blocks: this.#blocks(isText ? rest : node.children),
      line: this.#line(node),
      endLine: this.#endLine(node),
    };
  }

  /** The text of a node as it was written, without its own marks; the lines of a quote or a list without their prefix. */
  #inner(node: Nodes): string {
    if (!('children' in node)) return '';
    return node.children
      .map((child) =>
        'value' in child && typeof child.value === 'string' ? child.value : this.#source(child),
      )
      .join('')
      .trim();
  }

  #source({ position }: Nodes): string {
    return position ? this.#piece.text.slice(position.start.offset, position.end.offset) : '';
  }

  #line({ position }: Nodes): number {
    return this.#originOf(position?.start.line);
  }

  #endLine({ position }: Nodes): number {
    return this.#originOf(position?.end.line);
  }

  #originOf(line = 1): number {
    return this.#repaired.origin[this.#piece.before + line - 1] ?? this.#lines.length;
  }
}

function parsed(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmTaskListItem(), asWritten],
    mdastExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  });
}
