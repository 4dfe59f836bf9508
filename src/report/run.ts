import type { RunEnded, RunEvent } from '../run/event.ts';
import { scaleSeen, thinned, type Look, type Series } from './series.ts';

type Point = Extract<RunEvent, { event: 'point' }>;
type Request = Extract<RunEvent, { event: 'request' }>;

/** One step as it was carried out. */
export interface ReportedStep {
  /** 0 is the preflight. */
  readonly number: number;
  readonly title: string;
  /** Real seconds since the run began. */
  readonly from: number;
  readonly until: number;
  /** Something was done in it: it didn't come after a step that failed. */
  readonly acted: boolean;
  readonly requests: readonly Request[];
  readonly series: readonly Series[];
  readonly points: readonly Point[];
}

/** A file of the evidence, with its beginning. */
export interface Excerpt {
  /** Name inside the run's folder; its number is that of the step. */
  readonly name: string;
  readonly bytes: number;
  /** Its beginning; absent where only the name is told. */
  readonly head?: string;
  /** All of a picture (PNG), in base64. */
  readonly picture?: string;
}

/** One run as the reports show it: all that its folder tells. */
export interface ReportedRun extends Omit<RunEnded, 'event' | 't' | 'when'> {
  /** ISO 8601, UTC; empty where nothing was begun. */
  readonly when: string;
  readonly steps: readonly ReportedStep[];
  readonly cleanups: readonly { readonly text: string; readonly status?: number }[];
  /** Folder of the run, as a reader of the report can find it. */
  readonly folder: string;
  readonly evidence: readonly Excerpt[];
}

/** Where a run's events come from. */
export interface RunSource {
  readonly folder: string;
  readonly events: Iterable<RunEvent>;
  readonly evidence: readonly Excerpt[];
}

interface Building {
  readonly number: number;
  readonly title: string;
  readonly from: number;
  until: number;
  readonly acted: boolean;
  readonly requests: Request[];
  readonly series: Map<string, Look[]>;
  readonly points: Point[];
}

/**
 * Reads a run from its events. A run whose runner was killed has no last word: then the script's own verdict stands, and where
 * that is missing too, it was interrupted.
 */
export function readRun({ folder, events, evidence }: RunSource): ReportedRun {
  let start: number | undefined;
  let now = 0;
  let ended: RunEnded | undefined;
  let own: Extract<RunEvent, { event: 'scenario' }> | undefined;
  let verdict: Extract<RunEvent, { event: 'verdict' }> | undefined;
  const cleanups: { text: string; status?: number }[] = [];
  const steps: Building[] = [building(0, 'Preflight', 0, true)];
  for (const event of events) {
    if (typeof event.t === 'number') {
      start ??= event.t;
      // A clock that was set back must not turn a timeline round.
      if (event.event !== 'run') now = Math.max(now, event.t - start);
    }
    const step = steps.at(-1) as Building;
    step.until = now;
    if (event.event === 'scenario') own = event;
    else if (event.event === 'verdict') verdict = event;
    else if (event.event === 'run') ended = event;
    else if (event.event === 'cleanup')
      cleanups.push({
        text: event.text,
        ...(typeof event.status === 'number' ? { status: event.status } : {}),
      });
    else if (event.event === 'step')
      steps.push(building(event.n ?? steps.length, event.title, now, event.acts !== false));
    else if (event.event === 'point') step.points.push(event);
    else if (event.event === 'request') step.requests.push(event);
    else if (event.event === 'look') {
      const looks = step.series.get(event.name) ?? [];
      looks.push(event);
      step.series.set(event.name, thinned(looks));
    }
  }
  const done = steps.map(({ series, ...step }) => ({
    ...step,
    series: [...series].map(([name, looks]) => ({ name, looks })),
  }));
  const { event: _, t: __, ...said } = ended ?? cutOff(own, verdict, done, folder, now, start);
  return { ...said, steps: done, cleanups, folder, evidence };
}

function building(number: number, title: string, from: number, acted: boolean): Building {
  return { number, title, from, until: from, acted, requests: [], series: new Map(), points: [] };
}

