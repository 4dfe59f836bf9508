/** One thing that is not as it should be. */
export interface Finding {
  /** Stable, one of those in docs/lint.md or of `check` itself. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly cure: string;
  /** Why it matters. */
  readonly reason?: string;
  /** The text that would be right at this place, or as near to it as can be known. */
  readonly nearest?: string;
  /** Where the code is explained. */
  readonly page?: string;
  readonly diff?: string;
  /** Text with carets, for people. */
  readonly detail?: string;
}

/** Where a code is explained. */
export function pageOf(code: string): string {
  return `docs/lint.md#${code}`;
}
