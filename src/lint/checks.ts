import type { Command, SyntaxNode } from 'unbash';
import { curlOf } from './curl.ts';
import { jqOf } from '../shell/jq-call.ts';
import { perScript } from '../shell/per-script.ts';
import { above, below, type NodeOf, type Script } from '../shell/script.ts';
import { argsOf, hasOption, nameOf } from '../shell/words.ts';

/** Commands whose exit status says that something is so. */
export function isCheck(script: Script, node: SyntaxNode): boolean {
  switch (node.type) {
    case 'TestCommand':
      return true;
    case 'ArithmeticCommand':
      return /[<>=!]=|[<>]/.test(node.body) && !/(?:\+\+|--|[-+*/%]=)/.test(node.body);
    case 'Pipeline':
      return isCheck(script, node.commands.at(-1) ?? node.commands[0] ?? node);
    case 'Redirected':
      return isCheck(script, node.command);
    case 'Command':
      return isCheckCommand(script, node);
    default:
      return false;
  }
}

function isCheckCommand(script: Script, command: Command): boolean {
  switch (nameOf(command)) {
    case 'test':
    case '[':
      return true;
    case 'jq':
    case 'gojq':
    case 'jaq':
      return jqOf(script, command)?.decides === true;
    case 'grep':
    case 'egrep':
    case 'fgrep':
    case 'rg':
      return isQuietGrep(command) || command.redirects.some(isToNull);
    case 'diff':
    case 'cmp':
      return true;
    case 'curl':
      return curlOf(command)?.fails === true;
    case 'bash':
    case 'sh':
      return asksInside(command);
    default:
      return false;
  }
}

/** `bash -c '… curl …'`: the request is in the text. */
function asksInside(command: Command): boolean {
  const given = argsOf(command).map(({ value }) => value);
  const at = given.findIndex((value) => /^-[a-z]*c$/.test(value));
  return at >= 0 && /\b(?:curl|wget)\b/.test(given[at + 1] ?? '');
}

/** `grep -q` and its kin: only the status is wanted, so it ends at the first match. */
export function isQuietGrep(command: Command): boolean {
  return /^(?:[ef]?grep|rg)$/.test(nameOf(command)) && hasOption(command, 'q', 'quiet', 'silent');
}

function isToNull(redirect: SyntaxNode): boolean {
  return redirect.type === 'Redirect' && redirect.target?.value === '/dev/null';
}

/** Whether a part of the script asks a service or looks at a log. */
export function looksOutside(node: SyntaxNode): boolean {
  return below(node).some(
    (at) =>
      at.type === 'Command' &&
      (/^(?:curl|wget|docker|docker-compose|podman|kubectl|journalctl|psql|ssh|nc)$/.test(
        nameOf(at),
      ) ||
        (/^(?:ba)?sh$/.test(nameOf(at)) && asksInside(at))),
  );
}

/** Whether a node ends the script or function red: `exit 1`, `return 1`, `false`. */
export function isFailing(node: SyntaxNode): boolean {
  return (
    node.type === 'Command' &&
    /^(?:exit|return|false)$/.test(nameOf(node)) &&
    argsOf(node)[0]?.value !== '0'
  );
}

/** What a part of the script prints, when printing is all it does; undefined when it does more. */
export function printedBy(script: Script, node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'Statement':
      return node.background === true ? undefined : printedBy(script, node.command);
    case 'CompoundList': {
      const all = node.commands.map((statement) => printedBy(script, statement));
      return all.length === 0 || all.includes(undefined) ? undefined : all.join('\n');
    }
    case 'BraceGroup':
    case 'Subshell':
      return printedBy(script, node.body);
    case 'Redirected':
      return printedBy(script, node.command);
    case 'Command':
      return printedByCommand(script, node);
    default:
      return undefined;
  }
}

function printedByCommand(script: Script, command: Command): string | undefined {
  const name = nameOf(command);
  // `echo FAIL; exit 0` tells a failure and calls it well.
  if (/^(?:exit|return)$/.test(name))
    return argsOf(command)[0]?.value === '0' ? script.textOf(command) : undefined;
  if (/^(?:echo|printf|cat|:|true)$/.test(name))
    return name === 'cat' && argsOf(command).length > 0 ? undefined : script.textOf(command);
  // A function of the script's own that does nothing but print is a print.
  const own = functionsOf(script).get(name);
  if (name === '' || own === undefined || above(script, command).includes(own)) return undefined;
  return printedBy(script, own.body) === undefined ? undefined : script.textOf(command);
}

/** The functions of a script by name. */
const functionsOf = perScript(
  (script): ReadonlyMap<string, NodeOf<'Function'>> =>
    new Map(script.all('Function').map((node) => [node.name.value, node])),
);

/** The commands of a script by their name. */
export const callsOf = perScript((script): ReadonlyMap<string, readonly Command[]> => {
  const calls = new Map<string, Command[]>();
  for (const command of script.all('Command')) {
    const name = nameOf(command);
    const alike = calls.get(name);
    if (alike === undefined) calls.set(name, [command]);
    else alike.push(command);
  }
  return calls;
});

/** Words by which a script tells that something is wrong, or well. */
export const badNews = /❌|✗|✘|\bfail(?:ed|ure|s)?\b|\bnot ok\b|\berror\b/i;
export const goodNews = /✅|✓|✔|\bpass(?:ed|es)?\b|\bok\b|\bsuccess(?:ful|fully)?\b/i;

/** Whether a node stands in what undoes things at the end: there nothing is checked any more. */
export function isCleanup(script: Script, node: SyntaxNode): boolean {
  const cleanups = cleanupsOf(script);
  return cleanups.size > 0 && above(script, node).some((at) => cleanups.has(at));
}

const cleanupsOf = perScript((script): ReadonlySet<SyntaxNode> => {
  const trapped = new Set(
    script
      .all('Command')
      .filter((command) => nameOf(command) === 'trap')
      .flatMap((command) => argsOf(command)[0]?.value.match(/[\w-]+/g) ?? []),
  );
  return new Set(
    script
      .all('Function')
      .filter(
        ({ name: { value } }) =>
          trapped.has(value) || /clean|teardown|tear_down|restore|undo|^on_exit$/i.test(value),
      ),
  );
});
