import { takenBy } from '../scenario/steps.ts';
import type { Resolved } from '../scenario/model.ts';
import { fieldOf, type Captures } from './conditions.ts';
import type { Reply } from './reply.ts';

/**
 * What looks at logs took in the run without faults, told by the replies: the value of the first field that a check compares with
 * it. No log is played again when faults are thought out, and without these no point behind such a check could be reached.
 */
export function takenFromLogs(
  scenario: Resolved,
  lastReply: (name: string) => Reply | undefined,
): Captures {
  const acts = scenario.steps.flatMap((step) => step.acts);
  const taken = acts.flatMap((act) => {
    const capture = takenBy(act);
    return capture === undefined ? [] : [capture];
  });
  return Object.fromEntries(
    taken.flatMap((capture) => {
      for (const act of acts) {
        if (act.kind !== 'check' && act.kind !== 'guard') continue;
        const term = act.condition
          .flat()
          .find(({ comparisons }) =>
            comparisons.some(({ name, value }) => name === 'same-as' && value === capture),
          );
        const reply = term && lastReply(act.reply);
        const value = reply && fieldOf(reply, term.field);
        if (typeof value === 'string' || typeof value === 'number') return [[capture, value]];
      }
      return [];
    }),
  );
}
