import { checkAnswers } from '../answers/check.ts';
import type { Answers, Outcome } from '../answers/schema.ts';
import type { Problem } from '../errors.ts';
import { defaults } from '../interview/defaults.ts';
import type { Profile } from '../profile/schema.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft as scenarioOf, type Addition, type Scenario } from '../scenario/scenario.ts';
import type { Check } from './checks.ts';
import { repeatedIn } from './repeated.ts';
import type { Finding } from './trigger.ts';

/** Takes away what cannot be resolved, one problem after the other, until the scenario holds. */
export function settle(
  answers: Answers,
  given: readonly Check[],
  line: number,
  profile: Profile,
  allowScript: boolean,
): {
  readonly scenario?: Scenario;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  let checks = given;
  let base = answers;
  for (let round = 0; round <= given.length + 4; round += 1) {
    const { raw, additions, owners } = assembled(base, checks, allowScript);
    const checked = checkAnswers(raw, profile);
    const scenario = checked.answers && {
      ...scenarioOf(checked.answers, profile.name),
      ...(additions.length > 0 && { additions }),
    };
    const { resolved, problems } = scenario
      ? resolve(scenario, profile)
      : { resolved: undefined, problems: checked.problems };
    const [problem] = problems;
    if (!problem) {
      const repeated = resolved && repeatedIn(checks, resolved);
      if (!repeated) return { ...(scenario && { scenario }), checks, findings };
      const { check, by } = repeated;
      checks = checks.map((one) => (one === check ? folded(one, by) : one));
      continue;
    }
    const owner = owners(problem.path);
    findings.push(told(problem, owner?.line ?? line));
    if (owner) checks = checks.map((one) => (one === owner ? byHand(one) : one));
    else {
      const next = relaxed(base, problem, profile);
      if (!next) return { checks: checks.map(byHand), findings };
      base = next;
    }
  }
  return { checks: checks.map(byHand), findings };
}

function told({ path, message, nearest }: Problem, line: number): Finding {
  return { line, message: `${path}: ${message}`, ...(nearest === undefined ? {} : { nearest }) };
}

function folded({ line, text, findings }: Check, by: string): Check {
  return { line, text, findings, covered: true, by };
}

function byHand({ line, text, findings }: Check): Check {
  return { line, text, findings };
}

/** Where the program of a line stands, beside the scenario file. */
export function scriptAt(line: number): string {
  return `checks/line-${line}.sh`;
}

function assembled(
  answers: Answers,
  checks: readonly Check[],
  allowScript: boolean,
): {
  readonly raw: object;
  readonly additions: Addition[];
  readonly owners: (path: string) => Check | undefined;
} {
  const outcomes: { outcome: Outcome; check?: Check }[] = answers.outcome.map((outcome) => ({
    outcome,
  }));
  const added: { addition: Addition; check: Check }[] = [];
  for (const check of checks) {
    if (
      check.outcome &&
      !outcomes.some(({ outcome }) => JSON.stringify(outcome) === JSON.stringify(check.outcome))
    )
      outcomes.push({ outcome: check.outcome, check });
    else if (check.addition) added.push({ addition: check.addition, check });
    else if (check.script !== undefined && allowScript)
      added.push({
        addition: { id: `script-${check.line}`, text: check.text, script: scriptAt(check.line) },
        check,
      });
    else if (!check.outcome && !check.covered)
      added.push({
        addition: { id: `by-hand-${added.length + 1}`, text: check.text, manual: true },
        check,
      });
  }
  return {
    raw: { ...answers, outcome: outcomes.map(({ outcome }) => outcome) },
    additions: added.map(({ addition }) => addition),
    owners: (path) => {
      const [, list, index] = /^(outcome|additions)\.(\d+)/.exec(path) ?? [];
      return list === 'outcome'
        ? outcomes[Number(index)]?.check
        : list
          ? added[Number(index)]?.check
          : undefined;
    },
  };
}

/** The answers with less of what a problem speaks of; undefined where nothing is left to give way. */
function relaxed(answers: Answers, { path }: Problem, profile: Profile): Answers | undefined {
  const { calibration, ...rest } = answers;
  if (path.startsWith('requires')) {
    const { requires: _, ...without } = answers;
    return without;
  }
  if (path.startsWith('calibration') && calibration !== undefined) {
    const usual = defaults.calibration?.(rest, profile);
    if (usual !== undefined && usual !== calibration) return { ...rest, calibration: usual };
    return rest;
  }
  if (path === 'category' && answers.category !== 'smoke') return { ...answers, category: 'smoke' };
  if (path.startsWith('outcome') && JSON.stringify(answers.outcome) !== JSON.stringify(plainly))
    return { ...answers, outcome: [...plainly] };
  return undefined;
}

const plainly: Answers['outcome'] = [{ response: { status: 200 } }];
