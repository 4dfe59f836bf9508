import { allOf, inWords, that } from '../condition.ts';
import { alternativesOf, bindAnyOf, type AnyOf } from '../alternatives.ts';
import { filledPath, targetOf, terminalStates, triggerValues, type Context } from '../context.ts';
import type { CheckAct, Target } from '../acts.ts';
import type { Step } from '../model.ts';
import { pageOf } from '../page.ts';
import { healthyStep, leakChecks } from './checks.ts';
import {
  boundFor,
  cancelOf,
  inState,
  lookAt,
  lower,
  modeRequirement,
  startRequest,
  step,
  triggerBody,
  waitFor,
} from './parts.ts';
import { commandEnds } from './launching.ts';
import { startStep } from './start.ts';
import { commandStep, visitStep } from './smoke.ts';

/** Error (contract, section 5), in its two forms: refused at once, or accepted and then failed. */
export function error(context: Context): readonly Step[] {
  if (context.command && !context.operation) return [commandStep(context)];
  if (context.scenario.answers.trigger.kind === 'ui') {
    const { service } = pageOf(context) ?? {};
    return [visitStep(context), ...(service === undefined ? [] : [healthyStep(context, service)])];
  }
  if (acceptedThenFails(context)) return failsStep(context);
  return mayBeAccepted(context) ? eitherSteps(context) : refusedSteps(context);
}

/** The outcomes of which one alternative must hold. */
function anyOfs(context: Context): readonly { readonly path: string; readonly outcome: AnyOf }[] {
  return context.scenario.answers.outcome.flatMap((outcome, index) =>
    'anyOf' in outcome ? [{ path: `outcome.${index}`, outcome }] : [],
  );
}

/** Whether an outcome leaves it open if the operation is refused, or accepted and then failed. */
function mayBeAccepted(context: Context): boolean {
  const { operation } = context;
  if (!operation || context.starter?.name !== context.endpoint?.name) return false;
  return anyOfs(context).some(({ outcome }) =>
    alternativesOf(outcome).some((parts) => parts.some((one) => 'state' in one)),
  );
}

/** Refused at once, or accepted and followed to its end: the outcome's point says which of both is right. */
function eitherSteps(context: Context): readonly Step[] {
  const { operation } = context;
  if (!operation) return [];
  const what = lower(operation.title);
  const begun = step(
    `${context.endpoint?.title ?? 'Start it'}, and follow it to its end if it is accepted`,
    operation.worker,
    `it is refused, or the ${what} ends; either clearly, and nothing of the inside shows`,
    [
      { ...startRequest(context, 'start'), underTest: true },
      {
        kind: 'take',
        capture: 'id',
        reply: 'start',
        field: operation.id.path,
        matches: operation.id.matches,
      },
      { kind: 'cleanup', text: `cancel the ${what}`, ...cancelOf(context, operation, 'id') },
      {
        kind: 'follow',
        reply: 'final',
        ...lookAt(context, operation, 'id'),
        every: operation.every,
        within: boundFor(0),
        progress: operation.progress.path,
        ends: inState(operation, terminalStates(operation)),
        underTest: true,
        otherwise: 'start',
      },
    ],
  );
  return [...judgedThenLeaks(context, begun, 'final'), healthyStep(context, operation.service)];
}

/** A step with the points of the outcomes with alternatives, and after them, for a refusal is believed then, what must not show. */
function judgedThenLeaks(context: Context, begun: Step, reply: string): readonly Step[] {
  let steps: readonly Step[] = [begun];
  for (const one of anyOfs(context)) steps = bindAnyOf(context, steps, one);
  return steps.map((one) => ({ ...one, acts: [...one.acts, ...leakChecks(context, reply)] }));
}

/** Whether the outcomes speak of a terminal state `failed` of a started operation. */
export function acceptedThenFails(context: Context): boolean {
  const { operation } = context;
  if (!operation || (!context.command && context.starter?.name !== context.endpoint?.name))
    return false;
  return context.scenario.answers.outcome.some((outcome) => 'state' in outcome);
}

