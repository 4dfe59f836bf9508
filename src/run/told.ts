import type { Verdict } from '../files/records.ts';
import { plain, type Paint } from './paint.ts';
import type { RunResult } from './result.ts';
import { isNotReached, knownDefectOf } from './verdict.ts';

const signs: { readonly [verdict in Verdict]: string } = {
  passed: '✅',
  failed: '❌',
  invalid: '❌',
  blocked: '⛔',
  misconfigured: '⛔',
  'timed-out': '❌',
  inconclusive: '❔',
  interrupted: '✋',
};

/** A finished run for a person: verdict, time, checks; what failed, its cure, and where the evidence is. */
export function toldRun(result: RunResult, paint: Paint): readonly string[] {
  const { verdict, checks, tap } = result;
  const colour =
    verdict === 'passed' ? paint.green : verdict === 'blocked' ? paint.yellow : paint.red;
  const held = checks.executed - checks.failed;
  const evaluated = tap.points.filter((point) => !point.ok && !isNotReached(point));
  const known = evaluated.filter((point) => knownDefectOf(point).length > 0);
  const red = evaluated.filter((point) => !known.includes(point));
  const head = result.flaky
    ? `🎲 ${paint.yellow('flaky')} (try ${result.attempt})`
    : result.onlyKnownDefects
      ? `🐞 ${paint.yellow('known defect')}`
      : `${signs[verdict]} ${colour(verdict)}`;
  return [
    `${head}  ${result.id}  ${held}/${checks.planned} checks  ${result.durationSeconds} s  (${result.target})`,
    ...red.flatMap(({ text, diagnosis }) => [
      `   ✗ ${plain(text)}`,
      ...detail('expected', diagnosis.expected),
      ...detail('actual', diagnosis.actual),
      ...detail('means', diagnosis.means),
      ...detail('try', diagnosis.request),
    ]),
    ...known.map(
      (point) =>
        `   🐞 ${plain(point.text)}: ${plain(point.diagnosis.actual ?? '')} (known defect ${knownDefectOf(point).join('')})`,
    ),
    ...result.findings.map(({ message }) => `   💡 ${plain(message)}`),
    ...(evaluated.length === 0 && result.issue !== undefined ? [`   ${plain(result.issue)}`] : []),
    ...cures(result).map((cure) => `   cure: ${plain(cure)}`),
    ...result.hints.map((hint) => `   ${hint.startsWith(' ') ? '  ' : ''}${plain(hint)}`),
    ...tap.manual.map((text) => `   👁 to be looked at by a person: ${plain(text)}`),
    `   evidence: ${result.evidence}`,
  ];
}

/** How many of several runs passed, and what became of the others. */
export function summaryLine(results: readonly RunResult[]): string {
  const passed = results.filter(({ verdict, flaky }) => verdict === 'passed' && !flaky).length;
  const others = results.flatMap(({ verdict, id, onlyKnownDefects, flaky }) =>
    flaky
      ? [`${id} flaky`]
      : verdict === 'passed'
        ? []
        : [`${id} ${onlyKnownDefects ? 'known-defect' : verdict}`],
  );
  return `${passed} of ${results.length} passed${others.length === 0 ? '' : `: ${others.join(', ')}`}`;
}

/** That a person ended it: what was begun, and that what it had started was undone. */
export function interruptedLine(results: readonly RunResult[], planned: number): string {
  const undone = results.flatMap(({ cleaned }) => cleaned);
  const cleaned =
    undone.length === 0 ? 'nothing had to be undone' : `undone: ${undone.map(plain).join(', ')}`;
  return `interrupted: ${results.length} of ${planned} runs were begun; ${cleaned}`;
}

/** What can be done: as the script says, else what the verdict itself suggests. */
function cures({ verdict, tap, class: whose }: RunResult): readonly string[] {
  if (tap.cures.length > 0) return tap.cures;
  if (verdict === 'timed-out' && whose === 'CALIBRATION')
    return ['it was still making progress: choose smaller data, or run it on a quicker system'];
  if (verdict === 'inconclusive')
    return ['the moment to look at never came: choose data that take longer'];
  if (verdict === 'invalid') return ['compare the script with its scenario: scenario check'];
  return [];
}

function detail(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`       ${name}: ${plain(value)}`];
}
