/** One thing that can be chosen. */
export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** A second line: why, when, an example. */
  readonly detail?: string;
  /** What stays on the screen once it is chosen; the name when absent. */
  readonly short?: string;
  /** A letter that chooses it at once. */
  readonly key?: string;
}

/** A question with a list of answers. */
interface ChoiceQuestion<T> {
  readonly label: string;
  readonly hint?: string;
  readonly choices: readonly Choice<T>[];
  /** Index of the one that Enter takes; the first when absent. */
  readonly selected?: number;
}

/** A question that is answered in one line of text. */
export interface TextQuestion {
  readonly label: string;
  /** Shown below the line, for what is typed so far. */
  readonly hint?: string | ((typed: string) => string);
  /** Stands there from the start, and can be edited. */
  readonly prefill?: string;
  /** What stays on the screen when nothing was typed. */
  readonly nothing?: string;
  /** What is wrong with it; undefined when it can be taken. */
  readonly check?: (typed: string) => string | undefined;
}

/** The rim: where a person is asked. The questions know only this. */
export interface Ask {
  choose<T>(question: ChoiceQuestion<T>): Promise<T>;
  /** The typed line, without white space around it. */
  type(question: TextQuestion): Promise<string>;
  /** A message, broken to fit the terminal. */
  say(text: string): void;
  /** Lines as they are. */
  show(lines: readonly string[]): void;
  /** Rows and columns of the terminal, now. */
  size(): { readonly rows: number; readonly columns: number };
}

/** Esc: back to the question before. */
export class Back extends Error {
  constructor() {
    super('back to the question before');
    this.name = 'Back';
  }
}

/** Ctrl-C, Ctrl-D, a closed terminal, a signal: nothing is written. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted; nothing was written');
    this.name = 'Interrupted';
  }
}
