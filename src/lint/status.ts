import type { Statement, SyntaxNode } from 'unbash';
import { perScript } from '../shell/per-script.ts';
import { above, type Script } from '../shell/script.ts';
import { argsOf, nameOf } from '../shell/words.ts';

/**
 * Where the exit status of a command goes: into a decision (`tested`), through a pipe to the next command (`piped`), with the output of
 * a substitution (`captured`), out of the script or function as its own (`last`), nowhere but to `set -e` (`bare`), or nowhere.
 */
export type StatusUse = 'tested' | 'piped' | 'captured' | 'last' | 'bare' | 'background';

/** What becomes of a command's exit status. */
export function statusUse(script: Script, node: SyntaxNode): StatusUse {
  const parent = script.parent(node);
  if (parent === undefined) return 'last';
  switch (parent.type) {
    case 'Pipeline':
      return parent.commands.at(-1) === node ? statusUse(script, parent) : 'piped';
    case 'AndOr':
      return parent.commands.at(-1) === node ? statusUse(script, parent) : 'tested';
    case 'Statement':
      return parent.background === true ? 'background' : statusUse(script, parent);
    case 'CompoundList':
      return inList(script, parent, node);
    case 'Script':
      if (parent.commands.at(-1) !== node) return 'bare';
      return script.parent(parent) === undefined ? 'last' : 'captured';
    case 'Function':
      return 'last';
    default:
      return statusUse(script, parent);
  }
}

function inList(
  script: Script,
  list: SyntaxNode & { readonly type: 'CompoundList' },
  node: SyntaxNode,
): StatusUse {
  const owner = script.parent(list);
  if (owner === undefined) return 'bare';
  const isClause =
    (owner.type === 'If' || owner.type === 'Elif' || owner.type === 'While') &&
    owner.clause === list;
  if (list.commands.at(-1) !== node) return 'bare';
  if (isClause) return 'tested';
  // The status of a loop's round is lost unless it is the last round's.
  if (/^(?:For|ArithmeticFor|While|Select)$/.test(owner.type)) return 'bare';
  return owner.type === 'Elif'
    ? statusUse(script, script.parent(owner) ?? owner)
    : owner.type === 'CaseItem'
      ? statusUse(script, script.parent(owner) ?? owner)
      : owner.type === 'Function'
        ? 'last'
        : statusUse(script, owner);
}

/** Whether `set -e` is suspended here, because something above is a condition or is negated. */
export function isSuspended(script: Script, node: SyntaxNode): boolean {
  return [node, ...above(script, node)].some((at) => {
    if (at.type === 'Pipeline' && at.prefixes.some(({ type }) => type === 'Negation')) return true;
    const parent = script.parent(at);
    if (parent?.type === 'AndOr') return parent.commands.at(-1) !== at;
    return (
      (parent?.type === 'If' || parent?.type === 'Elif' || parent?.type === 'While') &&
      parent.clause === at
    );
  });
}

/** Options of the shell that decide what a failing command does. */
export type ShellOption = 'errexit' | 'pipefail';

interface Toggle {
  readonly at: number;
  readonly option: ShellOption;
  readonly on: boolean;
}

/** Whether an option is set where a node stands: the last `set` before it decides, else the first line. */
export function isSet(script: Script, option: ShellOption, node: SyntaxNode): boolean {
  const at = script.offset(node);
  const last = togglesOf(script).findLast((toggle) => toggle.option === option && toggle.at <= at);
  return last?.on ?? (option === 'errexit' && /^#!.*\b(?:ba)?sh.*\s-[a-zA-Z]*e/.test(script.text));
}

const togglesOf = perScript((script): readonly Toggle[] =>
  script.all('Command').flatMap((command) => {
    if (nameOf(command) !== 'set') return [];
    const at = script.offset(command);
    const given = argsOf(command).map(({ value }) => value);
    return given.flatMap((value, index): readonly Toggle[] => {
      const on = value.startsWith('-');
      const long = /^[-+][a-zA-Z]*o$/.test(value) ? given[index + 1] : undefined;
      return [
        { option: 'errexit' as const, is: long === 'errexit' || /^[-+][a-zA-Z]*e/.test(value) },
        { option: 'pipefail' as const, is: long === 'pipefail' },
      ].flatMap(({ option, is }) => (is ? [{ at, option, on }] : []));
    });
  }),
);

/** The statement that holds a node. */
function statementOf(script: Script, node: SyntaxNode): Statement | undefined {
  return [node, ...above(script, node)].find((at): at is Statement => at.type === 'Statement');
}

/** Where a statement stands in its list. */
function placeOf(script: Script, statement: Statement): number {
  return placesOf(script).get(statement) ?? -1;
}

const placesOf = perScript(
  (script): ReadonlyMap<SyntaxNode, number> =>
    new Map(
      [...script.all('CompoundList'), ...script.all('Script')].flatMap(({ commands }) =>
        commands.map((statement, place) => [statement, place] as const),
      ),
    ),
);

/** What is done after a statement: the rest of its list, then of the lists around it, up to the function or script. */
export function following(script: Script, node: SyntaxNode): readonly Statement[] {
  const statement = statementOf(script, node);
  if (statement === undefined) return [];
  const list = script.parent(statement);
  if (list?.type !== 'CompoundList' && list?.type !== 'Script') return [];
  const place = placeOf(script, statement);
  // What is looked at only far behind is looked at too late; and a script of many loops is read in a reasonable time.
  const rest = list.commands.slice(place + 1, place + 1 + 50);
  const owner = script.parent(list);
  if (list.type === 'Script' || owner === undefined || owner.type === 'Function') return rest;
  return [...rest, ...following(script, owner)];
}
