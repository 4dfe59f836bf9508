import type * as z from 'zod';
import type { outcomeShapes } from '../answers/schema.ts';
import { databaseStepOf } from './database.ts';
import { nearest } from '../nearest.ts';
import { bindAnyOf } from './alternatives.ts';
import { allOf, inWords, same } from './condition.ts';
import type { Context } from './context.ts';
import { knownCaptures } from './extra-sending.ts';
import type { Act, CheckAct, Condition } from './acts.ts';
import type { Step } from './model.ts';
import {
  atOf,
  cliCondition,
  fileStepOf,
  logStepOf,
  placeOf,
  responseCondition,
  type Wanted,
} from './observations.ts';
import { refuseUnknownCaptures } from './named-captures.ts';
import { pageReply } from './page.ts';
import { pageOutcome, requestsFirst } from './page-outcome.ts';
import { step } from './playbooks/parts.ts';
import { gives, replyNames, replyOf } from './replies.ts';
import { append, capturedIn, freshId } from './steps.ts';

type StateOutcome = z.infer<typeof outcomeShapes.state>;

/** The steps with a point for each outcome, bound to the reply that it speaks of; those already checked are not doubled. */
export function bindOutcomes(
  context: Context,
  steps: readonly Step[],
  wanted: readonly Wanted[],
): readonly Step[] {
  let bound = steps;
  for (const one of wanted) bound = bind(context, bound, one);
  return bound;
}

function bind(context: Context, steps: readonly Step[], wanted: Wanted): readonly Step[] {
  const { outcome } = wanted;
  refuseUnknownCaptures(context, steps, wanted);
  if ('response' in outcome)
    return bindReply(context, steps, wanted, responseCondition(outcome.response), 'response');
  if ('state' in outcome) return bindState(context, steps, wanted, outcome.state);
  if ('cli' in outcome) return bindReply(context, steps, wanted, cliCondition(outcome.cli), 'cli');
  if ('ui' in outcome) {
    const seen = pageOutcome(context, steps, wanted, outcome.ui);
    return requestsFirst(
      seen.checks.reduce(
        (all, { text, condition }) =>
          addCheck(context, all, { text, ...wanted }, pageReply, condition),
        seen.steps,
      ),
    );
  }
  if ('log' in outcome) return append(steps, 'Read the logs', logStepOf(context, wanted));
  if ('file' in outcome)
    return append(steps, 'Look at the files', fileStepOf(context, wanted, outcome.file, steps));
  if ('database' in outcome)
    return append(
      steps,
      'Ask the database',
      databaseStepOf(context, wanted, outcome.database, steps),
    );
  if ('anyOf' in outcome) return bindAnyOf(context, steps, { ...wanted, outcome });
  const text = typeof outcome.manual === 'string' ? outcome.manual : outcome.manual.text;
  return append(
    steps,
    'Look with your own eyes',
    step('Look with your own eyes', 'person', 'what no machine decides', [
      { kind: 'manual', id: freshId(steps, wanted.id ?? 'manual'), text },
    ]),
  );
}

function bindReply(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  condition: Condition,
  kind: 'response' | 'cli',
): readonly Step[] {
  const reply = replyOf(
    steps,
    placeOf(wanted).of,
    kind === 'cli' ? 'cli' : 'request',
    mainReply(context),
  );
  if (reply === undefined) return refuseReply(context, steps, wanted, kind);
  return addCheck(context, steps, wanted, reply, condition);
}

