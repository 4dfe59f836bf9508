import { callsOf, isCheck, isCleanup, isFailing, looksOutside } from '../checks.ts';
import {
  asksForBound,
  conditionsOf,
  countersOf,
  isBounded,
  isLoop,
  judges,
  leavingsOf,
  pollsOf,
  type Loop,
} from '../loops.ts';
import type { Rule } from '../rule.ts';
import { above, below, type NodeOf, type Script } from '../../shell/script.ts';
import { following, statusUse } from '../status.ts';
import { argsOf, literalOf, nameOf, variablesRead, variablesSet } from '../../shell/words.ts';

/** Rules on waiting. */
export const pollRules: readonly Rule[] = [
  {
    code: 'poll-falls-through',
    severity: 'error',
    reason:
      'the loop ends without the state that it waited for, and the script goes on as if it had come',
    cure: 'look once more behind the loop: `[ "$state" = completed ] || exit 1`',
    find: (script) =>
      pollsOf(script)
        .filter((loop) => isBounded(script, loop) && fallsThrough(script, loop))
        .map((loop) => ({
          node: loop,
          message: 'when its rounds are over, what follows takes the state for reached',
          nearest: askAgain(script, loop),
        })),
  },
  {
    code: 'poll-never-ends',
    severity: 'error',
    reason: 'a state that never comes keeps the script waiting for ever',
    cure: 'count the rounds or the seconds, and fail when they are over: `[ "$SECONDS" -lt 60 ] || exit 1`',
    find: (script) =>
      pollsOf(script)
        .filter((loop) => !isBounded(script, loop) && !isTimed(script, loop))
        .map((loop) => ({
          node: loop,
          message: 'nothing bounds this wait',
          nearest: '[ "$SECONDS" -lt 60 ] || { echo "timed out" >&2; exit 1; }',
        })),
  },
  {
    code: 'fixed-sleep',
    severity: 'error',
    reason:
      'a fixed time is too short on a slow machine (a false red) and lost on a fast one; a poll is neither',
    cure: 'ask again and again, with a bound, and go on as soon as the state is there',
    find: (script) =>
      script
        .all('Command')
        .filter((command) => nameOf(command) === 'sleep' && isFixed(script, command))
        .map((command) => ({
          node: command,
          message: 'this waits for a time, not for a state',
          nearest:
            'for _ in $(seq 30); do curl -sf "$URL" | jq -e .ready >/dev/null && break; sleep 1; done',
        })),
  },
];

/** Whether the end of its rounds looks the same as the coming of the state. */
function fallsThrough(script: Script, loop: Loop): boolean {
  const counters = countersOf(script, loop);
  const leavings = leavingsOf(script, loop);
  const asksInClause = loop.type === 'While' && looksOrReads(loop);
  const inRounds = leavings.some(
    ({ by, node }) =>
      by === 'failure' && asksForBound(script, conditionsOf(script, node, loop), counters),
  );
  if (inRounds || statusUse(script, loop) === 'tested') return false;
  const rest = following(script, loop);
  // It waited for a process to go, and does away with it or takes its status.
  if (
    rest.some((statement) => below(statement).some((node) => /^(?:kill|wait)$/.test(nameOf(node))))
  )
    return false;
  const leavesDone = leavings.some(({ by }) => by === 'success');
  if (leavings.some(({ by }) => by === 'break') || (asksInClause && !leavesDone)) {
    // What a function of the script's own sets is known by what the loop is left for.
    const asked = leavings.flatMap(({ node }) => conditionsOf(script, node, loop));
    const names = new Set([
      ...variablesSet(loop),
      ...counters,
      ...asked.flatMap((condition) => [...variablesRead(condition)]),
    ]);
    return !rest.some(
      (statement) => judges(script, statement, names) || asksAnew(script, statement),
    );
  }
  // Left by `return 0` only: what follows is the way of those that waited in vain.
  return (
    leavesDone &&
    !rest.some((statement) => below(statement).some(isFailing) || canFail(script, statement))
  );
}

/** A loop whose clause asks for more than a count. */
function looksOrReads(loop: NodeOf<'While'>): boolean {
  const text = below(loop.clause);
  return (
    text.some((node) => node.type === 'Command' && looksOutside(node)) ||
    [...variablesRead(loop.clause)].some((name) => variablesSet(loop.body).has(name))
  );
}

function asksAnew(script: Script, statement: NodeOf<'Statement'>): boolean {
  return below(statement).some((node) => node.type === 'Pipeline' && isCheck(script, node));
}

/** A function or program that is called last may well fail: what it does is not known here. */
function canFail(script: Script, statement: NodeOf<'Statement'>): boolean {
  return below(statement).some(
    (node) =>
      isCheck(script, node) ||
      (node.type === 'Command' && /fail|die|abort|error|bail/i.test(nameOf(node))),
  );
}

function askAgain(script: Script, loop: Loop): string {
  const [leaving] = leavingsOf(script, loop);
  const [asked] = leaving === undefined ? [] : conditionsOf(script, leaving.node, loop);
  return `${asked === undefined ? '[ "$state" = completed ]' : script.textOf(asked).trim().replace(/;$/, '')} || exit 1`;
}

/** Run under `timeout`, or in the background to be ended by the script. */
function isTimed(script: Script, loop: Loop): boolean {
  return above(script, loop).some((node) => node.type === 'Statement' && node.background === true);
}

function isFixed(script: Script, command: NodeOf<'Command'>): boolean {
  const [time] = argsOf(command);
  const seconds = time && literalOf(script, time);
  // A moment of less than a second is a pause between two looks.
  if (seconds !== undefined && Number(seconds.replace(/s$/, '')) < 1) return false;
  const around = above(script, command);
  if (around.some((node) => isLoop(node)))
    return isIdle(
      script,
      around.find((node) => isLoop(node)),
    );
  if (around.some((node) => node.type === 'Statement' && node.background === true)) return false;
  const own = around.find((node) => node.type === 'Function');
  return (
    !isCleanup(script, command) && !(own !== undefined && isCalledInLoop(script, own.name.value))
  );
}

/** A loop that does nothing but sleep waits for a fixed time too. */
function isIdle(script: Script, loop: Loop | undefined): boolean {
  return (
    loop !== undefined &&
    loop.type !== 'While' &&
    below(loop.body).every(
      (node) => node.type !== 'Command' || /^(?:sleep|echo|printf|:)$/.test(nameOf(node)),
    ) &&
    !below(loop.body).some((node) => isCheck(script, node))
  );
}

function isCalledInLoop(script: Script, name: string): boolean {
  const calls = callsOf(script).get(name) ?? [];
  return calls.some((command) => above(script, command).some(isLoop));
}
