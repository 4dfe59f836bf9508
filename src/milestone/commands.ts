import { parse } from 'unbash';
import { documented } from '../shell/documented.ts';
import type { Placed, PlanStep } from './model.ts';

/** What a block of shell holds: its commands with all their lines, and what could not be read. */
export interface Commands {
  readonly steps: readonly PlanStep[];
  readonly notUnderstood: readonly Placed[];
}

/** Comments that say what a command should answer. */
const expectation =
  /^#\s*(?:(?:expected|expect|should|must|verify|assert|→|=>|->|output)\b:?\s*|(?:→|=>|->)\s*)(.*)$/i;

/** The commands of a block of shell whose first line is `line`. What the parser cannot read goes on line by line. */
export function commandsOf(text: string, line: number): Commands {
  const { text: bare, answers } = documented(text);
  const lines = bare.split('\n');
  const { groups, broken } = groupsOf(bare, lines);
  const steps: { step: PlanStep & { expected: Placed[]; endLine: number } }[] = [];
  const comments: { at: number; text: string }[] = [];
  for (const { from, to } of groups)
    steps.push({
      step: {
        kind: 'command',
        text: lines
          .slice(from, to + 1)
          .join('\n')
          .trim(),
        line: line + from,
        endLine: line + to,
        expected: [],
      },
    });
  const inside = new Set(groups.flatMap(({ from, to }) => range(from, to)));
  for (const [at, part] of lines.entries()) {
    const comment = inside.has(at) ? /\s(#\s.*)$/.exec(part)?.[1] : /^\s*(#.*)$/.exec(part)?.[1];
    const said = comment === undefined ? undefined : expectation.exec(comment)?.[1];
    if (said !== undefined && said !== '') comments.push({ at, text: said });
  }
  for (const { at, text: said } of comments)
    steps
      .findLast(({ step }) => step.line - line <= at)
      ?.step.expected.push({ line: line + at, text: said });
  for (const at of answers) {
    const asked = steps.findLast(({ step }) => step.line - line <= at);
    if (asked) asked.step.endLine = Math.max(asked.step.endLine, line + at);
  }
  return {
    steps: steps.map(({ step }) => step),
    notUnderstood: broken === undefined ? [] : [{ line: line + broken.at, text: broken.text }],
  };
}

interface Group {
  readonly from: number;
  readonly to: number;
}

function groupsOf(
  text: string,
  lines: readonly string[],
): { groups: readonly Group[]; broken?: { at: number; text: string } } {
  const script = parse(text);
  const error = script.errors?.[0];
  const lineOf = lineFinder(text);
  if (error) {
    const at = Math.min(lineOf(error.pos), lines.length - 1);
    return {
      groups: lexical(lines),
      broken: { at, text: `this shell cannot be read (${error.message}): taken line by line` },
    };
  }
  const groups: { from: number; to: number }[] = [];
  for (const { pos, end } of script.commands) {
    const from = lineOf(pos);
    const to = lineOf(Math.max(pos, end - 1));
    const last = groups.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else groups.push({ from, to });
  }
  return { groups: closed(groups, lines) };
}

/** Lines that no command holds and that are neither empty nor a comment belong to the one before them: the text of a heredoc. */
function closed(groups: readonly Group[], lines: readonly string[]): readonly Group[] {
  const all = groups.map((group) => ({ ...group }));
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || all.some(({ from, to }) => at >= from && at <= to)) continue;
    const before = all.findLast(({ to }) => to < at);
    const held = before ? lines.slice(before.from, before.to + 1) : [];
    const delimiter = /<<-?\s*["']?(\w+)/.exec(held.join('\n'))?.[1];
    const heredoc = delimiter !== undefined && held.at(-1)?.trim() !== delimiter;
    if (/^\s*#/.test(line) && !(heredoc && before?.to === at - 1)) continue;
    if (heredoc && before) before.to = at;
    else all.push({ from: at, to: at });
  }
  return all.toSorted((one, other) => one.from - other.from);
}

/** Line by line, a backslash at the end joining the next. */
function lexical(lines: readonly string[]): readonly Group[] {
  const groups: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | undefined;
  for (const [at, line] of lines.entries()) {
    if (open) open.to = at;
    else if (line.trim() === '' || /^\s*#/.test(line)) continue;
    else open = { from: at, to: at };
    if (/\\\s*$/.test(line)) continue;
    groups.push(open);
    open = undefined;
  }
  if (open) groups.push(open);
  return groups;
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