function bindState(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  state: StateOutcome,
): readonly Step[] {
  const { operation, scenario } = context;
  const reply = replyOf(steps, placeOf(wanted).of, 'look');
  if (reply === undefined) return refuseReply(context, steps, wanted, 'state');
  const condition = allOf([state]);
  if (!operation || state.path !== operation.state.path || placeOf(wanted).of !== undefined) {
    return addCheck(context, steps, wanted, reply, condition);
  }
  const reached = {
    smoke: operation.state.completed,
    progress: operation.state.completed,
    integration: operation.state.completed,
    error: operation.state.failed,
    cancellation: operation.cancellation.allowed.flatMap((alternative) =>
      alternative
        .filter(({ path }) => path === operation.state.path)
        .map(({ equals }) => String(equals)),
    ),
  }[scenario.answers.category];
  const named = state.in ?? (state.equals === undefined ? undefined : [state.equals]);
  if (named === undefined) return addCheck(context, steps, wanted, reply, condition);
  if (named.some((one) => typeof one === 'string' && reached.includes(one))) return steps;
  context.problems.push({
    path: `${wanted.path}.state`,
    message: `a scenario of category ${scenario.answers.category} ends with ${state.path} ${reached.join(' or ')}, so it can't be ${named.map(String).join(' or ')}`,
    expected: `state: { path: ${state.path}, in: [${reached.join(', ')}] }`,
  });
  return steps;
}

function refuseReply(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  kind: string,
): readonly Step[] {
  const { of } = placeOf(wanted);
  const replies = replyNames(steps);
  const close = of === undefined ? undefined : nearest(of, replies);
  context.problems.push({
    path: wanted.path,
    message:
      of === undefined
        ? `nothing in this scenario gives a ${kind} to look at, so the outcome can't be bound to a check`
        : `there is no ${kind} named ${JSON.stringify(of)} in this scenario`,
    expected: replies.length === 0 ? 'another kind of outcome' : `of: one of ${replies.join(', ')}`,
    ...(close === undefined ? {} : { nearest: close }),
  });
  return steps;
}

/** The reply that an outcome speaks of when it doesn't say. */
function mainReply(context: Context): string | undefined {
  const { endpoint, operation } = context;
  return operation && endpoint?.name === operation.cancel ? 'cancel' : undefined;
}

function addCheck(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  reply: string,
  condition: Condition,
): readonly Step[] {
  if (condition.every((terms) => terms.every(({ comparisons }) => comparisons.length === 0))) {
    context.problems.push({
      path: wanted.path,
      message: 'names a field but not what must hold of it',
      expected: 'a comparator such as equals: completed, exists: true or gte: 1',
    });
    return steps;
  }
  const at = steps.findLastIndex(({ acts }) => acts.some((act) => gives(act, reply)));
  const captures = capturedIn(steps.slice(0, at + 1));
  knownCaptures(context, [condition], { path: wanted.path, captures });
  if (wanted.id === undefined && isChecked(steps, reply, condition)) return steps;
  const id = freshId(steps, wanted.id ?? idFor(condition));
  const check: CheckAct = {
    kind: 'check',
    id,
    text: wanted.text ?? inWords(condition),
    reply,
    condition,
    ...(wanted.means === undefined ? {} : { means: wanted.means }),
    ...atOf(wanted),
  };
  return steps.map((one, index) =>
    index === at ? { ...one, acts: afterReply(one.acts, reply, check) } : one,
  );
}

/** Right after the last act about this reply, so that a later request of the same step comes after it. */
function afterReply(acts: readonly Act[], reply: string, check: CheckAct): readonly Act[] {
  const at = acts.findLastIndex((act) => 'reply' in act && act.reply === reply);
  const end = acts[at + 1]?.kind === 'cleanup' ? at + 2 : at + 1;
  return [...acts.slice(0, end), check, ...acts.slice(end)];
}

function isChecked(steps: readonly Step[], reply: string, condition: Condition): boolean {
  return steps.some(({ acts }) =>
    acts.some((act) => {
      if (act.kind === 'check' && act.reply === reply) {
        return same(act.condition, condition) || holdsEach(act.condition, condition);
      }
      return act.kind === 'poll' && act.reply === reply && same(act.until, condition);
    }),
  );
}

/** Whether every term of a plain condition stands in the other one, which is plain too. */
function holdsEach(stronger: Condition, weaker: Condition): boolean {
  const [terms, ...others] = stronger;
  const [asked, ...more] = weaker;
  if (!terms || !asked || others.length > 0 || more.length > 0) return false;
  return asked.every((one) => terms.some((other) => same([[one]], [[other]])));
}

function idFor(condition: Condition): string {
  const field = condition[0]?.[0]?.field ?? 'outcome';
  const words = field.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return ['outcome', ...words.slice(-2)].join('-');
}
