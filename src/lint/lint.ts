import { judgeable, type Judgeable } from './input.ts';
import { pageOf, type Finding } from './finding.ts';
import { ignoredIn } from './ignored.ts';
import { rules } from './registry.ts';
import { readScript, type Script } from '../shell/script.ts';
import type { Hit, Rule } from './rule.ts';

/** What is wrong with a script. Those taken back by a comment with a reason are counted only. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly ignored: number;
  /** It is no bash script that could be judged: the findings say why. */
  readonly unread: boolean;
}

/** Judges the bytes of a file as a bash script. A pure function: the path is only said in the findings. */
export function lintScript(bytes: Uint8Array, path: string): Judged {
  const input = judgeable(bytes, path);
  if (input.text === undefined) return { findings: input.findings, ignored: 0, unread: true };
  try {
    return judged(input, input.text, path);
  } catch (error) {
    // What is nested is read by calls in calls; of these there can be so many and no more.
    if (!(error instanceof RangeError)) throw error;
    const deep = unreadable(path, deepestLine(input.text), 'too-deep', 'brackets in brackets');
    return { findings: [...input.findings, deep], ignored: 0, unread: false };
  }
}

/** The line on which most is open: where a script that is nested too deep is to be looked at. */
function deepestLine(text: string): number {
  let [depth, deepest, line, found] = [0, 0, 1, 1];
  for (const sign of text) {
    if (sign === '\n') line += 1;
    else if (/[({]/.test(sign)) depth += 1;
    else if (/[)}]/.test(sign)) depth -= 1;
    if (depth > deepest) [deepest, found] = [depth, line];
  }
  return found;
}

function unreadable(path: string, line: number, code: 'syntax' | 'too-deep', why: string): Finding {
  const isDeep = code === 'too-deep';
  return {
    code,
    severity: 'error',
    path,
    line,
    message: isDeep ? `is nested too deep to be judged: ${why}` : `bash cannot read this: ${why}`,
    cure: isDeep
      ? 'put what is inside into functions; the rest is judged then'
      : 'see what `bash -n` says, and close what is open; the rest is judged then',
    page: pageOf(code),
  };
}

function judged(input: Judgeable, text: string, path: string): Judged {
  const script = readScript(text);
  const [wrong] = script.errors;
  // A tree with a hole in it says little: what is open comes first.
  if (wrong !== undefined) {
    const isDeep = /nesting depth exceeded/.test(wrong.message);
    const finding = unreadable(
      path,
      script.line(wrong.pos),
      isDeep ? 'too-deep' : 'syntax',
      wrong.message,
    );
    return { findings: [...input.findings, finding], ignored: 0, unread: false };
  }
  // Bash warns of it and takes all that is left, so it is told and the script is judged.
  const open = script
    .all('HereDoc')
    .filter(({ closing }) => closing === undefined)
    .map((node) => ({
      ...unreadable(path, script.line(script.offset(node)), 'syntax', ''),
      message: `no line ${JSON.stringify(node.delimiter?.value ?? '')} closes this here-document: all that is left is in it`,
    }));
  const { ignored, findings } = ignoredIn(
    script,
    path,
    rules.map(({ code }) => code),
  );
  const all = rules.flatMap((rule) => findingsOf(rule, script, path));
  const taken = new Set(ignored.map(({ code, line }) => `${code}:${line}`));
  const kept = all.filter(({ code, line }) => !taken.has(`${code}:${line}`));
  return {
    findings: [...input.findings, ...open, ...findings, ...kept].toSorted(
      (a, b) => (a.line ?? 0) - (b.line ?? 0),
    ),
    ignored: all.length - kept.length,
    unread: false,
  };
}

function findingsOf(rule: Rule, script: Script, path: string): readonly Finding[] {
  const seen = new Set<number>();
  return rule.find(script).flatMap((hit) => {
    const at = script.offset(hit.node);
    // One place is told once, however many ways lead there.
    if (seen.has(at + (hit.lines ?? 0))) return [];
    seen.add(at + (hit.lines ?? 0));
    return [findingOf(rule, hit, script.line(at) + (hit.lines ?? 0), path)];
  });
}

function findingOf(
  { code, severity, reason, cure }: Rule,
  hit: Hit,
  line: number,
  path: string,
): Finding {
  return {
    code,
    severity,
    path,
    line,
    message: hit.message,
    reason,
    cure,
    ...(hit.nearest === undefined ? {} : { nearest: short(hit.nearest) }),
    page: pageOf(code),
  };
}

function short(text: string): string {
  const line = text.replaceAll(/\\\n\s*/g, '').replaceAll(/\s*\n\s*/g, ' ');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
