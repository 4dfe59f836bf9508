/**
 * Where Python's `json.loads` stops on a text that is not JSON: the offset that FastAPI reports as
 * `body -> <offset>` (recording train-bad-json), in code points. Undefined when the text is JSON in
 * Python's sense, which also allows `NaN` and `Infinity`.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const scanner = new Scanner([...text]);
  try {
    scanner.document();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return error.offset;
    throw error;
  }
}

class Stop extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`not JSON at ${offset}`);
    this.offset = offset;
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const literals = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity'];

class Scanner {
  private readonly chars: readonly string[];
  private at = 0;

  constructor(chars: readonly string[]) {
    this.chars = chars;
  }

  document(): void {
    this.blanks();
    this.value();
    this.blanks();
    if (this.at < this.chars.length) throw new Stop(this.at);
  }

  private value(): void {
    const char = this.chars[this.at];
    if (char === '"') this.string();
    else if (char === '{') this.object();
    else if (char === '[') this.array();
    else this.scalar();
  }

  private scalar(): void {
    for (const literal of literals) {
      if (this.ahead(literal.length) === literal) {
        this.at += literal.length;
        return;
      }
    }
    numberPattern.lastIndex = 0;
    const match = numberPattern.exec(this.ahead(400));
    if (match === null) throw new Stop(this.at);
    this.at += match[0].length;
  }

  private object(): void {
    this.at += 1;
    this.blanks();
    if (this.take('}')) return;
    for (;;) {
      // Python reports a missing name where the name should start.
      if (this.chars[this.at] !== '"') throw new Stop(this.at);
      this.string();
      this.blanks();
      if (!this.take(':')) throw new Stop(this.at);
      this.blanks();
      this.value();
      this.blanks();
      if (this.take('}')) return;
      if (!this.take(',')) throw new Stop(this.at);
      this.blanks();
    }
  }

  private array(): void {
    this.at += 1;
    this.blanks();
    if (this.take(']')) return;
    for (;;) {
      this.value();
      this.blanks();
      if (this.take(']')) return;
      if (!this.take(',')) throw new Stop(this.at);
      this.blanks();
    }
  }

  private string(): void {
    const start = this.at;
    this.at += 1;
    for (;;) {
      const char = this.chars[this.at];
      // An unterminated string is reported at its opening quote.
      if (char === undefined) throw new Stop(start);
      if (char === '"') {
        this.at += 1;
        return;
      }
      if (char < ' ') throw new Stop(this.at);
      this.at += 1;
      if (char === '\\') this.escape(start);
    }
  }

  private escape(start: number): void {
    const char = this.chars[this.at];
    if (char === undefined) throw new Stop(start);
    if (char === 'u') {
      if (!/^[0-9a-fA-F]{4}$/.test(this.chars.slice(this.at + 1, this.at + 5).join(''))) {
        throw new Stop(this.at);
      }
      this.at += 5;
      return;
    }
    if (!'"\\/bfnrt'.includes(char)) throw new Stop(this.at - 1);
    this.at += 1;
  }

  private blanks(): void {
    while (' \t\n\r'.includes(this.chars[this.at] ?? 'x')) this.at += 1;
  }

  private take(char: string): boolean {
    if (this.chars[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private ahead(length: number): string {
    return this.chars.slice(this.at, this.at + length).join('');
  }
}
