import type { html } from 'hono/html';
import { pointsIn, type ReportedRun } from '../run.ts';

/** A piece of the page, what was put into it escaped. */
export type Html = ReturnType<typeof html>;

/** How a run is shown, each with its sign, the heaviest first. A verdict, or what weighs more than it. */
export const kinds = {
  failed: '✗',
  'timed-out': '◔',
  invalid: '!',
  misconfigured: '⚙',
  blocked: '⊘',
  inconclusive: '?',
  interrupted: '–',
  flaky: '↻',
  'known-defect': '◆',
  passed: '✓',
} as const;

/** One of {@link kinds}. */
export type Kind = keyof typeof kinds;

/** How a run is shown. */
export function kindOf(run: ReportedRun): Kind {
  if (run.flaky) return 'flaky';
  if (run.verdict === 'failed' && isKnown(run)) return 'known-defect';
  return run.verdict in kinds ? (run.verdict as Kind) : 'invalid';
}

/** All that is red is known, and all was reached. */
function isKnown(run: ReportedRun): boolean {
  const red = pointsIn(run).filter(({ ok }) => !ok);
  return red.length > 0 && red.every(({ knownDefect }) => knownDefect !== undefined);
}

/** Name of a run inside the page. */
export function anchorOf({ id, round, attempt }: ReportedRun): string {
  return `${id.replaceAll(/[^A-Za-z0-9_-]+/g, '-')}.${round}.${attempt}`;
}
