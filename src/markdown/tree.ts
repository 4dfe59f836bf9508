/** A Markdown document as sections; every line is 1-based and counted in the text as it was given. */
export interface Document {
  /** What stands between `---` lines at the very top, without them. */
  readonly frontMatter?: { readonly text: string; readonly line: number; readonly endLine: number };
  /** What stands before the first heading, as a section of level 0 without a title. It holds all others. */
  readonly root: Section;
  /** What was put right or left out while reading. */
  readonly notes: readonly Note[];
  /** The lines of the text as they were given, without line ends and BOM; `lines[0]` is line 1. */
  readonly lines: readonly string[];
}

/** Something that the reader put right or left out, so that nobody wonders. */
export interface Note {
  readonly line: number;
  readonly text: string;
}

/** How the note begins from whose line on nothing was read. */
const cutShort =
  'the file has more than five million characters or 150,000 lines: from this line on it was not read';

/** The note from whose line on nothing was read: how much that is, and what to do about it. */
export function cutNote(line: number, rest: { lines: number; headings: number }): Note {
  const { lines, headings } = rest;
  return {
    line,
    text: `${cutShort} (lines left: ${lines}, headings among them: ${headings}); split the file in front of a heading into files below five million characters, and name them or their folder`,
  };
}

/** Whether a note says that the rest of the file was not read. */
export function isCut({ text }: Note): boolean {
  return text.startsWith(cutShort);
}

/** A heading and what stands below it, up to the next heading of its level or above. */
export interface Section {
  /** The heading's text as written, without `#` and with its inline marks. */
  readonly title: string;
  /** 1 to 6; 0 for the root. */
  readonly level: number;
  readonly line: number;
  /** The last line that belongs to it, sections below included. */
  readonly endLine: number;
  /** What stands in it before its first section. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** A piece of a section. */
export type Block = Paragraph | Code | List | Table | Quote | Html;

interface Placed {
  readonly line: number;
  readonly endLine: number;
}

/** Prose, as written, its lines joined by newlines; a heading inside a list or a quote is prose too. */
export interface Paragraph extends Placed {
  readonly kind: 'paragraph';
  readonly text: string;
}

/** A block of code; its text begins on `textLine`. */
export interface Code extends Placed {
  readonly kind: 'code';
  /** The first word after the fence, in lower case; empty where there is none. */
  readonly language: string;
  readonly text: string;
  readonly textLine: number;
}

/** A list; an ordered one has a number with each item. */
export interface List extends Placed {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly Item[];
}

/** An item of a list. */
export interface Item extends Placed {
  /** Its first paragraph, as written; empty where it begins with something else. */
  readonly text: string;
  /** The number as counted from the list's start. */
  readonly number?: number;
  /** State of its checkbox, where it has one. */
  readonly checked?: boolean;
  /** What follows its first paragraph. */
  readonly blocks: readonly Block[];
}

/** A table; a cell is text as written. */
export interface Table extends Placed {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

/** A row of a table, below its header. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A block quote. */
export interface Quote extends Placed {
  readonly kind: 'quote';
  readonly blocks: readonly Block[];
}

/** Raw HTML, as comments are. */
export interface Html extends Placed {
  readonly kind: 'html';
  readonly text: string;
}
