import type { Read } from '../shell/command.ts';

/** A sentence of a document, and the line on which it stands, 1-based. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
}

/** What a document says of one scenario. */
export interface Material {
  readonly name: string;
  readonly line: number;
  readonly ref?: string;
  readonly milestone?: string;
  readonly purpose?: string;
  /** What must be so before it begins. */
  readonly prerequisites?: string;
  /** Its category as the document has it, in whatever words. */
  readonly category?: string;
  readonly commands: readonly Read[];
  /** Sentences about what should come out. */
  readonly expectations: readonly Sentence[];
}
