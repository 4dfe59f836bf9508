import { Told } from '../errors.ts';
import { isAsMade, sealed, unsealed } from '../files/hash.ts';

/** A scenario, or the lack of one, as a row of the section. */
export interface TestRow {
  /** Absent where no scenario could be made. */
  readonly id?: string;
  /** Path to its document, as a link from the plan. */
  readonly link?: string;
  readonly purpose: string;
  /** The E2E section that it comes from, or the catalogue. */
  readonly source: string;
  readonly status: string;
}

/** The section that a plan gets for one of its milestones. */
export interface OwnSection {
  /** What tells it from those of other milestones of the file: an id, or a slug of the title. */
  readonly key: string;
  /** The last line of the milestone: it stands behind that when it is new. */
  readonly endLine: number;
  /** Level of the milestone's heading. */
  readonly level: number;
  readonly rows: readonly TestRow[];
}

const begin = /^<!-- e2e-validation:begin (\S+) new-scenario:[0-9a-f]{16} -->[ \t]*$/;
const end = /^<!-- e2e-validation:end (\S+) -->[ \t]*$/;

/** A line with the offset where it begins, and its length without and with its end. */
interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly key: string;
  readonly from: number;
  /** Behind the end marker, before the line's end. */
  readonly to: number;
  readonly line: number;
}

/** The text with our own sections blanked, each line in its place: they say what was made of the plan, not what to make. */
export function withoutOwn(text: string): string {
  const found = ownIn(text);
  return found.reduceRight(
    (rest, { from, to }) =>
      rest.slice(0, from) + rest.slice(from, to).replaceAll(/[^\r\n]/g, '') + rest.slice(to),
    text,
  );
}

/**
 * The plan with these sections, in the place of those of the same key or behind their milestone. No byte elsewhere changes: byte order
 * mark, line ends and a missing last line end stay. Throws a {@link Told} for broken markers, and for hand edits between them unless forced.
 */
export function withOwn(
  path: string,
  text: string,
  sections: readonly OwnSection[],
  force: boolean,
): string {
  const found = ownIn(text, path);
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const edits = sections.map((section) => {
    const there = found.find(({ key }) => key === section.key);
    const made = blockOf(section, eol);
    if (!there) return inserted(text, section.endLine, made, eol);
    const present = text.slice(there.from, there.to);
    if (!force && !wasMade(present)) throw edited(path, there.line);
    return { from: there.from, to: there.to, made };
  });
  return edits
    .toSorted((one, other) => other.from - one.from)
    .reduce((rest, { from, to, made }) => rest.slice(0, from) + made + rest.slice(to), text);
}

function wasMade(block: string): boolean {
  return isAsMade(block.replaceAll(/\r\n?/g, '\n')) === true;
}

function inserted(
  text: string,
  endLine: number,
  made: string,
  eol: string,
): { readonly from: number; readonly to: number; readonly made: string } {
  const lines = linesOf(text);
  const at = lines[endLine]?.from ?? text.length;
  const before = text.slice(0, at);
  if (at === text.length && !/[\r\n]$/.test(text))
    return { from: at, to: at, made: `${eol}${eol}${made}` };
  const apart = /(?:^|\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(before) ? '' : eol;
  return { from: at, to: at, made: `${apart}${made}${eol}${at === text.length ? '' : eol}` };
}

function blockOf({ key, level, rows }: OwnSection, eol: string): string {
  const lines = [
    `<!-- e2e-validation:begin ${key} ${unsealed} -->`,
    '',
    `${'#'.repeat(Math.min(level + 1, 6))} E2E Validation`,
    '',
    '| Test | Purpose | Source | Status |',
    '|---|---|---|---|',
    ...rows.map(
      ({ id, link, purpose, source, status }) =>
        `| ${id === undefined ? '–' : `[${id}](${link ?? id})`} | ${cell(purpose)} | ${cell(source)} | ${cell(status)} |`,
    ),
    '',
    `<!-- e2e-validation:end ${key} -->`,
  ];
  return sealed(lines.join('\n')).replaceAll('\n', eol);
}

function cell(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .trim();
}

function ownIn(text: string, path?: string): readonly Found[] {
  const found: Found[] = [];
  let open: { key: string; from: number; line: number } | undefined;
  for (const [at, { text: part, from, to }] of linesOf(text).entries()) {
    const begins = begin.exec(part)?.[1];
    const ends = end.exec(part)?.[1];
    if (begins !== undefined) {
      if (open && path !== undefined) throw broken(path, open.line, 'is never ended');
      open = { key: begins, from, line: at + 1 };
    } else if (ends !== undefined && open?.key === ends) {
      found.push({ ...open, to });
      open = undefined;
    } else if (ends !== undefined && path !== undefined)
      throw broken(path, at + 1, 'ends what was not begun');
  }
  if (open && path !== undefined) throw broken(path, open.line, 'is never ended');
  return found;
}

function linesOf(text: string): readonly Line[] {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const lines: Line[] = [];
  let from = start;
  for (const { 0: eol, index } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ text: text.slice(from, index), from, to: index });
    from = index + eol.length;
  }
  return [...lines, { text: text.slice(from), from, to: text.length }];
}

function broken(path: string, line: number, what: string): Told {
  return new Told(`a marker of the section E2E Validation ${what}`, {
    code: 'broken-markers',
    where: `${path}:${line}`,
    cure: 'put both markers back, or take both out: the section is made again',
  });
}

function edited(path: string, line: number): Told {
  return new Told('the section E2E Validation was edited by hand', {
    code: 'edited',
    where: `${path}:${line}`,
    cure: 'move the edits out of the markers, or replace them with --force',
  });
}
