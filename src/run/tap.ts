import { Parser, type Result } from 'tap-parser';
import * as z from 'zod';
import { tapLines, type LineSink } from './tap-lines.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional();

/** The YAML block of a red point (contract, section 4); keys that a script leaves out are absent. */
const diagnosis = z.object({
  id: text,
  expected: text,
  actual: text,
  component: text,
  request: text,
  evidence: text,
  means: text,
  reason: text,
  verdict: text,
  class: text,
  'known-defect': text,
});

/** What the YAML block of a point says. */
export type Diagnosis = z.infer<typeof diagnosis>;

/** One test point of a script's output. */
export interface TapPoint {
  readonly number: number;
  readonly ok: boolean;
  readonly text: string;
  /** It carries a SKIP or TODO directive, which no check of ours may. */
  readonly excused: boolean;
  readonly diagnosis: Diagnosis;
}

/** What a script printed on stdout. */
export interface TapReport {
  /** Absent when the script ended before its plan. */
  readonly plan?: number;
  readonly points: readonly TapPoint[];
  /** `<verdict>: <what>`. */
  readonly bailOut?: string;
  /** Text of the last `# ❌ Issue:` line. */
  readonly issue?: string;
  readonly cures: readonly string[];
  /** Criteria that only a person can decide. */
  readonly manual: readonly string[];
  /** It isn't well-formed: two plans, numbers out of order, points after the end. */
  readonly broken: boolean;
}

/** Reads TAP as it comes; memory is bounded whatever is printed. */
export function tapReader(): LineSink & { report(): TapReport } {
  const points: TapPoint[] = [];
  const comments: string[] = [];
  let plan: number | undefined;
  let plans = 0;
  let bailOut: string | undefined;
  let done = false;
  const parser = new Parser();
  parser.on('assert', (result: Result) => points.push(pointOf(result)));
  parser.on('plan', ({ start, end }: { start: number; end: number }) => {
    plan = start === 1 ? end : 0;
  });
  parser.on('bailout', (reason: string) => {
    bailOut ??= reason;
  });
  const sink = tapLines((line) => {
    if (line.startsWith('#')) comments.push(line);
    if (/^\d+\.\./.test(line)) plans += 1;
    // Comments between a point and its block would keep the parser from seeing that they belong together.
    else if (line.startsWith('#')) return;
    parser.write(`${line}\n`);
  });
  return {
    write: (chunk) => sink.write(chunk),
    end: () => {
      if (done) return;
      done = true;
      sink.end();
      parser.end();
    },
    report: () => ({
      ...(plan === undefined || plans === 0 ? {} : { plan }),
      points: points.filter(({ number }) => number > 0),
      ...(bailOut === undefined ? {} : { bailOut }),
      ...issueOf(comments),
      cures: curesIn(comments),
      manual: after(comments, '# manual: '),
      broken: plans > 1 || !inOrder(points),
    }),
  };
}

function pointOf(result: Result): TapPoint {
  const said = diagnosis.safeParse(result.diag ?? {});
  return {
    number: result.id,
    ok: result.ok,
    text: result.name,
    excused: Boolean(result.skip) || Boolean(result.todo),
    diagnosis: said.success ? said.data : {},
  };
}

function inOrder(points: readonly TapPoint[]): boolean {
  return points.every(({ number }, index) => number === index + 1);
}

function after(comments: readonly string[], start: string): readonly string[] {
  return comments.flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
}

/** Where several things are in the way, each cure says which one it is for. */
function curesIn(comments: readonly string[]): readonly string[] {
  const several = after(comments, '# blocked: ').length > 1;
  let what = '';
  return comments.flatMap((line) => {
    if (line.startsWith('# blocked: ')) what = line.slice('# blocked: '.length);
    const [cure] = after([line], '# cure: ');
    if (cure === undefined) return [];
    return [several && what !== '' ? `${what}: ${cure}` : cure];
  });
}

function issueOf(comments: readonly string[]): { readonly issue?: string } {
  const issue = after(comments, '# ❌ Issue: ').at(-1);
  return issue === undefined ? {} : { issue };
}
