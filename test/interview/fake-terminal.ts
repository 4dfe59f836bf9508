import { PassThrough, Writable } from 'node:stream';
import type { Io } from '../../src/commands/io.ts';

/* oxlint-disable no-control-regex -- what a terminal obeys and never shows */
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g;
const moves = /[\r\n]|\u001b\[[0-9]*[ABCDGJK]/;
/* oxlint-enable no-control-regex */

/** A terminal without a person: keys go in, and what was ever written can be read. */
export class FakeTerminal {
  readonly raw: boolean[] = [];
  readonly #input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (on: boolean): void => void this.raw.push(on),
  });
  readonly #controller = new AbortController();
  readonly io: Io;
  written = '';
  complaints = '';

  constructor(
    size: { readonly columns: number; readonly rows: number } = { columns: 100, rows: 40 },
  ) {
    // Readline's output is closed with each question; a terminal stays open, and Node knows it by this mark.
    const stdout = Object.assign(
      sink((text) => {
        this.written += text;
      }),
      { isTTY: true, _isStdio: true, ...size },
    );
    const stderr = sink((text) => {
      this.complaints += text;
    });
    this.io = { stdin: this.#input, stdout, stderr, env: {}, signal: this.#controller.signal };
  }

  /** Types keys; those that come too early wait. */
  type(keys: string): void {
    this.#input.write(keys);
  }

  /** The line is cut. */
  hangUp(): void {
    this.#input.end();
  }

  /** The process is asked to end. */
  terminate(): void {
    this.#controller.abort('SIGTERM');
  }

  /** All that was ever shown, in order. */
  get shown(): string {
    return this.written.replaceAll(escapes, '');
  }

  /** What was written without moving the cursor: each run stands in one line. */
  get runs(): readonly string[] {
    return this.written.split(moves).map((run) => run.replaceAll(escapes, ''));
  }

  /** Waits until this is shown after what was there at the last look. */
  async sees(text: string): Promise<void> {
    while (!this.shown.slice(this.#seen).includes(text)) {
      await new Promise((resolve) => setTimeout(resolve, 5)); // oxlint-disable-line no-await-in-loop -- a poll
    }
    this.#seen += this.shown.slice(this.#seen).indexOf(text) + text.length;
  }
  #seen = 0;
}

function sink(take: (text: string) => void): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(String(chunk));
      done();
    },
  });
}
