import type { Act } from './acts.ts';
import type { Step } from './model.ts';

/** What an outcome looks at: the answer to a request, the last look at the state, or the end of a command. */
export type ReplyKind = 'request' | 'look' | 'cli';

/** An act that gives a reply. */
export type Giver = Extract<
  Act,
  { kind: 'request' | 'poll' | 'hold' | 'follow' | 'cli' | 'collect' | 'ui' }
>;

/**
 * The name of the reply to look at: the one named by `of`; else the preferred one, if it is there; else the first request, the last
 * look at the state (of what the scenario is about, not of a second one that it starts), or the first command.
 */
export function replyOf(
  steps: readonly Step[],
  of: string | undefined,
  kind: ReplyKind,
  preferred?: string,
): string | undefined {
  if (of !== undefined) return replyNames(steps).find((reply) => reply === of);
  const acts = steps.filter(({ added }) => added === undefined).flatMap((one) => one.acts);
  const givers = acts.filter(isGiver);
  if (preferred !== undefined && givers.some((act) => act.reply === preferred)) return preferred;
  if (kind === 'look') {
    const first = acts.findIndex((act) => act.kind === 'request' && act.reply === 'again');
    const before = first < 0 ? acts : acts.slice(0, first);
    return before.filter(isGiver).findLast((act) => ['poll', 'hold', 'follow'].includes(act.kind))
      ?.reply;
  }
  return givers.find((act) => act.kind === kind || (kind === 'cli' && act.kind === 'collect'))
    ?.reply;
}

/** The names of all replies, each once. */
export function replyNames(steps: readonly Step[]): readonly string[] {
  const names = steps.flatMap(({ acts }) => acts.filter(isGiver).map(({ reply }) => reply));
  return [...new Set(names)];
}

/** Whether an act gives the reply of this name. */
export function gives(act: Act, reply: string): boolean {
  return isGiver(act) && act.reply === reply;
}

function isGiver(act: Act): act is Giver {
  return ['request', 'poll', 'hold', 'follow', 'cli', 'collect', 'ui'].includes(act.kind);
}
