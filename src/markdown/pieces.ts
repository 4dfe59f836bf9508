/** Some whole blocks of a text. */
export interface Piece {
  readonly text: string;
  /** Lines before it. */
  readonly before: number;
}

/** About the length of a piece, in characters: the parser's time grows with the square of what it is given. */
const pieceLength = 1500;

/** Cuts a text, line by line, where no block can go on: before headings, and before unindented text after an empty line. */
export class Cutter {
  readonly #pieces: Piece[] = [];
  #lines: string[] = [];
  #length = 0;
  #before = 0;
  #comment = false;

  /** Takes the next line; `code` where it belongs to a fenced block. */
  add(line: string, code: boolean): void {
    if (this.#length > pieceLength && !code && !this.#comment && this.#mayBegin(line)) this.#cut();
    this.#lines.push(line);
    this.#length += line.length + 1;
    if (code) return;
    if (/^ {0,3}<!--/.test(line)) this.#comment = true;
    if (line.includes('-->')) this.#comment = false;
  }

  pieces(): readonly Piece[] {
    if (this.#lines.length > 0) this.#cut();
    return this.#pieces;
  }

  #mayBegin(line: string): boolean {
    if (/^#{1,6}(?:\s|$)/.test(line)) return true;
    if (
      this.#lines.at(-1)?.trim() === '' &&
      /^[^\s]/.test(line) &&
      !/^(?:[-*+]|\d+[.)])(?:\s|$)/.test(line)
    )
      return true;
    // What goes on for pages, a list or a paragraph, becomes several.
    if (this.#length > 4 * pieceLength) return true;
    return this.#length > 2 * pieceLength && /^(?:[-*+]|\d+[.)])\s/.test(line);
  }

  #cut(): void {
    this.#pieces.push({ text: this.#lines.join('\n'), before: this.#before });
    this.#before += this.#lines.length;
    this.#lines = [];
    this.#length = 0;
  }
}
