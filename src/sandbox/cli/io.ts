import type { Json } from '../http.ts';

/** What a service answered; `undefined` where nobody did. */
export type Answer = { readonly status: number; readonly body: Json } | undefined;

/** The world of the command: where it prints, whom it asks, and its clock. */
export interface Io {
  /** Standard output and standard error, without a line break at the end. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Width of the terminal; 80 in a pipe. */
  readonly columns: number;
  /** The address of the backend with its path, such as `http://localhost:8000/api/v1`. */
  readonly base: string;
  /** `2026-11-22 13:26:15,654`. */
  readonly now: () => string;
  /** Seconds since the command began. */
  readonly elapsed: () => number;
  readonly ask: (method: string, path: string, body?: Json) => Promise<Answer>;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly isFile: (path: string) => boolean;
  /** Whether a person pressed Ctrl-C. */
  readonly interrupted: () => boolean;
}

/** The address of the backend: the environment alone says it (guide ktrdr-cli section 2). */
export function baseOf(env: { readonly [name: string]: string | undefined }): string {
  const said = env['API_BASE_URL'] ?? env['KTRDR_API_CLIENT_BASE_URL'];
  return (said ?? 'http://localhost:8000/api/v1').replace(/\/$/, '');
}

/** An end of the command that is not its last line. */
export class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** A line of the log, which goes to standard output too. */
export function log(
  io: Pick<Io, 'out' | 'now'>,
  level: 'INFO' | 'WARNING',
  logger: string,
  message: string,
): void {
  const colour = level === 'INFO' ? 92 : 93;
  io.out(`${io.now()} | \u001b[${colour}m${level}\u001b[0m | ${logger} | ${message}`);
}
