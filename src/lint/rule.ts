import type { SyntaxNode } from 'unbash';
import type { Script } from '../shell/script.ts';

/** One place at which a rule is broken. */
export interface Hit {
  readonly node: SyntaxNode;
  /** Lines below that of the node, inside a word of several lines. */
  readonly lines?: number;
  /** What is wrong here, in a clause without a full stop. */
  readonly message: string;
  /** The text that would be right here, or as near to it as can be known. */
  readonly nearest?: string;
}

/** A rule over the tree of a script: a pure function with a name. */
export interface Rule {
  /** Stable: scripts name it in `# scenario-ignore CODE: reason`, and docs/lint.md has a heading of this name. */
  readonly code: string;
  /** An error makes `check` end with 1; a warning is told only. */
  readonly severity: 'error' | 'warning';
  /** Why it matters. */
  readonly reason: string;
  /** How to put it right. */
  readonly cure: string;
  find(script: Script): readonly Hit[];
}
