import { nearest } from '../nearest.ts';
import { pageOf, type Finding } from './finding.ts';
import { perScript } from '../shell/per-script.ts';
import { countUpTo, type Script } from '../shell/script.ts';

/** A comment that takes findings of one code back, on its own line or for the statement below it. */
export interface Ignored {
  readonly code: string;
  /** The line to which it speaks. */
  readonly line: number;
}

/** What the comments of a script take back, and what is wrong with them. */
export interface IgnoredHere {
  readonly ignored: readonly Ignored[];
  readonly findings: readonly Finding[];
}

const comment = /(^|[\s;])#\s*scenario-ignore\b[ \t]*(.*)$/;

/**
 * Reads `# scenario-ignore CODE: reason`. A comment at the end of a line speaks to that line, one on a line of its own to the next that
 * is none. Without a reason, or of a code that no rule has, it is refused.
 */
export function ignoredIn(script: Script, path: string, codes: readonly string[]): IgnoredHere {
  const lines = script.text.split('\n');
  const ignored: Ignored[] = [];
  const findings: Finding[] = [];
  let start = 0;
  lines.forEach((line, index) => {
    const found = comment.exec(line);
    const at = start + (found?.index ?? 0) + (found?.[1]?.length ?? 0);
    start += line.length + 1;
    if (found === null || isInWord(script, at)) return;
    const [, code = '', reason = ''] = /^([\w-]*)\s*:?\s*(.*)$/.exec(found[2] ?? '') ?? [];
    const wrong = refusal(code, reason, codes);
    if (wrong !== undefined) {
      findings.push({
        ...wrong,
        severity: 'error',
        path,
        line: index + 1,
        page: pageOf(wrong.code),
      });
      return;
    }
    const isAlone = /^\s*#/.test(line);
    let next = index;
    if (isAlone) while (/^\s*(?:#|$)/.test(lines[next] ?? '.')) next += 1;
    ignored.push({ code, line: (next < lines.length ? next : index) + 1 });
  });
  return { ignored, findings };
}

function refusal(
  code: string,
  reason: string,
  codes: readonly string[],
): Pick<Finding, 'code' | 'message' | 'cure' | 'nearest'> | undefined {
  if (!codes.includes(code)) {
    const close = nearest(code, codes);
    return {
      code: 'ignore-unknown',
      message: `no rule has the code ${JSON.stringify(code)}`,
      cure: close === undefined ? 'name a code of docs/lint.md' : `did you mean ${close}?`,
      ...(close === undefined
        ? {}
        : { nearest: `# scenario-ignore ${close}: ${reason || 'REASON'}` }),
    };
  }
  if (/\w/.test(reason)) return undefined;
  return {
    code: 'ignore-unreasoned',
    message: `a finding is taken back without a reason`,
    cure: 'say why it does not matter here, behind a colon',
    nearest: `# scenario-ignore ${code}: REASON`,
  };
}

/** Whether a place is part of a word or here-document, where `#` begins no comment. */
function isInWord(script: Script, at: number): boolean {
  const { starts, ends } = wordsIn(script);
  return at < (ends[countUpTo(starts, at) - 1] ?? 0);
}

/** Where the words of a script begin and end, in order. One with a substitution in it is left out: that may have comments. */
const wordsIn = perScript((script) => {
  const words = script.nodes
    .filter(({ type }) => type === 'Word' || type === 'HereDocBody')
    .filter((node) => !/\$\(|`/.test(script.textOf(node)))
    .toSorted((a, b) => a.pos - b.pos);
  return { starts: words.map(({ pos }) => pos), ends: words.map(({ end }) => end) };
});
