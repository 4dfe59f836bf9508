import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bash32 } from './bash32.ts';
import { runtimeFile } from './harness.ts';

const forbidden: [string, string][] = [
  ['declare -A map', 'associative arrays'],
  ['f() { local -A map; }', 'associative arrays'],
  ['typeset -gA map', 'associative arrays'],
  ['local -n ref=$1', 'references'],
  ['declare -g x=1', 'declare -g'],
  ['declare -l x=1', 'case attributes'],
  ['mapfile -t lines <f', 'mapfile'],
  ['readarray lines <f', 'readarray'],
  ['x=${y,,}', '${x,,}'],
  ['x=${y^}', '${x,,}'],
  ['echo "a ${y^^[a-z]}"', '${x,,}'],
  ['echo "${x@Q}"', '@Q'],
  ['cmd &>>log', '&>>'],
  ['a |& b', '|&'],
  ['coproc cat', 'coproc'],
  ['case x in a) b ;& c) d ;; esac', ';&'],
  ['case x in a) b ;;& c) d ;; esac', ';;&'],
  ['echo "${list[-1]}"', 'negative indexes'],
  ['echo "${text:0:-1}"', 'negative lengths'],
  ['echo "${text: 1: -2}"', 'negative lengths'],
  ['wait -n', 'wait -n'],
  ['printf -v "list[0]" x', 'array element'],
  ["printf '%(%s)T' -1", 'printf of times'],
  ['[[ -v name ]]', '-v'],
  ['test -v name', '-v'],
  ['echo "${list[@]}"', 'empty list'],
  ['for x in "${list[@]}"; do :; done', 'empty list'],
  ['a=("${list[@]:1}")', 'empty list'],
  ['echo $(echo "${list[@]}")', 'empty list'],
  ['echo $BASHPID', 'BASHPID'],
  ['echo "${EPOCHSECONDS}"', 'EPOCHSECONDS'],
  ['exec {fd}>file', '{name}>'],
  ["echo $'\\u00e9'", 'in $'],
  ['echo {01..10}', 'zeros'],
  ['echo {1..9..2}', 'zeros'],
  ['read -N 3 x', 'read -N'],
  ['read -r -t 0.5 x', 'fractions'],
  ['shopt -s globstar', 'a shell option'],
  ['x=$(declare -A m; echo)', 'associative arrays'],
  ['f() { if a; then b | (c; mapfile x); fi; }', 'mapfile'],
  ['if then', 'syntax'],
];

const allowed = [
  'echo ${list[@]+"${list[@]}"}',
  'a=("${list[@]}") # never empty',
  'echo "${#list[@]}" "${!name}" "${text:1:2}" "${text%,}" "${text//a/b}"',
  'wait "$pid"; printf -v name %s x; read -r -n 1 -d "" x',
  'local -a x; declare -r y=1; export -n z',
  'cmd >>log 2>&1; cmd &>log',
  'case x in a) b ;; *) ;; esac',
  '[[ $x =~ ^a$ && -n $y ]]',
  'list+=(a); text+=b',
  "echo 'mapfile ${x,,} |& ;;&' # coproc",
  "echo $'\\033[0m'",
];

describe('what bash 3.2 lacks', () => {
  test.each(forbidden)('is found in: %s', (source, what) => {
    expect(
      bash32(source)
        .map((f) => f.what)
        .join('; '),
    ).toContain(what);
  });

  test.each(allowed)('is not found in: %s', (source) => {
    expect(bash32(source)).toEqual([]);
  });

  test('names the line', () => {
    expect(bash32('a\nb\nx=${y,,}')).toMatchObject([{ line: 3 }]);
  });

  test('is not in the runtime', () => {
    expect(bash32(readFileSync(runtimeFile, 'utf8'))).toEqual([]);
  });
});

describe('the runtime', () => {
  const source = readFileSync(runtimeFile, 'utf8');

  test('is well-formed', () => {
    execFileSync('bash', ['-n', runtimeFile]);
  });

  const shellcheck = ((): boolean => {
    try {
      execFileSync('bash', ['-c', 'command -v shellcheck']);
      return true;
    } catch {
      return false;
    }
  })();
  test.skipIf(!shellcheck)('leaves shellcheck nothing to say', () => {
    expect(
      execFileSync('bash', ['-c', 'shellcheck -o all "$1"', 'x', runtimeFile], {
        encoding: 'utf8',
      }),
    ).toBe('');
  });

  test('looks at the version before it uses the time of bash 5', () => {
    const lines = source.split('\n');
    const uses = lines.flatMap((l, i) => (l.includes('EPOCHREALTIME') ? [lines[i - 1]] : []));
    expect(uses).toEqual([expect.stringContaining('BASH_VERSINFO[0]} -ge 5')]);
  });

  // bash 5.2 runs a trap that is due while it reads $(…), cannot read the trap's own text there, and loses the signal.
  test('substitutes no command once signals are noted', () => {
    const start = new Set(['_find_here', '_need_tools', '_make_folders']);
    let name = '';
    const found = new Set<string>();
    for (const line of source.split('\n')) {
      name = /^([\w-]+)\(\) \{/.exec(line)?.[1] ?? name;
      if (/\$\([^(]|`[^`]*\$\{/.test(line) && !/^\s*#/.test(line)) found.add(name);
    }
    expect(found).toEqual(start);
  });

  test('knows no system by name, and uses few tools', () => {
    expect(source).not.toMatch(/ktrdr|trading|training/i);
    expect(source.split('\n').slice(0, 3).join('\n')).toContain('Protocol 1');
  });

  test('runs every jq program from constants only', () => {
    // A program is the last argument of _jq, or the first of _jq_ask: one of the constants, or put together from them.
    const programs = [...source.matchAll(/^\s*(?:if )?_jq_ask "([^"]*)"/gm)].map((m) => m[1]);
    for (const program of programs)
      expect(program).toMatch(/^\$\{(_program|_JQ_[A-Z]+(%%FIELD\*)?)\}$/);
  });
});
