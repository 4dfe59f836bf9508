/** The smallest unit of a jq program. */
export interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'format' | 'number' | 'string' | 'sign' | 'end';
  readonly text: string;
}

const space = /(?:\s|#[^\n]*)*/y;
const tokens: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['field', /\.[A-Za-z_]\w*/y],
  ['variable', /\$(?:[A-Za-z_]\w*(?:::\w+)*)/y],
  ['format', /@\w+/y],
  ['word', /[A-Za-z_]\w*(?:::\w+)*/y],
  ['string', /"/y],
  ['sign', /\?\/\/=?|\/\/=|\|=|[+\-*/%=!<>]=|\/\/|\.\.|[-.,:;|()[\]{}?+*/%=<>]/y],
];

/** Reads the tokens of a jq program one after the other. Throws SyntaxError where there is none. */
export class Reader {
  readonly #text: string;
  #at = 0;
  /** Where the token that was read last ends. */
  end = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the next token begins. */
  start(): number {
    space.lastIndex = this.#at;
    this.#at += space.exec(this.#text)?.[0].length ?? 0;
    return this.#at;
  }

  peek(): Token {
    const at = this.start();
    if (at >= this.#text.length) return { kind: 'end', text: '' };
    for (const [kind, pattern] of tokens) {
      pattern.lastIndex = at;
      const found = pattern.exec(this.#text)?.[0];
      if (found !== undefined) return { kind, text: found };
    }
    throw new SyntaxError(`unexpected ${this.#text[at] ?? ''}`);
  }

  next(): Token {
    const token = this.peek();
    if (token.kind === 'end') throw new SyntaxError('unexpected end');
    this.#at += token.text.length;
    this.end = this.#at;
    return token;
  }

  /** Reads on if the next token is this sign or word. */
  take(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || token.kind === 'end' || token.kind === 'string') return false;
    this.next();
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw new SyntaxError(`${text} expected`);
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw new SyntaxError('end expected');
  }

  /** Whether the next two tokens are these, with nothing between them. */
  follows(first: string, second: string): boolean {
    return this.#text.startsWith(first + second, this.start());
  }

  /** Skips `$x`, `[$a, {b: $c}]` and alternatives `?//`: rules look at what is bound, not at the names. */
  skipPatterns(): void {
    do {
      let open = 0;
      do {
        const { text } = this.next();
        if ('[{('.includes(text)) open += 1;
        if (')}]'.includes(text)) open -= 1;
      } while (open > 0);
    } while (this.take('?//'));
  }

  /** Reads a string; `inside` reads a program that stands in it, with its `)`. Returns what is plain text. */
  string(inside: () => void): string {
    this.start();
    let plain = '';
    this.#at += 1;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new SyntaxError('a string without an end');
      this.#at += 1;
      if (char === '"') break;
      if (char !== '\\') {
        plain += char;
        continue;
      }
      const escaped = this.#text[this.#at] ?? '';
      this.#at += 1;
      if (escaped === '(') inside();
      else plain += escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped;
    }
    this.end = this.#at;
    return plain;
  }
}
