import type { Operation } from '../../profile/schema.ts';
import { allOf, inWords, term, that } from '../condition.ts';
import { filledPath, targetOf, triggerValues, type Context, type Named } from '../context.ts';
import type { CheckAct } from '../acts.ts';
import type { Step } from '../model.ts';
import { doneChecks, opensCheck, pageOf, visitAct } from '../page.ts';
import { evidenceChecks } from './checks.ts';
import { argvOf, commandEnds } from './launching.ts';
import { startStep } from './start.ts';
import { completionBound, lower, step, triggerBody, completes } from './parts.ts';

/** Smoke (contract, section 5): it starts, it completes within the bound, and it did real work. */
export function smoke(context: Context): readonly Step[] {
  const { operation } = context;
  if (operation)
    return [
      startStep(context, operation),
      completesStep(context, operation),
      ...commandEnds(context, 'completed'),
    ];
  const { kind } = context.scenario.answers.trigger;
  if (kind === 'ui') return [visitStep(context)];
  return kind === 'cli' ? [commandStep(context)] : [answersStep(context)];
}

/** Wait until the operation is completed, then look at what it did. */
function completesStep(context: Context, operation: Named<Operation>): Step {
  const what = lower(operation.title);
  const within = completionBound(context);
  return step(
    `Wait until the ${what} is completed`,
    operation.worker,
    `it completes within ${within} s, and did real work`,
    [...completes(context, operation, 'final'), ...evidenceChecks(context, operation, 'final')],
  );
}

/** An endpoint that answers at once: status, shape, a result that isn't empty, and in time. */
function answersStep(context: Context): Step {
  const { trigger } = context.scenario.answers;
  const { endpoint } = context;
  if (trigger.kind !== 'api') throw new Error('only an api trigger is answered');
  const body = triggerBody(context);
  const target = endpoint
    ? targetOf(endpoint, triggerValues(context))
    : {
        method: trigger.method ?? 'GET',
        service: firstService(context),
        path: filledPath(trigger.path ?? '/', triggerValues(context)),
      };
  return step(
    endpoint?.title ?? `${target.method} ${target.path}`,
    endpoint?.component ?? target.service,
    'it answers at once, and not with nothing',
    [
      { kind: 'request', reply: 'answer', ...target, ...(body === undefined ? {} : { body }) },
      ...answerChecks(context),
    ],
  );
}

/** The shape that the profile knows; of an address that it doesn't know, at least that it is an answer and no error. */
function answerChecks(context: Context): readonly CheckAct[] {
  const { endpoint, scenario } = context;
  if (!endpoint) {
    const said = scenario.answers.outcome.some(
      (outcome) => 'response' in outcome && outcome.response.status !== undefined,
    );
    const success = [[term('status', { name: 'gte', value: 200 }, { name: 'lt', value: 300 })]];
    return said
      ? []
      : [
          {
            kind: 'check',
            id: 'answers',
            text: 'it answers with success',
            reply: 'answer',
            condition: success,
          },
        ];
  }
  const shape = [...endpoint.accepted.expect, ...(endpoint.answer?.nonEmpty ?? [])];
  return [
    {
      kind: 'check',
      id: 'answers',
      text: `it answers with status ${endpoint.accepted.status}`,
      reply: 'answer',
      condition: that('status', 'equals', endpoint.accepted.status),
    },
    ...shape.map((expectation, index): CheckAct => ({
      kind: 'check',
      id: `answer-body${index === 0 ? '' : `-${index + 1}`}`,
      text: `${inWords(allOf([expectation]))} in the reply`,
      reply: 'answer',
      condition: allOf([expectation]),
    })),
    ...(endpoint.answer
      ? [
          {
            kind: 'check',
            id: 'in-time',
            text: `it answers within ${endpoint.answer.within} s`,
            reply: 'answer',
            condition: that('seconds', 'lte', endpoint.answer.within),
          } as const,
        ]
      : []),
  ];
}

/** A page that is opened and used in a browser. */
export function visitStep(context: Context): Step {
  const visit = visitAct(context);
  const { title = 'the page', service = '' } = pageOf(context) ?? {};
  const acts = visit ? [visit, opensCheck(visit), ...doneChecks(visit)] : [];
  return step(`${title}, in a browser`, service, 'it opens, and does what is asked of it', acts);
}

/** A command that ends by itself. */
export function commandStep(context: Context): Step {
  const { trigger, category } = context.scenario.answers;
  if (trigger.kind !== 'cli' || !context.command)
    throw new Error('only a cli trigger runs a command');
  const argv = argvOf(context, context.command);
  const within = trigger.within ?? 60;
  return step(`Run ${argv[0] ?? 'the command'}`, firstService(context), 'it ends by itself', [
    { kind: 'cli', reply: 'command', argv, within },
    ...(category === 'error'
      ? []
      : [
          {
            kind: 'check',
            id: 'exits-well',
            text: 'the command exits with 0',
            reply: 'command',
            condition: that('exit', 'equals', 0),
          } as const,
        ]),
  ]);
}

/** The first component of the flow. */
function firstService(context: Context): string {
  const [first = 'system'] = context.scenario.answers.flow;
  return context.profile.components[first]?.service ?? first;
}
