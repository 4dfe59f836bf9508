import MarkdownIt from 'markdown-it';

const commonMark = new MarkdownIt('commonmark');

/** A piece of a page, as CommonMark has it. */
export interface Piece {
  readonly kind: 'heading' | 'paragraph' | 'code';
  /** Of a heading 1 to 6. */
  readonly depth: number;
  /** Of code its language. */
  readonly lang: string;
  /** The characters that a reader sees; of code, all of it. */
  readonly text: string;
  /** As it is written, marks included. */
  readonly source: string;
}

/** The headings, paragraphs and blocks of code that stand on a page itself, not in a list or a quote. */
export function piecesOf(page: string): readonly Piece[] {
  const tokens = commonMark.parse(page, {});
  return tokens.flatMap((token, at): Piece[] => {
    if (token.level > 1) return [];
    if (token.type === 'fence') {
      const source = token.content.replace(/\n$/, '');
      return [{ kind: 'code', depth: 0, lang: token.info.trim(), text: source, source }];
    }
    if (token.type !== 'inline') return [];
    const { type = '', tag = '' } = tokens[at - 1] ?? {};
    const kind = type === 'heading_open' ? 'heading' : 'paragraph';
    const depth = kind === 'heading' ? Number(tag.slice(1)) : 0;
    return [{ kind, depth, lang: '', text: seen(token), source: token.content }];
  });
}

/** The characters of a text that a reader sees, wherever they stand in it. */
export function seenIn(page: string): string {
  return commonMark.parse(page, {}).map(seen).join('');
}

function seen({ children, content }: ReturnType<typeof commonMark.parse>[number]): string {
  return children === null ? content : children.map((child) => child.content).join('');
}
