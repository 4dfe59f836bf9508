/** One thing that is wrong with an input: where it is, what was expected, and the nearest valid name. */
export interface Problem {
  /** Dotted path inside the input, such as `trigger.endpoint` or `outcome.0.log.service`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** What would be right, with an example. */
  readonly expected?: string;
  /** Nothing was given where something is needed: at a terminal it can be asked. */
  readonly missing?: boolean;
  /** The nearest valid name, when the given one looks like a slip of the pen. */
  readonly nearest?: string;
  /** 1-based position in the file the input came from. */
  readonly line?: number;
  readonly column?: number;
  /** Characters that the excerpt marks. */
  readonly length?: number;
}

/** Exit codes of the tool (contract, section 1). */
export const exitCodes = {
  ok: 0,
  notWell: 1,
  usage: 2,
  blocked: 3,
  misconfigured: 4,
  bug: 70,
  interrupted: 130,
} as const;

/** A code of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface ToldOptions {
  /** Machine-readable kind, such as `usage`, `invalid-answers`, `exists`. */
  readonly code: string;
  readonly exitCode?: ExitCode;
  /** File (with line and column when known), flag or address. */
  readonly where?: string;
  /** How to put it right. */
  readonly cure?: string;
  readonly issues?: readonly Problem[];
  /** A longer text for people (caret excerpts), printed in place of the one-line message. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * An error that is told to the user in full: what is wrong, where, and the cure.
 * Everything else that reaches the top of the program is a bug (exit 70).
 */
export class Told extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly where: string | undefined;
  readonly cure: string | undefined;
  readonly issues: readonly Problem[] | undefined;
  readonly detail: string | undefined;

  constructor(message: string, options: ToldOptions) {
    super(message, { cause: options.cause });
    this.name = 'Told';
    this.code = options.code;
    this.exitCode = options.exitCode ?? exitCodes.usage;
    this.where = options.where;
    this.cure = options.cure;
    this.issues = options.issues;
    this.detail = options.detail;
  }
}