function refusedSteps(context: Context): readonly Step[] {
  const { endpoint } = context;
  const target = triggerTarget(context);
  const body = triggerBody(context);
  const asked = step(
    endpoint ? `${endpoint.title}, with what must be refused` : `${target.method} ${target.path}`,
    endpoint?.component ?? target.service,
    'it is refused, clearly, and shows nothing of the inside',
    [
      {
        kind: 'request',
        reply: 'answer',
        ...target,
        ...(body === undefined ? {} : { body }),
        underTest: true,
      },
      ...refusalChecks(context, target.service),
    ],
  );
  return [...judgedThenLeaks(context, asked, 'answer'), healthyStep(context, target.service)];
}

/** Where the trigger goes. */
export function triggerTarget(context: Context): Target {
  const { trigger, flow } = context.scenario.answers;
  const [first = ''] = flow;
  if (trigger.kind !== 'api') throw new Error('only an api trigger has an address');
  if (context.endpoint) return targetOf(context.endpoint, triggerValues(context));
  return {
    method: trigger.method ?? 'GET',
    service: context.profile.components[first]?.service ?? first,
    path: filledPath(trigger.path ?? '/', triggerValues(context)),
  };
}

/** The expected status, then what the profile knows of such a refusal's body. */
function refusalChecks(context: Context, service: string): readonly CheckAct[] {
  const status = expectedStatus(context);
  if (status === undefined) {
    if (anyOfs(context).length > 0) return [];
    context.problems.push({
      path: 'outcome',
      message: 'an error scenario names no status, so nothing says how it must be refused',
      expected:
        'an exact status such as - response: { status: 422 }, or for an operation that is accepted and then fails - state: { path: …, equals: failed }',
    });
    return [];
  }
  const own = context.endpoint?.refusals.filter((one) => one.status === status) ?? [];
  const shapes =
    own.length > 0
      ? own
      : context.profile.refusals.filter((one) => one.service === service && one.status === status);
  return [
    {
      kind: 'check',
      id: 'refused',
      text: `it is refused with status ${status}`,
      reply: 'answer',
      condition: that('status', 'equals', status),
    },
    ...shapes.flatMap((shape) =>
      shape.expect.map((expectation, index): CheckAct => ({
        kind: 'check',
        id: `refusal-body${index === 0 ? '' : `-${index + 1}`}`,
        text: `${inWords(allOf([expectation]))} in the refusal`,
        reply: 'answer',
        condition: allOf([expectation]),
      })),
    ),
  ];
}

function expectedStatus(context: Context): number | undefined {
  for (const outcome of context.scenario.answers.outcome) {
    if ('response' in outcome && typeof outcome.response.status === 'number')
      return outcome.response.status;
  }
  return undefined;
}

function failsStep(context: Context): readonly Step[] {
  const { operation } = context;
  if (!operation) return [];
  const what = lower(operation.title);
  const within = boundFor(0);
  const told = context.scenario.answers.outcome.some(
    (outcome) => 'state' in outcome && outcome.state.path === operation.error.path,
  );
  if (!told) {
    context.problems.push({
      path: 'outcome',
      message: `the ${what} is accepted and then fails, but no outcome says with which message`,
      expected: `a second outcome such as - state: { path: ${operation.error.path}, matches: "…" }`,
    });
  }
  return [
    startStep(context, operation),
    step(`Wait until the ${what} has failed`, operation.worker, 'it fails, with a clear message', [
      ...modeRequirement(context, operation, 'final'),
      {
        ...waitFor(context, operation, {
          reply: 'final',
          id: 'fails',
          text: `the ${what} fails within ${within} s`,
          states: operation.state.failed,
          within,
        }),
        underTest: true,
      },
      ...leakChecks(context, 'final'),
    ]),
    ...commandEnds(context, 'failed'),
    healthyStep(context, operation.service),
  ];
}
