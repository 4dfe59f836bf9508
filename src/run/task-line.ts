import { plain } from './paint.ts';
import { isGreen, type Allowed, type RunResult } from './result.ts';
import { summaryLine } from './told.ts';

/**
 * The last lines of `run`: of several runs how many passed, then the one line with which a task is reported (`/ktask`), green or the
 * worst issue with its evidence. What was cut off is never green.
 */
export function closingLines(
  results: readonly RunResult[],
  allowed: Allowed,
  interrupted: boolean,
): readonly string[] {
  return [
    ...(results.length === 1 ? [] : [summaryLine(results)]),
    taskLine(results, allowed, interrupted),
  ];
}

function taskLine(results: readonly RunResult[], allowed: Allowed, interrupted: boolean): string {
  const red = results
    .filter((result) => !isGreen(result, allowed))
    .toSorted((a, b) => severity(a) - severity(b));
  const [worst] = red;
  if (worst) {
    const id = results.length === 1 ? '' : `${worst.id}: `;
    const more = red.length === 1 ? '' : `; and ${red.length - 1} more`;
    return `❌ Issue: ${id}${issueOf(worst)} (evidence: ${worst.evidence})${more}`;
  }
  if (interrupted || results.length === 0)
    return '❌ Issue: interrupted before the last scenario ended';
  const defects = unique(results.flatMap(({ knownDefects }) => knownDefects));
  const manual = unique(results.flatMap(({ tap }) => tap.manual));
  return [
    '✅ Integration test passed',
    ...(defects.length === 0 ? [] : [`known defects apart: ${defects.join(', ')}`]),
    ...(manual.length === 0 ? [] : [`left to a person: ${manual.map(plain).join('; ')}`]),
  ].join(', ');
}

function issueOf({ flaky, attempt, issue, verdict }: RunResult): string {
  return flaky
    ? `flaky: it passed at try ${attempt} only; --allow-flaky lets that be`
    : plain(issue ?? verdict);
}

/** What is wrong with the system comes before what is wrong with its set-up, and that before what is not there (contract, section 1). */
function severity({ verdict }: RunResult): number {
  const last = ['misconfigured', 'blocked', 'interrupted'] as const;
  return last.findIndex((one) => one === verdict);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
