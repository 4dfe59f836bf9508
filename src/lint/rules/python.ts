import type { SyntaxNode } from 'unbash';
import { isCleanup } from '../checks.ts';
import type { Rule } from '../rule.ts';
import { below, type NodeOf, type Script } from '../../shell/script.ts';
import { statusUse } from '../status.ts';
import { argsOf, nameOf } from '../../shell/words.ts';

/** Rules on pieces of Python in a script: they are read as text, and only for how they end. */
export const pythonRules: readonly Rule[] = [
  {
    code: 'python-never-fails',
    severity: 'error',
    reason: 'Python ends with 0 unless something raises or exits: what it prints decides nothing',
    cure: 'let it end red: `assert …`, or `sys.exit(1)` where it says FAIL',
    find: (script) =>
      programs(script)
        .filter(({ node }) => !isCleanup(script, node))
        .filter(({ node }) => !/^(?:captured|piped)$/.test(statusUse(script, node)))
        .flatMap(({ node, text }) => {
          const message = isOnlyTold(text)
            ? 'this program says whether it failed, and ends with 0 in any case'
            : isCaught(text)
              ? 'what raises in this program is caught, and it ends with 0'
              : undefined;
          return message === undefined ? [] : [{ node, message, nearest: 'sys.exit(1)' }];
        }),
  },
];

interface Program {
  readonly node: NodeOf<'Command'>;
  readonly text: string;
}

/** `python3 -c TEXT` and `python3 <<END`. */
function programs(script: Script): readonly Program[] {
  return script.all('Command').flatMap((node) => {
    if (!/^python[\d.]*$/.test(nameOf(node))) return [];
    const given = argsOf(node);
    const at = given.findIndex(({ value }) => value === '-c');
    const word = at < 0 ? undefined : given[at + 1];
    const text = word === undefined ? hereText(script, node) : word.value;
    return text === undefined || text === '' ? [] : [{ node, text }];
  });
}

function hereText(script: Script, node: SyntaxNode): string | undefined {
  const body = below(node).find(({ type }) => type === 'HereDocBody');
  return body && script.textOf(body);
}

const ends = /\bassert\b|\braise\b|\bexit\s*\(|\bquit\s*\(|\bunittest\b|\bpytest\b|SystemExit/;

/** It prints a verdict that may be a bad one, and has no way to end red. */
function isOnlyTold(text: string): boolean {
  return /print\s*\([^\n]*(?:\bfail(?:ed)?\b|❌|✗|not ok)/i.test(text) && !ends.test(text);
}

/** `try: assert … except Exception: print(…)`. */
function isCaught(text: string): boolean {
  if (!/\bassert\b/.test(text)) return false;
  const lines = text.split('\n');
  return lines.some((line, index) => {
    const caught =
      /^(\s*)except(?:\s+\(?(?:Base)?(?:Exception|AssertionError)\b[^:]*)?\s*:(.*)$/.exec(line);
    if (caught === null) return false;
    const depth = caught[1]?.length ?? 0;
    const rest = lines.slice(index + 1);
    const end = rest.findIndex(
      (next) => next.trim() !== '' && next.length - next.trimStart().length <= depth,
    );
    const block = [caught[2] ?? '', ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
    return !ends.test(block) && !/\b(?:fail|err|ok|bad|pass)\w*\s*(?:=|\+=|\.append)/i.test(block);
  });
}
