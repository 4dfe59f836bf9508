import type { Operation } from '../../profile/schema.ts';
import { allOf, both, inWords, term, termOf, that } from '../condition.ts';
import {
  calibratedPayload,
  endpointNamed,
  merged,
  targetOf,
  terminalStates,
  without,
  type Context,
  type Named,
} from '../context.ts';
import type { Json } from '../comparators.ts';
import type {
  Act,
  CheckAct,
  Condition,
  PollAct,
  RequestAct,
  RequireAct,
  Step,
  Target,
} from '../model.ts';

/** A word in lower case unless it is an abbreviation: `Baking` → `baking`, `PDF job` stays. */
export function lower(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** The condition that the operation is in one of these states. */
export function inState(operation: Operation, states: readonly string[]): Condition {
  const [only, ...more] = states;
  return only !== undefined && more.length === 0
    ? that(operation.state.path, 'equals', only)
    : that(operation.state.path, 'in', states);
}

/** Where the operation's state is asked, with `{capture}` for its id. */
export function lookAt(context: Context, operation: Operation, capture: string): Target {
  return named(context, operation.get, capture);
}

/** Where the operation is cancelled. */
export function cancelOf(context: Context, operation: Operation, capture: string): Target {
  return named(context, operation.cancel, capture);
}

function named(context: Context, endpointName: string, capture: string): Target {
  const endpoint = endpointNamed(context.profile, endpointName);
  // The profile's own references were checked when it was loaded.
  if (!endpoint) throw new Error(`the profile has no endpoint ${endpointName}`);
  const target = targetOf(endpoint);
  return { ...target, path: target.path.replace('{id}', `{${capture}}`) };
}

/** The request that starts the operation, with the answers' own changes when the trigger is that request. */
export function startRequest(context: Context, reply: string): RequestAct {
  const { starter } = context;
  if (!starter) throw new Error('only a scenario about an operation starts one');
  const body =
    starter.name === context.endpoint?.name
      ? triggerBody(context)
      : calibratedPayload(starter, context.calibration);
  return { kind: 'request', reply, ...targetOf(starter), ...(body === undefined ? {} : { body }) };
}

/**
 * The body of the trigger: `payload` as it is; else the calibrated payload with `body` merged over it and `omit` taken
 * away. In category error nothing is merged unless `body` or `omit` is used (contract, section 2).
 */
export function triggerBody(context: Context): Json | undefined {
  const { trigger, category } = context.scenario.answers;
  if (trigger.kind !== 'api') return undefined;
  if (trigger.payload !== undefined) return trigger.payload;
  const changed = trigger.body !== undefined || trigger.omit !== undefined;
  if (category === 'error' && !changed && context.calibration === undefined) return undefined;
  const base = context.endpoint && calibratedPayload(context.endpoint, context.calibration);
  const full = trigger.body === undefined ? base : merged(base, trigger.body);
  return trigger.omit === undefined ? full : without(full, trigger.omit);
}

/** Start the operation, take its id, and see to its end: the first step of most playbooks. */
export function startStep(context: Context, operation: Named<Operation>): Step {
  const { starter } = context;
  if (!starter) throw new Error('only a scenario about an operation starts one');
  const what = lower(operation.title);
  return {
    title: starter.title,
    component: starter.component ?? starter.service,
    expected: `the ${what} is accepted and gets an id`,
    start: 'id',
    acts: [
      startRequest(context, 'start'),
      ...acceptedCheck(context, 'start', 'accepted', `the ${what} is accepted`),
      {
        kind: 'capture',
        id: 'has-id',
        text: `the reply names the ${what}`,
        capture: 'id',
        reply: 'start',
        field: operation.id.path,
        matches: operation.id.matches,
      },
      { kind: 'cleanup', text: `cancel the ${what}`, ...cancelOf(context, operation, 'id') },
    ],
  };
}

/** What a good reply of the starting endpoint looks like: its status and its body, as one criterion. */
export function acceptedCheck(
  context: Context,
  reply: string,
  id: string,
  text: string,
): readonly CheckAct[] {
  const { starter } = context;
  if (!starter) return [];
  const { status, expect } = starter.accepted;
  const condition = both(that('status', 'equals', status), expect.map(termOf));
  return [{ kind: 'check', id, text: `${text}: ${inWords(condition)}`, reply, condition }];
}

/** Wait for one of these states, as a poll that stops at once on every terminal state. */
export function waitFor(
  context: Context,
  operation: Named<Operation>,
  wait: {
    reply: string;
    id: string;
    text: string;
    states: readonly string[];
    within: number;
    capture?: string;
  },
): PollAct {
  return {
    kind: 'poll',
    reply: wait.reply,
    id: wait.id,
    text: wait.text,
    ...lookAt(context, operation, wait.capture ?? 'id'),
    every: operation.every,
    within: wait.within,
    progress: operation.progress.path,
    until: inState(operation, wait.states),
    ends: inState(operation, terminalStates(operation)),
    at: operation.worker,
  };
}

/** The bound of a wait for something that takes at most `max` seconds: twice that, and never less than half a minute. */
export function boundFor(max: number): number {
  return Math.max(30, Math.ceil(2 * max));
}

/** The mode that the checks were made for, seen in the operation's own state: else *misconfigured*. */
export function modeRequirement(
  context: Context,
  operation: Named<Operation>,
  reply: string,
): readonly RequireAct[] {
  const kind = operation.mode;
  const mode = kind === undefined ? undefined : context.profile.modes[kind];
  const value = kind === undefined ? undefined : mode?.values[context.modes[kind] ?? mode.default];
  if (!mode || !value) return [];
  return [
    {
      kind: 'require',
      text: `${lower(mode.title)}: ${value.title}`,
      reply,
      condition: allOf(value.expect),
      cure: value.cure,
    },
  ];
}

/** What tells real work from an empty success, and a real result from a trivially perfect one. */
export function evidenceChecks(
  context: Context,
  operation: Named<Operation>,
  reply: string,
): readonly CheckAct[] {
  const mode = operation.mode === undefined ? undefined : context.modes[operation.mode];
  return operation.evidence
    .filter((evidence) => evidence.mode === undefined || evidence.mode === mode)
    .flatMap(
      ({
        id,
        text,
        means,
        samplesWithinPercent,
        mode: _mode,
        source: _source,
        ...expectation
      }): CheckAct[] => {
        const samples = context.calibration?.samples;
        if (samplesWithinPercent !== undefined && samples === undefined) return [];
        const condition =
          samplesWithinPercent === undefined || samples === undefined
            ? allOf([expectation])
            : [[term(expectation.path, ...around(samples, samplesWithinPercent))]];
        return [
          {
            kind: 'check',
            id,
            text:
              samplesWithinPercent === undefined
                ? text
                : `${text}: ${samples} within ${samplesWithinPercent} %`,
            reply,
            condition,
            at: operation.worker,
            ...(means === undefined ? {} : { means }),
          },
        ];
      },
    );
}

function around(samples: number, percent: number) {
  return [
    { name: 'gte', value: Math.ceil((samples * (100 - percent)) / 100) },
    { name: 'lte', value: Math.floor((samples * (100 + percent)) / 100) },
  ] as const;
}

/** No stack trace, no absolute path: nothing of the inside shows in this reply. */
export function leakChecks(context: Context, reply: string): readonly CheckAct[] {
  return context.profile.leaks.map((leak) => ({
    kind: 'check',
    id: leak.id,
    text: leak.text,
    reply,
    condition: that('body', 'lacks', leak.lacks),
  }));
}

/** The service answers its health check as before. */
export function healthyStep(context: Context, serviceName: string): Step {
  const service = context.profile.services[serviceName];
  if (!service) throw new Error(`the profile has no service ${serviceName}`);
  return {
    title: 'See that the system is healthy afterwards',
    component: serviceName,
    expected: `${lower(service.title)} is healthy`,
    acts: [
      {
        kind: 'request',
        reply: 'health',
        method: 'GET',
        service: serviceName,
        path: service.health.path,
      },
      {
        kind: 'check',
        id: 'healthy-afterwards',
        text: 'the health check answers 200 afterwards',
        reply: 'health',
        condition: that('status', 'equals', 200),
      },
      {
        kind: 'check',
        id: 'healthy-body',
        text: `${inWords(allOf(service.health.expect))} in the health check afterwards`,
        reply: 'health',
        condition: allOf(service.health.expect),
      },
    ],
  };
}

/** A step whose acts are those that are there. */
export function step(
  title: string,
  component: string,
  expected: string,
  acts: readonly Act[],
): Step {
  return { title, component, expected, acts };
}
