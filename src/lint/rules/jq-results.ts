import { isCleanup } from '../checks.ts';
import { jqCalls, type JqCall } from '../../shell/jq-call.ts';
import { companions, isDecision, isReceived } from '../../shell/jq/kinds.ts';
import { allParts, callsOf, lastField, type Jq } from '../../shell/jq/program.ts';
import { lineWithin } from '../place.ts';
import type { Rule } from '../rule.ts';
import { stateName } from '../states.ts';
import { above, type Script } from '../../shell/script.ts';
import { statusUse } from '../status.ts';

/** Rules on what a jq program says, and whether anybody hears it. */
export const resultRules: readonly Rule[] = [
  {
    code: 'no-jq-e',
    severity: 'error',
    reason: 'jq prints false and ends with 0, so what it says has no effect',
    cure: 'use `jq -e`, with which false and null end with 1',
    find: (script) =>
      jqCalls(script)
        .filter((call) => !call.decides && !call.alone && isUnheard(script, call))
        .map((call) => ({
          node: call.command,
          message: 'jq ends with 0 here whether this is true or false',
          nearest: script.textOf(call.command).replace(/^(\S*jq)\b/, '$1 -e'),
        })),
  },
  {
    code: 'vacuous-all',
    severity: 'error',
    reason: 'what is said of all elements is true of an empty list',
    cure: 'ask for the length too: `length > 0 and all(…)`',
    find: (script) =>
      jqCalls(script).flatMap((call) =>
        vacuousIn(call.program).map(({ node, instead }) => ({
          node: call.word ?? call.command,
          lines: lineWithin(script, call, node.pos),
          message: 'an empty list passes this',
          nearest: instead(call.text.slice(node.pos, node.end)),
        })),
      ),
  },
  {
    code: 'contains-substring',
    severity: 'error',
    reason: 'contains looks for a part of a text: "not completed" contains "completed"',
    cure: 'compare the whole: `.status == "completed"`',
    find: (script) =>
      jqCalls(script).flatMap((call) =>
        partialIn(call.program).map(({ node, word }) => ({
          node: call.word ?? call.command,
          lines: lineWithin(script, call, node.pos),
          message: `a text with ${JSON.stringify(word)} somewhere in it passes this`,
          nearest: `== ${JSON.stringify(word)}`,
        })),
      ),
  },
];

/** A decision that is neither asked for by `-e` nor read by whatever takes the output. */
function isUnheard(script: Script, { command, program }: JqCall): boolean {
  if (isCleanup(script, command)) return false;
  const use = statusUse(script, command);
  const isCaptured = above(script, command).some(
    ({ type }) => type === 'CommandExpansion' || type === 'ProcessSubstitution',
  );
  if (use === 'tested' && !isCaptured && program !== undefined) {
    // `if jq '.a' file >/dev/null` may ask whether the file is JSON at all.
    return !(program.kind === 'identity' || callsOf(program, ['empty', 'error']).length > 0);
  }
  if (use === 'piped' || isCaptured) return false;
  if (command.redirects.some((redirect) => redirect.type === 'Redirect' && writes(redirect)))
    return false;
  return program !== undefined && isDecision(program);
}

function writes(redirect: {
  readonly operator: string;
  readonly target: { readonly value: string } | undefined;
}): boolean {
  return redirect.operator.startsWith('>') && redirect.target?.value !== '/dev/null';
}

interface Vacuous {
  readonly node: Jq;
  instead(text: string): string;
}

function vacuousIn(program: Jq | undefined): readonly Vacuous[] {
  if (program === undefined) return [];
  return allParts(program).flatMap((node): readonly Vacuous[] => {
    if (isCountingBad(node)) return [{ node, instead: (text) => `length > 0 and (${text})` }];
    if (node.kind !== 'call' || node.name !== 'all' || isKnownFull(program, node)) return [];
    const source = node.args.length === 2 ? node.args[0] : undefined;
    return [
      {
        node,
        instead: (text) =>
          source === undefined ? `length > 0 and ${text}` : `any(…; true) and ${text}`,
      },
    ];
  });
}

/** `map(select(.x != "ok")) | length == 0`: the same in other words. */
function isCountingBad(node: Jq): boolean {
  return (
    node.kind === 'binary' &&
    node.op === '|' &&
    node.right.kind === 'binary' &&
    node.right.op === '==' &&
    callsOf(node.right.left, ['length']).length > 0 &&
    node.right.right.kind === 'literal' &&
    node.right.right.value === 0 &&
    callsOf(node.left, ['select']).some((select) =>
      select.args.some((arg) =>
        allParts(arg).some(
          (at) =>
            (at.kind === 'binary' && at.op === '!=') || (at.kind === 'call' && at.name === 'not'),
        ),
      ),
    )
  );
}

/** Whether something says that there are elements. */
function isKnownFull(program: Jq, node: Jq): boolean {
  return companions(program, node).some(
    (part) =>
      callsOf(part, ['length', 'any', 'isempty']).length > 0 ||
      allParts(part).some(
        (at) =>
          at.kind === 'binary' &&
          (at.op === '!=' || at.op === '==') &&
          [at.left, at.right].some((side) => side.kind === 'list'),
      ),
  );
}

const searching = ['contains', 'test', 'match', 'index', 'startswith', 'endswith'];
const messages = /(?:error|message|msg|detail|reason|text|description|output|body|title|log)s?$/i;

/** Texts of one word, searched for where a whole value is meant; in a message a part is what one looks for. */
function partialIn(program: Jq | undefined): readonly { node: Jq; word: string }[] {
  if (program === undefined) return [];
  return callsOf(program, searching).flatMap((call) => {
    const sought = call.args[0];
    if (sought?.kind !== 'literal' || typeof sought.value !== 'string') return [];
    const name = lastName(program, call);
    if (!/^\w[\w-]*$/.test(sought.value) || name === undefined || messages.test(name)) return [];
    // The beginning of an id or a path may be meant; that of a state isn't.
    if (call.name !== 'contains' && call.name !== 'test' && !stateName.test(name)) return [];
    return [{ node: call, word: sought.value }];
  });
}

/**
 * The last field before a call in its pipe, such as `status` in `.data.status | contains("x")`. Undefined where nothing received is
 * asked, or where elements of a list are sought by their name: `select(contains("x"))`.
 */
function lastName(program: Jq, call: Jq): string | undefined {
  const piped = allParts(program).find(
    (at): at is Jq & { kind: 'binary' } =>
      at.kind === 'binary' && at.op === '|' && at.right.pos <= call.pos && call.end <= at.right.end,
  );
  if (callsOf(program, ['select']).some(({ args }) => args[0] === call)) return undefined;
  const before = lastField(piped?.left ?? program, call.pos);
  return before !== undefined && isReceived(before) ? before.name : undefined;
}
