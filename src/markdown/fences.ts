/** A line that can open or close a block of code. */
interface Fence {
  /** What stands before it: indent, quote marks, a list's bullet. */
  readonly prefix: string;
  readonly mark: '`' | '~';
  readonly length: number;
  /** What follows: the language, for an opening one. */
  readonly info: string;
}

/** A block of code between fences: indices into the lines. */
export interface Fenced {
  readonly open: number;
  /** The closing line, or the first line after a block that was left open. */
  readonly close: number;
  /** False where no line closes it. */
  readonly closed: boolean;
  /** Whether lines inside look like fences of the same length. */
  readonly nested: boolean;
}

/** Lines in which a heredoc's end is looked for. */
const longestHeredoc = 1000;
const prose = new Set(['markdown', 'md', 'mdx', 'text', 'txt', 'plaintext', 'html']);
const shell = new Set(['bash', 'sh', 'shell', 'zsh', 'console', 'terminal', '']);

/**
 * The blocks of code as their writer meant them. CommonMark ends a block at the first bare fence of its length; people put
 * ```` ```bash ```` inside ```` ```markdown ````, forget to close, and write documents in heredocs.
 */
export function findFenced(lines: readonly string[], start: number): readonly Fenced[] {
  const found: Fenced[] = [];
  let at = start;
  while (at < lines.length) {
    const fence = fenceOf(lines[at] ?? '');
    if (!fence) {
      at += 1;
      continue;
    }
    const block = blockFrom(lines, at, fence);
    found.push(block);
    at = block.closed ? block.close + 1 : Math.max(block.close, at + 1);
  }
  return found;
}

/** The parts of a fence's line; undefined for any other line. */
export function fenceOf(line: string): Fence | undefined {
  const match = /^((?:\s|>|[-*+] |\d{1,9}[.)] )*)(`{3,}|~{3,})([^\n]*)$/.exec(line);
  if (!match) return undefined;
  const [, prefix = '', marks = '', info = ''] = match;
  const mark = marks.startsWith('`') ? '`' : '~';
  if (mark === '`' && info.includes('`')) return undefined;
  return { prefix, mark, length: marks.length, info: info.trim() };
}

function blockFrom(lines: readonly string[], open: number, outer: Fence): Fenced {
  const language = outer.info.split(/\s/)[0]?.toLowerCase() ?? '';
  const nestable = prose.has(language) || (language === '' && !blank(lines[open + 1]));
  const meant = walk(lines, open, outer, { nestable, heredocs: shell.has(language) });
  if (meant.closed) return looksSwallowed(lines, open, meant, outer) ?? meant;
  if (nestable) {
    const plain = walk(lines, open, outer, { nestable: false, heredocs: false });
    if (plain.closed) return plain;
  }
  const end = nestable ? lines.length : meant.close;
  return { open, close: headingIn(lines, open + 1, end) ?? end, closed: false, nested: false };
}

function walk(
  lines: readonly string[],
  open: number,
  outer: Fence,
  how: { readonly nestable: boolean; readonly heredocs: boolean },
): Fenced {
  let depth = 0;
  let nested = false;
  for (let at = open + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const delimiter = how.heredocs ? heredocOf(line) : undefined;
    const end = delimiter === undefined ? undefined : endOfHeredoc(lines, at, delimiter);
    if (end !== undefined) {
      nested ||= lines.slice(at, end).some((inner) => sameFence(inner, outer) !== undefined);
      at = end;
      continue;
    }
    const fence = sameFence(line, outer);
    if (!fence) continue;
    if (fence.info !== '') {
      if (!how.nestable && !isExample(fence, outer))
        return { open, close: at, closed: false, nested };
      nested = true;
      if (how.nestable) depth += 1;
    } else if (depth > 0) depth -= 1;
    else if (how.nestable && outer.info !== '' && opensSomething(lines, at)) {
      nested = true;
      depth += 1;
    } else return { open, close: at, closed: true, nested };
  }
  return { open, close: lines.length, closed: false, nested };
}

/** More marks than the outer fence, or a deeper place: an example within, not a new block. */
function isExample(fence: Fence, outer: Fence): boolean {
  return fence.prefix.length > outer.prefix.length + 3;
}

function sameFence(line: string, outer: Fence): Fence | undefined {
  const fence = fenceOf(line);
  return fence && fence.mark === outer.mark && fence.length >= outer.length ? fence : undefined;
}

/** A bare fence after an empty line and before a text, not a heading, opens a block rather than closing one. */
function opensSomething(lines: readonly string[], at: number): boolean {
  const next = lines[at + 1];
  return (
    blank(lines[at - 1]) && !blank(next) && !/^#{1,6} /.test(next ?? '') && !fenceOf(next ?? '')
  );
}

/** A block that was left open and ends at the *opening* of the next bare one, with headings in between. */
function looksSwallowed(
  lines: readonly string[],
  open: number,
  found: Fenced,
  outer: Fence,
): Fenced | undefined {
  if (prose.has(outer.info) || outer.info === '' || !opensSomething(lines, found.close))
    return undefined;
  const close = headingIn(lines, open + 1, found.close);
  return close === undefined ? undefined : { open, close, closed: false, nested: false };
}

/** The first line that is a heading for people: two or more `#` between empty lines (one `#` is a comment in most languages). */
function headingIn(lines: readonly string[], from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1)
    if (/^#{2,6} \S/.test(lines[at] ?? '') && blank(lines[at - 1]) && blank(lines[at + 1]))
      return at;
  return undefined;
}

function heredocOf(line: string): string | undefined {
  return /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
}

function endOfHeredoc(
  lines: readonly string[],
  from: number,
  delimiter: string,
): number | undefined {
  for (let at = from + 1; at < Math.min(lines.length, from + longestHeredoc); at += 1)
    if ((lines[at] ?? '').trim() === delimiter) return at;
  return undefined;
}

function blank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
