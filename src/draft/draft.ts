import type { Profile } from '../profile/schema.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { answersOf, asGuessed } from './answers.ts';
import type { Guess } from './category.ts';
import { checksOf, type Check } from './checks.ts';
import { linked } from './links.ts';
import type { Material } from './material.ts';
import { scriptAt, settle } from './settle.ts';
import { startOf } from './start.ts';
import type { Finding } from './trigger.ts';

/** What became of the commands and sentences. */
export interface Steps {
  readonly checked: number;
  readonly script: number;
  readonly manual: number;
}

/** A scenario that was drafted from a document, with every guess and all that was wrong. */
export interface Drafted {
  readonly scenario?: Scenario;
  readonly steps: Steps;
  /** Programs of the document, and where each stands beside the scenario file when it may be run. */
  readonly scripts: readonly {
    readonly path: string;
    readonly line: number;
    readonly text: string;
  }[];
  /** What a person has to look at, in the words of the document. */
  readonly byHand: readonly string[];
  /** Sentences that a check of the playbook says already, and which. */
  readonly folded: readonly { readonly line: number; readonly text: string; readonly by: string }[];
  readonly guesses: readonly Guess[];
  readonly findings: readonly Finding[];
}

/** Drafts a scenario; without a trigger there is none, only findings. Programs of its own are run only where that is allowed. Pure. */
export function draftScenario(material: Material, profile: Profile, allowScript = false): Drafted {
  const links = linked(material.commands, profile);
  const started = startOf(material, links, profile);
  if (!started.start) {
    const message = 'no request or command of the system sets it off, so no scenario is made of it';
    return {
      steps: counted(material, unread(material)),
      scripts: [],
      byHand: [],
      folded: [],
      guesses: [],
      findings: [...started.findings, { line: material.line, message }],
    };
  }
  const { answers, guesses } = answersOf(material, started.start, links, profile);
  const checks = checksOf(material, { start: started.start.command, answers, links, profile });
  const settled = settle(answers, checks, material.line, profile, allowScript);
  return {
    ...(settled.scenario && { scenario: settled.scenario }),
    steps: counted(material, settled.checks),
    scripts: settled.checks.flatMap(({ line, script }) =>
      script === undefined ? [] : [{ path: scriptAt(line), line, text: script }],
    ),
    byHand: settled.checks.filter(isByHand).map(({ text }) => text),
    folded: settled.checks.flatMap(({ line, text, by }) =>
      by === undefined ? [] : [{ line, text, by }],
    ),
    guesses: guesses.map((guess) => settledGuess(guess, settled.scenario)),
    findings: [
      ...started.findings,
      ...checks.flatMap(({ findings }) => findings),
      ...settled.findings,
    ],
  };
}

/** A guess that did not hold is told with what stands in its place. */
function settledGuess(guess: Guess, scenario: Scenario | undefined): Guess {
  const { category, calibration } = scenario?.answers ?? {};
  if (guess.field === 'category' && category !== undefined && category !== guess.value)
    return instead(guess, category);
  const data = asGuessed(calibration);
  return guess.field === 'calibration' && scenario && data !== guess.value
    ? instead(guess, data)
    : guess;
}

function instead(guess: Guess, value: string): Guess {
  const reason = `${guess.value} does not fit: ${guess.reason}`;
  return { ...guess, value, reason, confidence: 'low' };
}

/** Where there is no scenario, nothing but the programs and sentences of the document. */
function unread({ commands, expectations }: Material): readonly Check[] {
  const acts = commands.filter(({ kind }) => !/^(?:script|note|setting|wait)$/.test(kind));
  return [...acts, ...expectations].map(({ line, text }) => ({ line, text, findings: [] }));
}

function counted({ commands }: Material, checks: readonly Check[]): Steps {
  const script = commands.filter(({ kind }) => kind === 'script').length;
  return {
    checked: checks.filter((one) => one.covered || one.outcome || one.addition).length,
    script,
    manual: checks.filter(isByHand).length,
  };
}

function isByHand({ covered, outcome, addition, script }: Check): boolean {
  return !covered && !outcome && !addition && !script;
}
