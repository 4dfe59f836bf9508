import type { Readable, Writable } from 'node:stream';

/** The outside world, as a command gets it. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: { readonly [name: string]: string | undefined };
  /** Aborts when the process is asked to end. */
  readonly signal: AbortSignal;
}

/** What every command is told. */
export interface Common {
  /** The folder whose project is worked on. */
  readonly cwd: string;
  /** The folder in which the command was typed: where the paths of its flags start. */
  readonly here: string;
  readonly json: boolean;
}

/** Writes one JSON document on stdout. */
export function writeJson(io: Io, document: object): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
