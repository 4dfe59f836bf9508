import type { SyntaxNode } from 'unbash';
import { isCheck, isCleanup } from '../checks.ts';
import { curlOf, type Curl } from '../curl.ts';
import type { Rule } from '../rule.ts';
import { perScript } from '../../shell/per-script.ts';
import { above, type Script } from '../../shell/script.ts';
import { statusUse } from '../status.ts';
import { nameOf, wordsOf } from '../../shell/words.ts';

/** Rules on what a script takes for a reply. */
export const replyRules: readonly Rule[] = [
  {
    code: 'status-ignored',
    severity: 'error',
    reason:
      'curl ends with 0 whatever the service answers, so an HTTP 500 with a good-looking body passes',
    cure: 'let it fail with `curl -f`, or take the status with `-w "%{http_code}"` and compare it',
    find: (script) =>
      calls(script)
        .filter((curl) => !curl.fails && !curl.showsStatus)
        .filter(({ command }) => !isCleanup(script, command) && isBelieved(script, command))
        .filter(({ command }) => !isPuttingAway(script, command))
        .map(({ command }) => ({
          node: command,
          message: 'nobody looks at the HTTP status of this reply',
          nearest: withFail(script, command),
        })),
  },
  {
    code: 'fail-with-body-old-curl',
    severity: 'warning',
    reason:
      'curl knows --fail-with-body from 7.76 (2021) on; an older one ends with 2 before it asks anything, which looks like a refusal',
    cure: 'use `-f`, or write the body to a file and take the status with `-w "%{http_code}"`',
    find: (script) =>
      calls(script)
        .filter((curl) => curl.failsWithBody)
        .map(({ command }) => ({
          node: command,
          message: 'an older curl has no --fail-with-body',
          nearest: script.textOf(command).replace('--fail-with-body', '--fail'),
        })),
  },
];

function calls(script: Script): readonly Curl[] {
  return script.all('Command').flatMap((command) => curlOf(command) ?? []);
}

/** Whether the script goes by the reply or by its coming: what is printed for a person only, or tried in vain, is not believed. */
function isBelieved(script: Script, command: SyntaxNode): boolean {
  const use = statusUse(script, command);
  if (use === 'background') return false;
  if (use === 'tested') return !isGivenUp(script, command);
  return true;
}

/** `curl -X DELETE` as the last thing of a script that has judged before, its reply kept nowhere: it puts away what the script made. */
function isPuttingAway(script: Script, command: Curl['command']): boolean {
  const text = script.textOf(command);
  if (!/(?:-X|--request)[ =]?["']?DELETE\b|\/cancel\b|\/stop\b/.test(text)) return false;
  if (above(script, command).some(({ type }) => type === 'CommandExpansion')) return false;
  const [judged, last] = [firstCheck(script), lastRequest(script)];
  return judged !== undefined && judged < script.offset(command) && last === command;
}

const firstCheck = perScript((script): number | undefined => {
  const first = script.nodes.find((node) => isCheck(script, node) && nameOf(node) !== 'curl');
  return first && script.offset(first);
});

/** The last command that asks or judges. */
const lastRequest = perScript((script) =>
  script
    .all('Command')
    .findLast((command) => curlOf(command) !== undefined || isCheck(script, command)),
);

/** `curl … || true`: it is said that nothing depends on it, and another rule asks whether that may be. */
function isGivenUp(script: Script, node: SyntaxNode): boolean {
  return above(script, node).some(
    (at) =>
      at.type === 'AndOr' &&
      at.operators.at(-1) === '||' &&
      /^(?:true|:)$/.test(script.textOf(at.commands.at(-1) ?? at)),
  );
}

function withFail(script: Script, command: Curl['command']): string {
  const name = wordsOf(command)[0];
  const text = script.textOf(command);
  if (name === undefined) return text;
  const at = name.end - command.pos;
  const rest = text.slice(at);
  const bundled = /^(\s+-)([sSLkgG]+)(?=\s|$)/.exec(rest);
  return bundled === null
    ? `${text.slice(0, at)} -f${rest}`
    : `${text.slice(0, at)}${bundled[1]}${bundled[2]}f${rest.slice(bundled[0].length)}`;
}
