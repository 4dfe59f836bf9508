import type { Verdict } from '../files/records.ts';
import type { TapPoint, TapReport } from './tap.ts';

/** How a script's process came to its end. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string; readonly number: number }
  /** It was ended by us: it ran for longer than all its bounds together allow. */
  | { readonly kind: 'too-long'; readonly seconds: number }
  | { readonly kind: 'not-started'; readonly why: string };

/** Whose matter it is (contract, section 4). */
export type IssueClass =
  'CODE_BUG' | 'TEST_ISSUE' | 'ENVIRONMENT' | 'CONFIGURATION' | 'CALIBRATION' | null;

/** What a run came to. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly class: IssueClass;
  readonly issue?: string;
  readonly checks: { readonly planned: number; readonly executed: number; readonly failed: number };
  /** Ids of the known defects that showed. */
  readonly knownDefects: readonly string[];
  /** Nothing is wrong but what is known. */
  readonly onlyKnownDefects: boolean;
}

const byExit: { readonly [code: number]: Verdict } = {
  0: 'passed',
  1: 'failed',
  2: 'invalid',
  3: 'blocked',
  4: 'misconfigured',
  5: 'timed-out',
  6: 'inconclusive',
  129: 'interrupted',
  130: 'interrupted',
  143: 'interrupted',
};

const classOf: { readonly [verdict in Verdict]: IssueClass } = {
  passed: null,
  failed: 'CODE_BUG',
  invalid: 'TEST_ISSUE',
  blocked: 'ENVIRONMENT',
  misconfigured: 'CONFIGURATION',
  'timed-out': 'CODE_BUG',
  inconclusive: 'CALIBRATION',
  interrupted: null,
};

/**
 * The verdict of a run: the exit code's (contract, section 4), unless the script's own output contradicts it. A green exit code
 * counts only when every planned point was printed and held.
 */
export function judge(ending: Ending, tap: TapReport): Judgement {
  const common = {
    checks: checksOf(tap),
    knownDefects: [...new Set(tap.points.flatMap(knownDefectOf))],
    onlyKnownDefects: ending.kind === 'exit' && ending.code === 1 && isOnlyKnown(tap),
  };
  if (ending.kind === 'not-started')
    return {
      ...common,
      verdict: 'invalid',
      exitCode: 2,
      class: 'TEST_ISSUE',
      issue: `the script could not be started: ${ending.why}`,
    };
  if (ending.kind === 'too-long')
    return {
      ...common,
      verdict: 'timed-out',
      exitCode: 5,
      class: 'TEST_ISSUE',
      issue: `the script did not end by itself within ${ending.seconds} s, and was ended`,
    };
  if (ending.kind === 'signal')
    return {
      ...common,
      verdict: 'interrupted',
      exitCode: 128 + ending.number,
      class: null,
      issue: tap.issue ?? `the script was ended by ${ending.signal}`,
    };
  return { ...common, ...judgeExit(ending.code, tap) };
}

/** The points that were printed but could not be evaluated. */
export function isNotReached({ ok, diagnosis }: TapPoint): boolean {
  return !ok && diagnosis.reason === 'not-reached';
}

/** The first red point that was evaluated and tells something new: the one that says what is wrong. */
export function firstFailed(tap: TapReport): TapPoint | undefined {
  return tap.points.find(
    (point) => !point.ok && !isNotReached(point) && knownDefectOf(point).length === 0,
  );
}

/** Whether all went well, known defects apart. */
export function isWell({
  verdict,
  onlyKnownDefects,
}: Pick<Judgement, 'verdict' | 'onlyKnownDefects'>): boolean {
  return verdict === 'passed' || onlyKnownDefects;
}

function judgeExit(
  exitCode: number,
  tap: TapReport,
): Pick<Judgement, 'verdict' | 'exitCode' | 'class' | 'issue'> {
  const verdict = byExit[exitCode];
  if (verdict === undefined) {
    const issue = tap.issue ?? `the script ended with exit code ${exitCode}, which is no verdict`;
    return { verdict: 'failed', exitCode, class: 'TEST_ISSUE', issue };
  }
  const doubt = verdict === 'passed' ? contradiction(tap) : undefined;
  if (doubt !== undefined) {
    const issue = `the script ended with 0, but ${doubt}: script and output disagree`;
    return { verdict: 'failed', exitCode, class: 'TEST_ISSUE', issue };
  }
  if (verdict === 'passed') return { verdict, exitCode, class: null };
  return {
    verdict,
    exitCode,
    class: statedClass(verdict, tap) ?? classOf[verdict],
    issue: tap.issue ?? tap.bailOut ?? `the script ended with exit code ${exitCode} (${verdict})`,
  };
}

/** What keeps a green exit code from being believed. */
function contradiction(tap: TapReport): string | undefined {
  if (tap.plan === undefined) return 'it printed no plan';
  if (tap.plan === 0) return 'it planned no check';
  if (tap.bailOut !== undefined) return `it bailed out (${tap.bailOut})`;
  const red = tap.points.find(({ ok }) => !ok);
  if (red) return `point ${red.number} is not ok (${red.text})`;
  const excused = tap.points.find((point) => point.excused);
  if (excused) return `point ${excused.number} is skipped or to do (${excused.text})`;
  if (tap.points.length !== tap.plan)
    return `it printed ${tap.points.length} of ${tap.plan} planned points`;
  if (tap.broken) return 'its points are not numbered in order';
  return undefined;
}

/** The class that the point behind the verdict states; for a wait that ran out, only the script knows it. */
function statedClass(verdict: Verdict, tap: TapReport): IssueClass | undefined {
  const stated = tap.points.find(({ diagnosis }) => diagnosis.verdict === verdict)?.diagnosis.class;
  return classes.find((one) => one === stated);
}

const classes = ['CODE_BUG', 'TEST_ISSUE', 'ENVIRONMENT', 'CONFIGURATION', 'CALIBRATION'] as const;

function checksOf(tap: TapReport): Judgement['checks'] {
  const executed = tap.points.filter((point) => !isNotReached(point) && !point.excused);
  return {
    planned: tap.plan ?? 0,
    executed: executed.length,
    failed: executed.filter(({ ok }) => !ok).length,
  };
}

/** Every planned point was evaluated, and all that is red is known. */
function isOnlyKnown(tap: TapReport): boolean {
  const red = tap.points.filter(({ ok }) => !ok);
  return (
    red.length > 0 &&
    red.every((point) => knownDefectOf(point).length > 0) &&
    tap.points.length === tap.plan &&
    tap.bailOut === undefined &&
    !tap.broken &&
    !tap.points.some(({ excused }) => excused)
  );
}

/** The id of the known defect that a red point shows, in a list of at most one. */
export function knownDefectOf({ ok, diagnosis }: TapPoint): readonly string[] {
  const id = diagnosis['known-defect'];
  return ok || id === undefined ? [] : [id];
}
