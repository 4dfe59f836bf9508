import type { SyntaxNode } from 'unbash';
import { capturesOf, isNullSeen, lastReads, readDirectly, type Capture } from '../captures.ts';
import { isCleanup } from '../checks.ts';
import { jqCalls, type JqCall } from '../../shell/jq-call.ts';
import { allParts, callsOf, type Jq } from '../../shell/jq/program.ts';
import type { Rule } from '../rule.ts';
import { grouped } from '../grouped.ts';
import { perScript } from '../../shell/per-script.ts';
import { above, type Script } from '../../shell/script.ts';
import { argsOf, nameOf, quoted } from '../../shell/words.ts';

const idName = /(?:^|_)(?:id|uuid|token|key|op|task|job)$|[a-z]I[dD]$/i;

/** Rules on whose id it is that a script goes on with. */
export const idRules: readonly Rule[] = [
  {
    code: 'null-as-id',
    severity: 'error',
    reason:
      'jq -r prints "null" for a field that is missing, and the script goes on with that as an id',
    cure: 'let jq fail: `jq -er .id` (under `set -e`), or `.id // error("no id")`',
    find: (script) =>
      capturesOf(script)
        .filter((capture) => isId(capture) && capture.isUnsure)
        .filter((capture) => !isNullSeen(script, capture) && isUsed(script, capture))
        .map(({ name, assignment, jq }) => ({
          node: assignment,
          message: `$${name} is "null" when the reply has none, and nothing notices`,
          nearest: `jq -er ${quoted(jq.text)}`,
        })),
  },
  {
    code: 'somebody-elses-latest',
    severity: 'error',
    reason:
      'the first, the last or the newest of a list may belong to another run that goes on at the same time',
    cure: 'take the id from the reply that started it, or find it by a value that only this run has',
    find: (script) => [
      ...jqCalls(script)
        .filter(
          ({ command, program }) =>
            !isCleanup(script, command) && isPick(program) && isTaken(script, command),
        )
        .map((call) => ({
          node: call.word ?? call.command,
          message: 'this takes whatever stands there, whoever started it',
          nearest: nearestPick(call),
        })),
      ...script
        .all('Pipeline')
        .filter((pipeline) => {
          const [first, next] = pipeline.commands;
          return (
            first?.type === 'Command' &&
            nameOf(first) === 'ls' &&
            argsOf(first).some(({ value }) => /^-[a-zA-Z1]*t/.test(value)) &&
            next?.type === 'Command' &&
            /^(?:head|tail)$/.test(nameOf(next)) &&
            isTaken(script, pipeline)
          );
        })
        .map((node) => ({
          node,
          message: 'the newest file may be that of another run',
          nearest: 'name the file by the id of this run, or compare it with what was there before',
        })),
    ],
  },
];

/** Whether a script goes on with what a command gives: what is only printed, or compared, belongs to whom it may. */
function isTaken(script: Script, node: SyntaxNode): boolean {
  const around = above(script, node);
  const kept = around.find(({ type }) => type === 'Assignment');
  if (kept?.type !== 'Assignment') return around.some(({ type }) => type === 'CommandExpansion');
  const readers = readersOf(script).get(kept.name) ?? [];
  return readers.length === 0 || !readers.every((one) => isOnlySeen(script, one));
}

const readersOf = perScript((script) =>
  grouped(
    [
      ...script.all('Command'),
      ...script.all('TestCommand'),
      ...script.all('ArithmeticCommand'),
    ].flatMap((node) => [...readDirectly(node)].map((name) => [name, node] as const)),
  ),
);

/** A print or a comparison. */
function isOnlySeen(script: Script, node: SyntaxNode): boolean {
  return /^(?:echo|printf|\[|test)$/.test(nameOf(node))
    ? !above(script, node).some(({ type }) => type === 'CommandExpansion')
    : node.type !== 'Command';
}

function isId({ name, jq: { program } }: Capture): boolean {
  if (program === undefined) return false;
  const last = allParts(program).find((node) => node.kind === 'field');
  return idName.test(name) || (last?.kind === 'field' && idName.test(last.name));
}

function isUsed(script: Script, { name, assignment }: Capture): boolean {
  return (lastReads(script).get(name) ?? -1) > script.offset(assignment);
}

/** An id of one element of a list, taken by its place and not by what it is. */
function isPick(program: Jq | undefined): boolean {
  if (program === undefined) return false;
  const takesId = allParts(program).some(
    (node) => node.kind === 'field' && /(?:^|_)id$|Id$/.test(node.name),
  );
  const byPlace = allParts(program).some(
    (node) =>
      (node.kind === 'index' && isEnd(node.index)) ||
      (node.kind === 'call' && /^(?:first|last|max_by|min_by)$/.test(node.name)),
  );
  return takesId && byPlace && callsOf(program, ['select', 'IN', 'index']).length === 0;
}

function isEnd(index: Jq): boolean {
  return (
    (index.kind === 'literal' && index.value === 0) ||
    (index.kind === 'negative' && index.of.kind === 'literal' && index.of.value === 1)
  );
}

function nearestPick({ text }: JqCall): string {
  const list = /^[^[|]*/.exec(text)?.[0].trim() ?? '.';
  return `${list === '' ? '.' : list} | map(select(.name == $mine)) | if length == 1 then .[0].id else error("not one") end`;
}
