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
  return judged(input, input.text, path);
}

function judged(input: Judgeable, text: string, path: string): Judged {
  const script = readScript(text);
  const [wrong] = script.errors;
  // A tree with a hole in it says little: what is open comes first.
  if (wrong !== undefined) {
    const isDeep = /nesting depth exceeded/.test(wrong.message);
    const unreadable: Finding = {
      code: isDeep ? 'too-deep' : 'syntax',
      severity: 'error',
      path,
      line: script.line(wrong.pos),
      message: isDeep
        ? `is nested too deep to be judged: ${wrong.message}`
        : `bash cannot read this: ${wrong.message}`,
      cure: isDeep
        ? 'put what is inside into functions; the rest is judged then'
        : 'see what `bash -n` says, and close what is open; the rest is judged then',
      page: pageOf(isDeep ? 'too-deep' : 'syntax'),
    };
    return { findings: [...input.findings, unreadable], ignored: 0, unread: false };
  }
  const { ignored, findings } = ignoredIn(
    script,
    path,
    rules.map(({ code }) => code),
  );
  const all = rules.flatMap((rule) => findingsOf(rule, script, path));
  const taken = new Set(ignored.map(({ code, line }) => `${code}:${line}`));
  const kept = all.filter(({ code, line }) => !taken.has(`${code}:${line}`));
  return {
    findings: [...input.findings, ...findings, ...kept].toSorted(
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
