import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Readable, Writable } from 'node:stream';

interface Terminal extends Readable {
  setRawMode?: (on: boolean) => unknown;
}

const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';
const showCursor = '\u001b[?25h';
const pasteBegins = '\u001b[200~';
const pasteEnds = '\u001b[201~';
// oxlint-disable-next-line no-control-regex -- terminals begin their marks with an escape character
const pasteMarks = /(\u001b\[20[01]~)/;

/**
 * What is typed, handed on one line at a time. Each question opens a readline of its own, and what arrives in the same
 * chunk after its Enter would be lost with it; here it waits for the next question. Line breaks inside a paste become
 * spaces, so that a pasted text never answers questions that nobody has read.
 */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  readonly #terminal: Terminal;
  readonly #screen: Writable;
  readonly #decoder = new StringDecoder('utf8');
  #waiting = '';
  #pasting = false;
  #wanted = false;

  constructor(terminal: Terminal, screen: Writable) {
    super();
    this.#terminal = terminal;
    this.#screen = screen;
    terminal.setRawMode?.(true);
    terminal.on('data', this.#take);
    terminal.on('end', this.#over);
    terminal.resume();
    screen.write(pasteOn);
  }

  /** Raw from the first question to the last, not switched by each readline. */
  setRawMode(): this {
    return this;
  }

  /** A question is ready for a line, or for another one when it refused the last. */
  listen(): void {
    this.#wanted = true;
    this.#handOn();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.#terminal.off('data', this.#take);
    this.#terminal.off('end', this.#over);
    this.#terminal.setRawMode?.(false);
    this.#terminal.pause();
    this.#screen.write(pasteOff + showCursor);
  }

  readonly #over = (): void => {
    this.end();
  };

  readonly #take = (chunk: Buffer | string): void => {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    this.#waiting += this.#unpasted(text);
    this.#handOn();
  };

  #unpasted(text: string): string {
    return text
      .split(pasteMarks)
      .map((part) => {
        if (part === pasteBegins || part === pasteEnds) {
          this.#pasting = part === pasteBegins;
          return '';
        }
        return this.#pasting ? part.replaceAll(/[\r\n\t]+/g, ' ').replaceAll('\u001b', '') : part;
      })
      .join('');
  }

  #handOn(): void {
    if (!this.#wanted || this.#waiting === '') return;
    const [line = ''] = /^[^\r\n]*(?:\r\n?|\n)?/.exec(this.#waiting) ?? [];
    this.#waiting = this.#waiting.slice(line.length);
    if (/[\r\n]$/.test(line)) this.#wanted = false;
    this.write(line);
  }
}
