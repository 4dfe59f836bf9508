import type { SyntaxNode } from 'unbash';
import { isCleanup } from '../checks.ts';
import { curlOf, type Curl } from '../curl.ts';
import type { Rule } from '../rule.ts';
import { above, type Script } from '../../shell/script.ts';
import { statusUse } from '../status.ts';
import { wordsOf } from '../../shell/words.ts';

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