/** What can be said of a run whose runner had no last word. */
function cutOff(
  own: Extract<RunEvent, { event: 'scenario' }> | undefined,
  verdict: Extract<RunEvent, { event: 'verdict' }> | undefined,
  steps: readonly { readonly points: readonly Point[]; readonly series: readonly Series[] }[],
  folder: string,
  seconds: number,
  start: number | undefined,
): RunEnded {
  const id = own?.id ?? folder;
  const executed = steps.flatMap(({ points }) => points).filter((one) => one.reason === undefined);
  return {
    ...blank,
    event: 'run',
    t: undefined,
    id,
    name: own?.name ?? folder,
    domain: id.includes('/') ? (id.split('/')[0] as string) : '',
    category: '',
    verdict: verdict?.verdict ?? 'interrupted',
    issue: verdict?.what ?? 'the run was cut off: its runner ended before it',
    when: start === undefined ? '' : new Date(start * 1000).toISOString().replace(/\.\d+/, ''),
    seconds: Math.round(seconds * 10) / 10,
    timeScale: scaleSeen(steps.flatMap(({ series }) => series)),
    checks: {
      planned: own?.plan ?? 0,
      executed: executed.length,
      failed: executed.filter(({ ok }) => !ok).length,
    },
  };
}

/** Of what nothing is known. */
const blank = {
  verdict: 'interrupted',
  class: null,
  target: 'unknown',
  when: '',
  seconds: 0,
  timeScale: 1,
  milestone: undefined,
  version: undefined,
  checks: { planned: 0, executed: 0, failed: 0 },
  knownDefects: undefined,
  cures: undefined,
  hints: undefined,
  manual: undefined,
  findings: undefined,
  calibrated: undefined,
  round: 1,
  attempt: 1,
  flaky: false,
  well: false,
} as const;

/** A scenario that was to be run, and wasn't begun: the command was interrupted before. */
export function notBegun(
  scenario: Pick<ReportedRun, 'id' | 'name' | 'domain' | 'category'>,
  round: number,
): ReportedRun {
  return {
    ...blank,
    ...scenario,
    round,
    issue: 'not begun: the run was interrupted before',
    steps: [],
    cleanups: [],
    folder: '',
    evidence: [],
  };
}

/** The points of a run in order. */
export function pointsIn(run: ReportedRun): readonly Point[] {
  return run.steps.flatMap(({ points }) => points);
}

/** The first red point that was evaluated: one that tells something new before one that is known. */
export function firstRed(run: ReportedRun): Point | undefined {
  const red = pointsIn(run).filter(({ ok, reason }) => !ok && reason === undefined);
  return red.find(({ knownDefect }) => knownDefect === undefined) ?? red[0];
}

/** The name of a run among its like: with its round where it was repeated, its try where it was tried again. */
export function titleOf(run: Pick<ReportedRun, 'id' | 'round' | 'attempt'>): string {
  const extra = [
    ...(run.round > 1 ? [`run ${run.round}`] : []),
    ...(run.attempt > 1 ? [`try ${run.attempt}`] : []),
  ];
  return extra.length === 0 ? run.id : `${run.id} (${extra.join(', ')})`;
}

/** What a run came to, in one line. */
export function issueOf(run: ReportedRun): string {
  if (run.flaky) return 'it passed, but not at the first try: flaky';
  return run.issue ?? (run.verdict === 'passed' ? '' : run.verdict);
}

/**
 * How a reader of exit codes sees a run: `failed` where the system is wrong, `error` where the run could not tell; `known` where
 * it is red by known defects only, and they are allowed.
 */
export function outcomeOf(run: ReportedRun): 'passed' | 'known' | 'failed' | 'error' {
  if (run.well) return run.verdict === 'passed' ? 'passed' : 'known';
  return run.class === 'CODE_BUG' ? 'failed' : 'error';
}

/** What is known of a whole report. */
export interface Report {
  /** Name of the project. */
  readonly project: string;
  /** Runs in the order of the command; each round and try is one. */
  readonly runs: readonly ReportedRun[];
  /** Where nothing was to be run, why: `no scenario changed`. */
  readonly nothing?: string;
}

/** The runs that count: of several tries, the last. */
export function finalRuns(runs: readonly ReportedRun[]): readonly ReportedRun[] {
  const last = new Map(runs.map((run) => [`${run.id}\n${run.round}`, run]));
  return [...last.values()];
}
